"""Who read the observations of somebody's practice: they see all of it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from observations.models import Observation
from observations.notes.readings import READINGS_A_PAGE, readings_of
from observations.on_record import passages_shown
from tests.factories import (
    EntryFactory,
    ObservationFactory,
    PassageFactory,
    RoleFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
HELD = reverse("observations:held")
# Before any reading here: the log's time is the database's own.
LONG_AGO = datetime(2020, 1, 6, 9, tzinfo=UTC)


@pytest.fixture
def shared(shared_observation):
    PassageFactory(observation=shared_observation, text="The mother was asked first.")
    return shared_observation


def read(note, by, action="read"):
    return EntryFactory(
        by=by, action=action, what="observation", object_pk=str(note.pk), unit=note.unit
    )


def test_whoever_read_passages_in_a_list_is_among_them(
    practitioner_client, psw, psw_client, shared
):
    found = psw_client.get(reverse("observations:list"), {"words": "mother"})
    assert found.status_code == 200

    page = practitioner_client.get(HELD).content.decode()

    assert "Read passages of it in a queue, a list or a summary." in page
    assert f"{psw}" in page


@pytest.mark.parametrize(
    ("action", "how"),
    [
        ("read", "Read all of it"),
        ("read_passages", "Read passages of it in a queue, a list or a summary"),
    ],
)
def test_each_says_which_note_when_and_how(practitioner, psw, shared, action, how):
    entry = read(shared, psw, action)

    only = readings_of(practitioner, 1).object_list[0]

    assert (only.who, only.at, only.observation, only.how) == (str(psw), entry.at, shared, how)


def test_it_says_why_they_could(practitioner, psw, shared, service, organisation):
    head = RoleFactory(
        kind="psw", unit=organisation, user__name="Dilys Rowe", given_at=LONG_AGO
    ).user
    gone = RoleFactory(
        kind="psw",
        unit=service,
        user__name="Hana Webb",
        given_at=LONG_AGO,
        ended_at=LONG_AGO + timedelta(days=9),
        ended_by=head,
    ).user
    for by in (psw, head, gone, UserFactory(name="Nina Nobody")):
        read(shared, by)

    assert {each.who: each.why for each in readings_of(practitioner, 1)} == {
        "Marian Osei": "Observer of it",
        "Dilys Rowe": f"Practice leader, {organisation}",
        "Hana Webb": "Could read it then",
        "Nina Nobody": "Could read it then",
    }


def test_all_are_there_page_by_page(practitioner, practitioner_client, shared, organisation):
    readers = [RoleFactory(kind="psw", unit=organisation).user for _ in range(READINGS_A_PAGE + 3)]
    for by in readers:
        read(shared, by)

    first, second = (
        practitioner_client.get(HELD, {"readings": number}).content.decode() for number in (1, 2)
    )

    assert all((str(by) in first) != (str(by) in second) for by in readers)
    assert f"{len(readers)} times, the latest first." in first
    assert "?readings=2#read-by" in first


def test_their_own_readings_and_notes_of_others_are_left_out(practitioner, shared, psw, team):
    of_another = ObservationFactory(unit=team, observer=psw, shared=True)
    read(shared, practitioner)
    read(of_another, psw)

    assert readings_of(practitioner, 1).paginator.count == 0


def test_a_note_that_is_not_shared_yet_is_not_told_of(practitioner, observation, psw):
    read(observation, psw)

    assert readings_of(practitioner, 1).paginator.count == 0


def test_of_a_withdrawn_note_it_says_no_more_than_that(
    practitioner_client, practitioner, psw, shared
):
    read(shared, psw)
    Observation.objects.filter(pk=shared.pk).update(withdrawn_at=timezone.now())

    page = practitioner_client.get(HELD).content.decode()

    assert "An observation that was withdrawn since" in page
    assert str(shared.key) not in page


@pytest.mark.parametrize("times", [1, 20])
def test_it_takes_the_same_queries_at_any_length(
    practitioner, shared, organisation, django_assert_num_queries, times
):
    for _ in range(times):
        read(shared, RoleFactory(kind="psw", unit=organisation).user)

    with django_assert_num_queries(5):
        assert len(readings_of(practitioner, 1).object_list) == times


def test_passages_shown_twice_within_an_hour_are_one_reading(practitioner, psw, shared):
    for _ in range(2):
        passages_shown(psw, list(shared.passages.all()))

    assert readings_of(practitioner, 1).paginator.count == 1
