"""Observations are written with the lists of their unit, and keep the words of that day."""

import uuid
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from frameworks.lists import actions as lists
from frameworks.lists.shipped import shipped
from frameworks.models import ListEntry
from observations.models import Observation
from observations.notes import actions
from reports.periods import month_of, rolling
from reports.summaries import summarise
from tests.factories import (
    MeetingFactsFactory,
    ObservationFactory,
    TalkShareFactory,
    UnitFactory,
    VoiceFactory,
)
from tests.observations.test_unread import save

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(organisation, framework_admin):
    """{code: entry} of the organisation's own kinds of work; one of them is in no shipped list."""
    by = framework_admin
    lists.begin(unit=organisation, shipped=shipped()["children-england"], by=by)
    told = {"of": "kind_of_work", "label": "Circle", "about": "meeting"}
    lists.add(unit=organisation, by=by, **told)
    lists.add(unit=organisation, of="role", label="Sponsor", about="wider_family", by=by)
    return {entry.code: entry for entry in ListEntry.objects.filter(of="kind_of_work")}


@pytest.fixture
def draft(psw, team, own, framework_version):
    return actions.start(by=psw, key=uuid.uuid4(), unit=team, kind_of_work="circle")


def test_what_the_organisation_added_is_offered_and_counts_as_what_it_is_about(psw_client, draft):
    page = psw_client.get(reverse("observations:start")).content.decode()
    save(psw_client, draft, "where", kind_of_work="circle", present=["sponsor", "mother"])
    save(psw_client, draft, "meeting", asked_first="sponsor", minutes_sponsor="12")

    draft = Observation.objects.get(pk=draft.pk)
    assert ">Circle</option>" in page
    assert (draft.is_about, draft.has_meeting) == ("meeting", True)
    assert draft.meeting.told == [("Asked first", "Sponsor")]
    assert draft.labels["role"] == {"sponsor": "Sponsor", "mother": "Mother"}


def test_a_renamed_entry_leaves_what_was_written_as_it_was(draft, own, psw, team, framework_admin):
    lists.rename(entry=own["circle"], label="Family circle", by=framework_admin)
    later = actions.start(by=psw, key=uuid.uuid4(), unit=team, kind_of_work="circle")

    assert str(Observation.objects.get(pk=draft.pk)).startswith("Circle, ")
    assert str(Observation.objects.get(pk=later.pk)).startswith("Family circle, ")


def test_a_retired_entry_is_kept_and_found_and_not_offered(psw_client, draft, own, framework_admin):
    lists.retire(entry=own["circle"], by=framework_admin)

    start = psw_client.get(reverse("observations:start")).content.decode()
    where = psw_client.get(reverse("observations:section", args=[draft.key, "where"]))
    asked = {"kind_of_work": "circle"}
    found = psw_client.get(reverse("observations:list"), asked).content.decode()
    assert '<option value="circle"' not in start
    assert '<option value="circle" selected>Circle</option>' in where.content.decode()
    assert str(draft) in found
    assert '<option value="circle" selected>' in found

    save(psw_client, draft, "where", kind_of_work="circle", setting="home")
    assert Observation.objects.get(pk=draft.pk).kind_of_work == "circle"


def test_another_kind_of_work_is_about_something_else(psw_client, draft):
    save(psw_client, draft, "where", kind_of_work="supervision")

    draft = Observation.objects.get(pk=draft.pk)
    assert (draft.is_about, draft.has_meeting) == ("supervision", False)
    assert draft.labels["kind_of_work"] == {"supervision": "Supervision"}


def test_a_team_is_offered_its_own_countrys_work(psw, psw_client, team, own, framework_version):
    office = UnitFactory(parent=team.parent, jurisdiction="aotearoa")
    sent = {"key": str(uuid.uuid4()), "unit": office.pk, "kind_of_work": "core_group"}
    address = reverse("observations:start")

    refused = psw_client.post(address, sent)
    assert refused.status_code == 200
    assert f"Choose a kind of work of {office}" in refused.content.decode()

    psw_client.post(address, sent | {"kind_of_work": "hui_a_whanau"})
    assert str(Observation.objects.get(key=sent["key"])) == f"Hui ā-whānau, {office}"


def test_summaries_tell_the_organisations_words(team, own, service):
    observation = ObservationFactory(
        unit=team, submitted=True, kind_of_work="circle", is_about="meeting"
    )
    facts = MeetingFactsFactory(observation=observation, asked_first="sponsor", decided="with")
    TalkShareFactory(meeting=facts, role="sponsor", minutes=30)
    observation.refresh_from_db()
    window = rolling(month_of(observation.observed_on), 1, observation.observed_on)

    found = summarise(service, window, "circle").meetings

    assert [(row.label, row.is_family) for row in found.talk] == [("Sponsor", True)]
    assert (found.meetings, found.asked_family) == (1, 1)
    assert ("sponsor", "Sponsor", 1) in found.noted["asked_first"]


def test_what_was_there_before_keeps_its_labels_and_what_it_was_about(team):
    observation = ObservationFactory(unit=team, submitted=True, kind_of_work="family_meeting")
    facts = MeetingFactsFactory(observation=observation, asked_first="chair", account="")
    TalkShareFactory(meeting=facts, role="police", minutes=3)
    VoiceFactory(observation=observation, who="carer")
    bare = ObservationFactory(unit=team, draft=True, kind_of_work="duty", setting="", present=[])
    Observation.objects.update(is_about="record", labels={})

    migration = import_module("observations.migrations.0029_own_lists")
    with connection.schema_editor() as editor:
        migration.keep_words(apps, editor)

    observation, bare = (Observation.objects.get(pk=row.pk) for row in (observation, bare))
    assert (observation.is_about, bare.is_about) == ("meeting", "duty")
    assert observation.get_kind_of_work_display() == "Family meeting or hui"
    assert observation.labels["setting"] == {"home": "Family home"}
    assert set(observation.labels["role"]) == {
        *["mother", "child", "social_worker", "chair", "police", "carer"]
    }
    assert bare.labels == {
        "kind_of_work": {"duty": "Duty and first contact"},
        "setting": {},
        "role": {},
    }


def test_kinds_that_were_used_in_aotearoa_stay_in_its_list_as_retired():
    top = UnitFactory(organisation=True, jurisdiction="aotearoa")
    ObservationFactory(unit=UnitFactory(parent=top), kind_of_work="core_group")
    other = UnitFactory(organisation=True, jurisdiction="aotearoa")
    ObservationFactory(unit=UnitFactory(parent=other), kind_of_work="home_visit")

    migration = import_module("observations.migrations.0029_own_lists")
    with connection.schema_editor() as editor:
        migration.keep_kinds_used_in_aotearoa(apps, editor)

    retired = ListEntry.objects.exclude(retired_at=None).get()
    assert (retired.unit, retired.label, retired.about) == (top, "Core group", "meeting")
    assert not ListEntry.objects.filter(unit=other).exists()
