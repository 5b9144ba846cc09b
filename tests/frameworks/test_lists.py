"""Kinds of work, settings and roles in the room are lists that a unit keeps."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from frameworks.lists import actions
from frameworks.lists.offered import lists_by_unit, lists_for, lists_within
from frameworks.lists.shipped import by_code, shipped, shipped_for
from frameworks.models import ListEntry
from frameworks.models.lists import ABOUT, ListOf
from practicelens.audit.models import Entry
from practicelens.people.models import Unit
from practicelens.refusals import AlreadySo, NotNow
from tests.factories import ListEntryFactory, UnitFactory

pytestmark = pytest.mark.django_db
WORK = ListOf.KIND_OF_WORK.value


@pytest.fixture
def own(organisation, framework_admin):
    """The organisation's own lists, as they are shipped for England."""
    actions.begin(unit=organisation, shipped=shipped()["children-england"], by=framework_admin)
    return ListEntry.objects.filter(unit=organisation, of=WORK)


def labels(lists, of=WORK):
    return [label for _, label in lists.choices(of)]


# What is shipped


@pytest.mark.parametrize("lists", shipped().values(), ids=lambda lists: lists.code)
def test_what_is_shipped_could_be_kept_as_it_is(lists, organisation, framework_admin):
    actions.begin(unit=organisation, shipped=lists, by=framework_admin)

    assert [lists_for(organisation).of(of) for of in ListOf] == [lists.of(of) for of in ListOf]
    for entry in lists.entries:
        assert entry.about in (ABOUT[entry.of].values if entry.of in ABOUT else [""])


def test_a_code_means_the_same_in_every_shipped_list():
    for lists in shipped().values():
        for entry in lists.entries:
            assert by_code()[entry.of, entry.code].about == entry.about, entry


@pytest.mark.parametrize("jurisdiction", Unit.Jurisdiction.values)
def test_every_country_has_a_list_that_is_shipped(jurisdiction):
    expected = "children-aotearoa" if jurisdiction == "aotearoa" else "children-england"

    assert shipped_for(jurisdiction).code == expected


def test_aotearoa_is_offered_its_own_kinds_of_work(team):
    office = UnitFactory(parent=team.parent, jurisdiction="aotearoa")

    assert {"Family group conference", "Hui ā-whānau"} <= set(labels(lists_for(office)))
    assert "Core group" not in labels(lists_for(office))
    assert "Core group" in labels(lists_for(team))


# Whose lists a team has


def test_a_team_has_the_lists_of_the_nearest_unit_in_its_country(own, organisation):
    service = UnitFactory(parent=organisation, service=True)
    team = UnitFactory(parent=service)
    abroad = UnitFactory(parent=service, jurisdiction="aotearoa")
    ListEntryFactory(unit=service, work=True, label="Coffee morning")

    lists = lists_by_unit([team, abroad, organisation])

    assert labels(lists[team]) == ["Coffee morning"]
    assert lists[abroad].name == shipped_for("aotearoa").name
    assert "Core group" in labels(lists[organisation])


def test_many_teams_take_two_queries(own, organisation, django_assert_num_queries):
    teams = UnitFactory.create_batch(5, parent=organisation)

    with django_assert_num_queries(2):
        found = lists_by_unit(teams)

    assert {lists.name for lists in found.values()} == {organisation.name}


def test_what_is_looked_for_is_every_entry_there_is_or_was(own, organisation, framework_admin):
    UnitFactory(parent=organisation, jurisdiction="aotearoa")
    actions.rename(entry=own.get(code="duty"), label="Front door", by=framework_admin)
    actions.retire(entry=own.get(code="court"), by=framework_admin)
    UnitFactory(organisation=True)

    found = dict(lists_within([organisation.pk]).every_choice(WORK))

    assert found["duty"] == "Front door"
    assert list(found)[-1] == "court"
    assert found["fgc"] == "Family group conference"
    assert "best_interests" not in found


# Changes


def test_an_entry_is_added_at_the_end_under_a_code_of_its_own(own, organisation, framework_admin):
    given = {"unit": organisation, "of": WORK, "about": "meeting", "by": framework_admin}
    added = actions.add(**given, label="Group work")
    again = actions.add(**given, label="Group work!")

    assert labels(lists_for(organisation))[-2:] == ["Group work", "Group work!"]
    assert (added.code, again.code) == ("group-work", "group-work-2")
    assert lists_for(organisation).about(WORK, "group-work") == "meeting"
    line = Entry.objects.latest("pk")
    assert (line.action, line.what, line.changes) == (
        "made",
        "list entry",
        {"label": [None, "Group work!"]},
    )


