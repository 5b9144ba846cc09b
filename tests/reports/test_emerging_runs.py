"""The worker takes looks for emerging themes from their rows."""

import pytest
from django.conf import settings

from observations import tasks
from observations.emerging import looks
from observations.models import EmergingLook
from practicelens.jobs.models import Run
from reports.jobs import sweeping
from tests.factories import CodebookFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_sweep_takes_a_look_that_no_message_told_of(codebook, psw):
    looks.ask(codebook=codebook, by=psw)

    sweeping.sweep()

    run = Run.objects.get(kind=Run.Kind.GROUP)
    assert EmergingLook.objects.get().state == "done"
    assert (run.unit, run.asked_by, run.error) == (codebook.unit, psw, "")
    assert run.result == "0 groups to look at"


def test_a_look_that_fails_is_not_tried_for_ever_and_stops_no_other(codebook, monkeypatch):
    other = CodebookFactory()
    uncovered = looks.uncovered

    def fail_for_one(of, on):
        if of == codebook:
            raise ValueError("Leanne")
        return uncovered(of, on)

    looks.ask(codebook=codebook)
    looks.ask(codebook=other)
    monkeypatch.setattr(looks, "uncovered", fail_for_one)
    sweeping.sweep()
    sweeping.sweep()

    assert EmergingLook.objects.get(codebook=codebook).state == "failed"
    assert EmergingLook.objects.get(codebook=other).state == "done"
    assert Run.objects.filter(kind=Run.Kind.GROUP).exclude(error="").count() == 1


def test_the_week_s_look_is_taken_once(codebook):
    tasks.look_every_week()
    tasks.look_every_week()

    assert EmergingLook.objects.get().state == "done"
    entry = settings.CELERY_BEAT_SCHEDULE["emerging"]
    assert entry["task"] == tasks.look_every_week.name


def test_a_run_is_done_again_whatever_the_week_says(codebook, psw):
    tasks.look_every_week()

    sweeping.run_again(Run.Kind.GROUP, asked_by=psw)

    assert EmergingLook.objects.filter(asked_by=psw, state="done").exists()
