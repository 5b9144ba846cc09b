"""What a role gives ends with the role; and whoever reads a note is on record."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.urls import reverse

from observations.notes.views import pages
from observations.on_record import notes_shown
from practicelens.audit import actions as log
from practicelens.audit.models import Entry
from practicelens.people import actions
from tests.factories import (
    EarlySignFactory,
    MentionFactory,
    ObservationFactory,
    PassageFactory,
    RoleFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def reads(psw_client, shared_observation):
    return lambda: psw_client.get(shared_observation.get_absolute_url())


def test_a_role_that_has_ended_opens_nothing_at_the_next_page(psw, psw_client, team):
    note = ObservationFactory(unit=team, submitted=True)
    assert psw_client.get(note.get_absolute_url()).status_code == 200

    actions.end_role(role=psw.roles.get(), by=note.observer)

    assert psw_client.get(note.get_absolute_url()).status_code == 404
    assert psw_client.get(reverse("observations:list")).status_code == 404


def test_who_is_disabled_is_out_at_the_next_page(reads, psw, governance):
    assert reads().status_code == 200

    actions.disable(user=psw, by=governance)

    assert reads().url.startswith(reverse("account_login"))


@pytest.mark.parametrize("reader", ["psw", "practitioner"])
def test_each_reading_of_a_note_is_one_line_of_the_log(reader, request, shared_observation):
    client = request.getfixturevalue(f"{reader}_client")

    client.get(shared_observation.get_absolute_url())

    entry = Entry.objects.get()
    assert entry.by == request.getfixturevalue(reader)
    assert (entry.action, entry.object_pk) == ("read", str(shared_observation.pk))


def test_a_reading_that_can_t_be_logged_does_not_happen(reads, monkeypatch):
    def full(**row):
        raise DatabaseError("no room")

    monkeypatch.setattr(pages, "record", full)

    with pytest.raises(DatabaseError):
        reads()


# Passages that stand elsewhere than on their note


@pytest.fixture
def passage(observation):
    return PassageFactory(observation=observation, text="The door was open and nobody asked why.")


def lines():
    return [
        (entry.action, entry.what, entry.object_pk, entry.by, entry.unit)
        for entry in Entry.objects.order_by("pk")
    ]


def line(observation, by):
    return ("read_passages", "observation", str(observation.pk), by, observation.unit)


PAGES = {
    "review": lambda passage, mention: reverse("observations:review"),
    "mention": lambda passage, mention: reverse("observations:decide", args=[mention.pk]),
    "add": lambda passage, mention: reverse("observations:add_mention", args=[passage.pk]),
    "list": lambda passage, mention: reverse("observations:list") + "?words=nobody",
    "lane": lambda passage, mention: reverse("observations:early_signs"),
    "theme": lambda passage, mention: reverse("observations:theme", args=[mention.theme_id]),
    "summary": lambda passage, mention: reverse("reports:summary_theme", args=[mention.theme_id]),
}


@pytest.mark.parametrize("page", PAGES)
def test_passages_read_elsewhere_are_one_line_a_note_and_an_hour(
    page, psw, psw_client, observation, passage, theme
):
    decided = page in ("theme", "summary")
    mention = MentionFactory(passage=passage, theme=theme, confirmed=decided, engine="words")
    again = PassageFactory(observation=observation, text="And nobody came back to it.")
    MentionFactory(passage=again, theme=theme, confirmed=decided, engine="words")
    EarlySignFactory(passage=passage)
    address = PAGES[page](passage, mention)
    if page == "review":
        psw_client.post(address)  # begins the session

    for _ in range(2):
        assert psw_client.get(address).status_code == 200

    assert lines() == [line(observation, psw)]


def test_after_an_hour_and_for_another_reader_there_is_another_line(
    psw, psw_client, observation, passage, client, monkeypatch
):
    EarlySignFactory(passage=passage)
    lane = reverse("observations:early_signs")
    psw_client.get(lane)
    other = RoleFactory(unit=observation.unit, kind="psw").user
    client.force_login(other)
    client.get(lane)
    monkeypatch.setattr(log, "READING", timedelta(0))
    psw_client.get(lane)

    assert lines() == [line(observation, psw), line(observation, other), line(observation, psw)]


def test_who_has_just_read_the_whole_note_is_on_record_already(psw_client, observation, passage):
    EarlySignFactory(passage=passage)
    psw_client.get(observation.get_absolute_url())
    psw_client.get(reverse("observations:early_signs"))

    assert Entry.objects.get().action == "read"


def test_what_nobody_could_be_told_to_have_read_is_not_shown(psw_client, passage, monkeypatch):
    def full(*rows):
        raise DatabaseError("no room")

    EarlySignFactory(passage=passage)
    monkeypatch.setattr(Entry.objects, "bulk_create", full)

    with pytest.raises(DatabaseError):
        psw_client.get(reverse("observations:early_signs"))


def test_many_notes_on_a_page_are_put_on_record_in_one_insert(
    psw, team, framework_version, django_assert_num_queries
):
    notes = ObservationFactory.create_batch(5, unit=team, observer=psw, submitted=True)
    with django_assert_num_queries(2):
        notes_shown(psw, notes)

    assert lines() == [line(note, psw) for note in notes]
    with django_assert_num_queries(1):
        notes_shown(psw, notes)
