"""The right of reply tells people, by mail that holds nothing up, and says until when there is time."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from observations import mails
from observations.models import Observation
from observations.notes import actions
from observations.tasks import remind
from practicelens.jobs.names import Task
from practicelens.mail.actions import send_waiting
from practicelens.mail.models import Letter
from practicelens.people.working_days import working_days_from
from practicelens.spoken_days import in_words
from tests import clock
from tests.factories import ObservationFactory, PassageFactory, ReplyFactory

pytestmark = pytest.mark.django_db

# A Monday. Ten working days later is Monday 15 March, and two before that Thursday 11 March.
SHARED = datetime(2027, 3, 1, 10, tzinfo=UTC)
REMINDER = datetime(2027, 3, 11, 9, tzinfo=UTC)
LAST_DAY = datetime(2027, 3, 15, 17, tzinfo=UTC)


@pytest.fixture
def waiting(framework_version, team, psw, practitioner):
    return ObservationFactory(
        unit=team, observer=psw, practitioner=practitioner, submitted=True, shared_at=SHARED
    )


def letters():
    return list(Letter.objects.order_by("pk").values_list("to__name", "subject"))


def test_who_was_observed_is_told_that_it_is_shared(observation, psw, practitioner):
    actions.share(observation=observation, by=psw)

    assert letters() == [(practitioner.name, "PracticeLens: an observation was shared with you")]


def test_who_observed_is_told_of_the_reply(shared_observation, psw, practitioner):
    actions.reply(
        observation=shared_observation,
        by=practitioner,
        verdict="agreed",
        words="That is how it was.",
        fairness="fair",
    )

    assert letters() == [(psw.name, "PracticeLens: a reply to an observation of yours")]


def test_who_was_told_that_it_is_shared_is_told_that_it_was_taken_back(shared_observation, psw):
    actions.take_sharing_back(observation=shared_observation, by=psw, not_shared=("asked", ""))

    assert [subject for _, subject in letters()] == ["PracticeLens: an observation was taken back"]


def test_no_mail_says_anything_of_what_is_in_a_note(observation, psw, practitioner):
    PassageFactory(observation=observation, text="She laughed at the list.")
    actions.share(observation=observation, by=psw)
    actions.take_sharing_back(observation=observation, by=psw, not_shared=("asked", ""))
    actions.share(observation=observation, by=psw)
    reply = {"verdict": "disagreed", "words": "She smiled.", "fairness": "unfair"}
    actions.reply(observation=observation, by=practitioner, **reply)

    texts = " ".join(Letter.objects.values_list("text", flat=True)).lower()
    for words in ("laughed", "smiled", "home visit", "river", "disagree", "fair", "http"):
        assert words not in texts


def test_a_dead_mail_server_holds_nothing_up(observation, psw, mail_down):
    actions.share(observation=observation, by=psw)

    assert send_waiting() == 0
    assert Letter.objects.count() == 1
    assert Observation.objects.get(pk=observation.pk).shared_at


def test_the_mail_goes_out_once_the_server_takes_it(observation, psw, practitioner):
    actions.share(observation=observation, by=psw)

    assert send_waiting() == 1
    assert [sent.to for sent in mail.outbox] == [[practitioner.email]]


# Before the time runs out


@pytest.mark.parametrize(
    ("moment", "times"),
    [
        (REMINDER - timedelta(days=1), 0),
        (REMINDER.replace(hour=7), 0),  # nobody is written to before eight
        (REMINDER, 1),
        (REMINDER + timedelta(days=1), 1),  # missed on the day, and caught up
        (LAST_DAY, 1),
        (LAST_DAY + timedelta(days=1), 0),  # nothing is left to be reminded of
    ],
    ids=["too-soon", "too-early", "on-the-day", "a-day-late", "last-day", "over"],
)
def test_a_reminder_goes_two_working_days_before(waiting, practitioner, moment, times):
    with clock.at(moment):
        remind()

        subject = "PracticeLens: the time to reply is nearly over"
        assert letters() == [(practitioner.name, subject)] * times


def test_it_says_until_when(waiting):
    with clock.at(REMINDER):
        remind()

    assert "until Monday 15 March." in Letter.objects.get().text


def test_nobody_is_reminded_twice(waiting):
    with clock.at(REMINDER):
        assert [mails.remind_due(), mails.remind_due(), mails.remind(waiting.pk)] == [1, 0, False]
    with clock.at(LAST_DAY):
        assert mails.remind_due() == 0
    assert Letter.objects.count() == 1


@pytest.mark.parametrize("gone", ["replied", "withdrawn", "taken back"])
def test_nobody_is_reminded_of_what_waits_no_longer(waiting, psw, practitioner, gone):
    if gone == "replied":
        ReplyFactory(observation=waiting, by=practitioner)
    elif gone == "withdrawn":
        Observation.objects.filter(pk=waiting.pk).update(withdrawn_at=timezone.now())
    else:
        actions.take_sharing_back(observation=waiting, by=psw, not_shared=("asked", ""))
        Letter.objects.all().delete()

    with clock.at(REMINDER):
        remind()

    assert letters() == []


def test_what_is_shared_anew_is_reminded_of_anew(waiting, psw):
    with clock.at(REMINDER):
        remind()
        actions.take_sharing_back(observation=waiting, by=psw, not_shared=("asked", ""))
        actions.share(observation=waiting, by=psw)
    with clock.at(REMINDER + timedelta(days=12)):
        remind()

    subjects = [subject for _, subject in letters()]
    assert subjects.count("PracticeLens: the time to reply is nearly over") == 2


def test_beat_asks_for_it_every_hour(settings):
    entry = settings.CELERY_BEAT_SCHEDULE["remind"]

    assert entry["task"] == Task.REMIND
    assert entry["schedule"].hour == set(range(24))


# What the pages say


def test_a_time_that_is_over_says_its_year_and_no_reply(
    psw_client, practitioner_client, waiting, practitioner
):
    shared = datetime(2026, 7, 15, 10, tzinfo=UTC)
    Observation.objects.filter(pk=waiting.pk).update(shared_at=shared)

    for client in (psw_client, practitioner_client):
        page = client.get(waiting.get_absolute_url()).content.decode()
        assert "Wednesday 29 July 2026" in page
        assert "Until Wednesday" not in page
        assert "no reply" in page.lower()
    assert "No reply" in practitioner_client.get("/observations/shared-with-me/").content.decode()


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (datetime(2027, 7, 29, 12, tzinfo=UTC), "Thursday 29 July"),
        (datetime(2026, 7, 29, 12, tzinfo=UTC), "Wednesday 29 July 2026"),
        (datetime(2028, 1, 1, 12, tzinfo=UTC), "Saturday 1 January 2028"),
    ],
)
def test_a_day_of_another_year_says_the_year(day, words):
    today = datetime(2027, 6, 16, tzinfo=UTC).date()

    assert in_words(day, weekday=True, today=today) == words


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        ("2027-03-01", 10, "2027-03-15"),
        ("2027-03-15", -2, "2027-03-11"),
        ("2027-03-13", 1, "2027-03-15"),
    ],
)
def test_working_days_are_monday_to_friday(day, count, expected):
    found = working_days_from(datetime.fromisoformat(day).date(), count, "england")

    assert found.isoformat() == expected
