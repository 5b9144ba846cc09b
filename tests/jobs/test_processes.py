"""Worker and beat for real: health tells which of them, or of what they stand on, is gone."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse

from practicelens.jobs.models import Heartbeat, Part
from practicelens.local import broker as brokers
from tests.reports.rig import end, python, until, worker

pytestmark = [
    pytest.mark.alone,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("machines_clock"),
]


@pytest.fixture
def broker(tmp_path, monkeypatch):
    broker = brokers.Broker(tmp_path / "broker")
    brokers.start(broker)
    monkeypatch.setenv("CELERY_BROKER_URL", broker.url())
    yield broker
    brokers.stop(broker)


@contextmanager
def beat(broker, folder, monkeypatch):
    """A real beat that calls for a sweep every five seconds."""
    monkeypatch.setenv("SWEEP_SECONDS", "5")
    monkeypatch.setenv("BEAT_SCHEDULE_FILE", str(folder / "calendar"))
    with (folder / "beat.log").open("ab") as output:
        command = ["-m", "celery", "-A", "practicelens", "beat"]
        started = python(*command, broker_url=broker.url(), stdout=output, stderr=output)
    try:
        yield started
    finally:
        end(started)


def an_hour_passes():
    hour = timedelta(hours=1)
    Heartbeat.objects.update(
        finished_at=F("finished_at") - hour, expected_since=F("expected_since") - hour
    )


def not_well():
    """What health names, in its first line."""
    said = Client().get(reverse("health")).content.decode().splitlines()[0]
    return said.removeprefix("Not well: ").removesuffix(".").split(", ")


def all_is_well():
    return not_well() == ["All is well"]


def test_health_tells_who_is_gone(broker, tmp_path, monkeypatch):
    log = tmp_path / "worker.log"
    with worker(broker.url(), log) as working, beat(broker, tmp_path, monkeypatch):
        until(all_is_well, within=60)

        end(working)
        an_hour_passes()
        until(lambda: "beat" not in not_well(), within=60)
        assert not_well() == ["sweep", "worker"]

        with worker(broker.url(), log):
            until(all_is_well, within=60)

            brokers.stop(broker)
            an_hour_passes()
            assert not_well() == ["broker", "sweep", "worker", "beat"]


def test_a_worker_that_beat_asks_for_nothing_still_answers_the_sweep(broker, tmp_path):
    sweeper = python("manage.py", "sweep", "--every", "0.5", broker_url=broker.url())
    try:
        with worker(broker.url(), tmp_path / "worker.log"):
            until(lambda: Heartbeat.objects.filter(part=Part.WORKER).exists(), within=60)
            until(lambda: not_well() == ["All is well"], within=60)
            an_hour_passes()
            until(lambda: not_well() == ["beat"], within=60)
    finally:
        end(sweeper)
