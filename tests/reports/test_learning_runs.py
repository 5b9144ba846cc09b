"""Learning is found from rows, kept on the ledger, and asked for by the night."""

import pytest
from django.conf import settings
from django.urls import reverse

from observations import background, tasks
from observations.learning import versions
from observations.models import CodingModel
from practicelens.celery import app
from practicelens.jobs.models import Run
from reports.jobs import sweeping
from tests.factories import CodebookFactory, UserFactory
from tests.observations.taught import add_note, add_themes, teach

pytestmark = pytest.mark.django_db


@pytest.fixture
def themes(codebook, framework_version):
    return add_themes(codebook)


@pytest.fixture
def taught(themes, team, psw):
    teach(*themes, team, [psw, UserFactory()])


def test_a_sweep_learns_what_was_asked_for(codebook, taught, psw):
    versions.ask(codebook, by=psw)

    sweeping.sweep()

    assert CodingModel.objects.get().state == CodingModel.State.IN_USE
    run = Run.objects.get(kind=Run.Kind.LEARN)
    assert (run.result, run.unit, run.asked_by) == ("Version 1: in use", codebook.unit, psw)


def test_a_sweep_with_nothing_asked_for_learns_nothing(codebook, taught):
    sweeping.sweep()

    assert not CodingModel.objects.exists()
    assert not Run.objects.filter(kind=Run.Kind.LEARN).exists()


def test_what_fails_stays_asked_for_and_stops_no_other(codebook, taught, monkeypatch):
    versions.ask(codebook)
    other = CodebookFactory()
    versions.ask(other)
    learn = versions.learn
    monkeypatch.setattr(
        versions, "learn", lambda model: 1 / 0 if model.codebook == codebook else learn(model)
    )

    background.learn_asked()

    assert CodingModel.objects.asked().get().codebook == codebook
    assert CodingModel.objects.get(codebook=other).state == CodingModel.State.NOTHING
    assert Run.objects.filter(kind=Run.Kind.LEARN).exclude(error="").count() == 1

    monkeypatch.undo()
    sweeping.sweep()

    assert not CodingModel.objects.asked().exists()


def test_the_tasks_find_their_work_from_the_rows(codebook, taught):
    tasks.ask_to_learn()
    tasks.learn()
    tasks.learn()

    assert CodingModel.objects.get().version == 1


def test_the_night_asks_by_a_task_that_there_is():
    night = settings.CELERY_BEAT_SCHEDULE["learn"]

    assert night["task"] in app.tasks
    assert (night["schedule"].hour, night["schedule"].minute) == ({2}, {30})


def test_run_again_learns_what_is_asked_for(codebook, taught, psw):
    versions.ask(codebook)

    sweeping.run_again(Run.Kind.LEARN, asked_by=psw)

    assert Run.objects.get().asked_by == psw


def test_a_summary_says_of_what_is_suggested_how_often_such_suggestions_are_right(
    themes, team, psw, psw_client
):
    meals, _ = themes
    note = add_note(team, psw, ("The food was hot.", {meals: "suggested"}))

    page = psw_client.get(
        reverse("reports:summary_theme", args=[meals.pk]), {"unit": note.unit.code}
    ).content.decode()

    assert "How often suggestions for this theme are right is not measured yet." in page
