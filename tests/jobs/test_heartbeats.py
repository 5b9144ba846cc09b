"""Each part of background work says when it last finished, and is late after a while."""

from datetime import timedelta
from unittest.mock import Mock

import pytest
from celery import Celery
from celery.beat import PersistentScheduler, ScheduleEntry
from django.db import DatabaseError
from django.utils import timezone

from observations import background
from observations.learning import versions
from practicelens.jobs import heartbeats
from practicelens.jobs.calendar import Scheduler
from practicelens.jobs.models import Heartbeat, Part, Run
from practicelens.jobs.working import WorkersTask
from reports import briefings
from reports.jobs import sweeping
from reports.models import BriefingSchedule
from tests.factories import CodebookFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def ago(**length):
    return NOW - timedelta(**length)


def finished_at(part, when):
    Heartbeat.objects.update_or_create(part=part, defaults={"finished_at": when})


def late(now=NOW):
    return [each.part for each in heartbeats.pulses(now) if each.is_late]


def test_where_nothing_ever_finished_everything_is_late():
    assert late() == list(Part)


def test_the_first_that_finishes_begins_the_wait_for_the_others():
    heartbeats.finished(Part.SWEEP)

    assert late(timezone.now()) == []
    soon = timezone.now() + timedelta(minutes=6)
    assert late(soon) == [Part.SWEEP, Part.WORKER, Part.BEAT]
    assert late(soon + timedelta(hours=26)) == list(Part)


@pytest.mark.parametrize(
    ("part", "well", "too_long"),
    [
        (Part.SWEEP, {"minutes": 5}, {"minutes": 5, "seconds": 1}),
        (Part.WORKER, {"minutes": 5}, {"minutes": 5, "seconds": 1}),
        (Part.BEAT, {"minutes": 5}, {"minutes": 5, "seconds": 1}),
        (Part.LEARNING, {"hours": 26}, {"hours": 26, "seconds": 1}),
        (Part.COMPOSING, {"hours": 26}, {"hours": 26, "seconds": 1}),
    ],
)
def test_a_part_is_late_after_its_own_time(part, well, too_long):
    for each in Part:
        finished_at(each, NOW)

    finished_at(part, ago(**well))
    assert late() == []

    finished_at(part, ago(**too_long))
    assert late() == [part]


def test_sweeps_that_are_far_apart_are_late_later(settings):
    settings.SWEEP_SECONDS = 3600

    assert heartbeats.may_take(Part.SWEEP) == timedelta(hours=3)
    assert heartbeats.may_take(Part.LEARNING) == timedelta(hours=26)


def test_a_heartbeat_that_the_database_refuses_stops_nobody(monkeypatch, caplog):
    monkeypatch.setattr(heartbeats, "write_down", Mock(side_effect=DatabaseError))

    heartbeats.finished(Part.WORKER)

    assert "That Worker finished could not be written down." in caplog.text


# Who writes them


def last(part):
    row = Heartbeat.objects.filter(part=part).first()
    return row and row.finished_at


def test_a_sweep_that_goes_through_is_written_down(monkeypatch):
    sweeping.sweep()
    first = last(Part.SWEEP)
    assert first

    monkeypatch.setattr(sweeping, "roll_up", Mock(side_effect=DatabaseError))
    with pytest.raises(DatabaseError):
        sweeping.sweep()
    assert last(Part.SWEEP) == first


def fail():
    raise LookupError


def do_nothing():
    pass


def test_a_task_that_goes_through_shows_that_the_worker_works():
    with Celery("another", set_as_current=False, task_cls=WorkersTask) as app:
        app.task(fail, shared=False).apply()
        assert last(Part.WORKER) is None

        app.task(do_nothing, shared=False).apply()
        assert last(Part.WORKER)


@pytest.fixture
def calendar(tmp_path):
    with Celery("another", set_as_current=False, broker="memory://") as app:
        app.conf.beat_schedule_filename = str(tmp_path / "calendar")
        yield Scheduler(app=app, schedule_filename=str(tmp_path / "calendar"))


def test_a_message_that_the_broker_takes_shows_that_beat_works(calendar, monkeypatch):
    entry = ScheduleEntry(name="sweep", task="reports.sweep", schedule=60, app=calendar.app)
    monkeypatch.setattr("practicelens.jobs.calendar.connection", Mock())

    with monkeypatch.context() as broken:
        broken.setattr(PersistentScheduler, "apply_async", Mock(side_effect=OSError))
        calendar.apply_entry(entry)
        assert last(Part.BEAT) is None

    calendar.apply_entry(entry)
    assert last(Part.BEAT)


def test_composing_has_finished_once_nothing_that_is_due_failed(team, monkeypatch):
    BriefingSchedule.objects.create(unit=team, starts_on=NOW.date() - timedelta(days=70))
    with monkeypatch.context() as broken:
        broken.setattr(briefings.composing, "compose", Mock(side_effect=ZeroDivisionError))
        briefings.compose_due(today=NOW.date())
        assert last(Part.COMPOSING) is None

    briefings.compose_due(today=NOW.date())
    assert last(Part.COMPOSING)


def test_learning_has_finished_once_nothing_is_asked_for(monkeypatch):
    versions.ask(CodebookFactory())
    with monkeypatch.context() as broken:
        broken.setattr(versions, "learn", Mock(side_effect=ZeroDivisionError))
        background.learn_every_night()
        assert last(Part.LEARNING) is None

    background.learn_every_night()
    assert last(Part.LEARNING)


# What beat never called for


@pytest.fixture
def a_day_without_beat():
    for part in (Part.LEARNING, Part.COMPOSING):
        finished_at(part, timezone.now() - timedelta(hours=27))


def test_a_sweep_does_the_nights_work_that_beat_never_called_for(a_day_without_beat):
    sweeping.sweep()

    assert last(Part.LEARNING) > ago(hours=1)
    assert last(Part.COMPOSING) > ago(hours=1)


def test_a_sweep_tries_what_failed_again_after_an_hour(a_day_without_beat, monkeypatch):
    Run.objects.create(kind=Run.Kind.COMPOSE, started_at=timezone.now() - timedelta(minutes=59))
    sweeping.sweep()
    assert last(Part.COMPOSING) < ago(hours=1)

    Run.objects.update(started_at=timezone.now() - timedelta(minutes=61))
    sweeping.sweep()
    assert last(Part.COMPOSING) > ago(hours=1)