def test_no_label_is_offered_twice(own, organisation, framework_admin):
    given = {"unit": organisation, "of": WORK, "about": "meeting", "by": framework_admin}

    with pytest.raises(NotNow, match="already"):
        actions.add(**given, label="CORE group")
    with pytest.raises(NotNow, match="already"):
        actions.rename(entry=own.get(code="duty"), label="Core group", by=framework_admin)
    with pytest.raises(IntegrityError), transaction.atomic():
        ListEntryFactory(unit=organisation, work=True, label="Core Group")


def test_an_entry_moves_past_what_is_offered(own, organisation, framework_admin):
    actions.retire(entry=own.get(code="direct_work"), by=framework_admin)

    actions.move(entry=own.get(code="family_meeting"), down=False, by=framework_admin)
    actions.move(entry=own.get(code="family_meeting"), down=False, by=framework_admin)

    assert labels(lists_for(organisation))[:2] == ["Family meeting", "Home visit"]


def test_what_is_retired_comes_back_at_the_end(own, organisation, framework_admin):
    actions.retire(entry=own.get(code="home_visit"), by=framework_admin)
    assert "Home visit" not in labels(lists_for(organisation))
    with pytest.raises(AlreadySo):
        actions.retire(entry=own.get(code="home_visit"), by=framework_admin)

    actions.bring_back(entry=own.get(code="home_visit"), by=framework_admin)

    assert labels(lists_for(organisation))[-1] == "Home visit"
    with pytest.raises(AlreadySo):
        actions.bring_back(entry=own.get(code="home_visit"), by=framework_admin)


def test_a_list_keeps_one_entry(organisation, framework_admin):
    entry = ListEntryFactory(unit=organisation)

    with pytest.raises(NotNow, match="one entry"):
        actions.retire(entry=entry, by=framework_admin)


def test_another_shipped_list_retires_what_is_not_in_it(own, organisation, framework_admin):
    ListEntryFactory(unit=organisation, work=True, label="Family Court")

    actions.begin(unit=organisation, shipped=shipped()["children-aotearoa"], by=framework_admin)

    lists = lists_for(organisation)
    assert labels(lists) == [each.label for each in shipped()["children-aotearoa"].of(WORK)]
    assert lists.find(WORK, "core_group").is_retired


@pytest.mark.parametrize(
    "wrong",
    [{"about": "parent", "work": True}, {"about": "family"}, {"about": "x", "setting": True}],
)
def test_an_entry_is_about_something_of_its_own_list(organisation, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        ListEntryFactory(unit=organisation, **wrong)


# Pages


def test_an_admin_gives_a_unit_lists_and_changes_them(framework_admin_client, organisation):
    client = framework_admin_client
    sent = {"unit": organisation.pk, "shipped": "adults"}
    page = client.post(reverse("frameworks:list_begin"), sent, follow=True).content.decode()
    assert "Best interests meeting" in page

    address = reverse("frameworks:list_add", args=[organisation.pk, WORK])
    refused = client.post(address, {"label": "Hoarding panel"})
    assert refused.status_code == 422
    page = client.post(address, {"label": "Hoarding panel", "about": "professionals"}, follow=True)
    assert "A meeting of professionals" in page.content.decode()

    entry = ListEntry.objects.get(label="Hoarding panel")
    same = reverse("frameworks:list_entry", args=[entry.pk])
    assert "already" in client.post(same, {"label": "Supervision"}).content.decode()
    client.post(same, {"label": "Self-neglect panel"})
    client.post(reverse("frameworks:list_retire", args=[entry.pk]))
    entry.refresh_from_db()
    assert (entry.label, entry.is_retired) == ("Self-neglect panel", True)


def test_pages_say_whose_lists_they_are(psw_client, own, organisation):
    page = psw_client.get(reverse("frameworks:lists")).content.decode()
    listed = psw_client.get(reverse("frameworks:list_of", args=[organisation.pk, WORK]))

    assert f'id="unit-{organisation.pk}"' in page
    assert "Core group" in listed.content.decode()
    assert "Retire" not in listed.content.decode()
    gone = reverse("frameworks:list_of", args=[organisation.pk, "colours"])
    assert psw_client.get(gone).status_code == 404
