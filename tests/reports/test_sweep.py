import signal
from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.core.management import call_command
from django.utils import timezone

from observations import background
from observations.engine import Suggester
from observations.models import DirtyCell, Mention, Observation, Recoding
from observations.notes import coding
from observations.recoding import actions
from observations.recounting import recount_observation
from observations.tasks import code
from practicelens.jobs.models import LEASE, Run
from reports.cells import rollup
from reports.jobs import sweeping
from reports.models import ThemeCell
from tests.factories import ObservationFactory, PassageFactory, RatingFactory, ThemeFactory
from tests.reports.rig import everything_is_done, python, until
from tests.reports.test_rollup import counted_observation

pytestmark = pytest.mark.django_db

# The theme that the factories make is of meetings where the family is asked.
TEXT = "Mum was asked first in the meeting, and the family's words were written up."


def uncoded(unit, **fields):
    observation = ObservationFactory(unit=unit, submitted=True, **fields)
    observation.refresh_from_db()
    RatingFactory(observation=observation)
    PassageFactory(observation=observation, text=TEXT)
    recount_observation(observation)
    return observation


@pytest.fixture
def theme(theme):
    theme.keywords = ["family", "asked first", "meeting"]
    theme.save()
    return theme


def test_a_sweep_codes_and_counts_what_no_message_told_of(team, theme):
    uncoded(team)

    sweeping.sweep()

    assert Mention.objects.suggested().exists()
    assert ThemeCell.objects.get().suggested == Mention.objects.count()
    assert everything_is_done()
    assert set(Run.objects.values_list("kind", "unit", "error")) == {
        ("coding", team.pk, ""),
        ("recode", None, ""),
        ("recode", theme.codebook.unit_id, ""),
        ("roll_up", None, ""),
    }


def test_a_sweep_with_nothing_to_do_writes_no_run():
    sweeping.sweep()

    assert not Run.objects.exists()


def test_one_observation_that_can_not_be_coded_does_not_stop_the_others(team, theme, monkeypatch):
    now = timezone.now()
    bad = uncoded(team, submitted_at=now - timedelta(hours=1))
    good = uncoded(team)
    suggestions_for = coding.suggestions_for

    def fail_for_one(observation):
        if observation == bad:
            raise ValueError("Leanne")
        return suggestions_for(observation)

    monkeypatch.setattr(coding, "suggestions_for", fail_for_one)
    sweeping.sweep()

    assert list(Observation.objects.filter(coded_at=None)) == [bad]
    assert Mention.objects.filter(observation=good).exists()
    assert Run.objects.get(kind=Run.Kind.CODING, result="").error
    assert not DirtyCell.objects.exists()


def test_the_oldest_are_coded_first_and_the_rest_next_time(team, theme, monkeypatch):
    now = timezone.now()
    newer = uncoded(team, submitted_at=now)
    older = uncoded(team, submitted_at=now - timedelta(days=1))
    monkeypatch.setattr(background, "OBSERVATIONS_A_SWEEP", 1)

    sweeping.sweep()
    assert list(Observation.objects.filter(coded_at=None)) == [newer]

    sweeping.sweep()
    assert everything_is_done()
    assert older.submitted_at < newer.submitted_at


def test_drafts_and_withdrawn_observations_are_not_coded(team, theme):
    ObservationFactory(unit=team)
    ObservationFactory(unit=team, withdrawn=True)

    sweeping.sweep()

    assert not Observation.objects.exclude(coded_at=None).exists()


def test_a_sweep_goes_on_till_no_dirty_cell_is_left(team, framework_version, monkeypatch):
    """The first of three dirty rows of one cell counts all three notes; what is right is left alone."""
    roll_up_dirty = rollup.roll_up_dirty
    monkeypatch.setattr(rollup, "roll_up_dirty", lambda: roll_up_dirty(limit=1))
    for _ in range(3):
        counted_observation(team)

    sweeping.sweep()

    assert Run.objects.get(kind=Run.Kind.ROLL_UP).result == "3 dirty cells taken, 1 cell written"
    assert not DirtyCell.objects.exists()


def test_a_sweep_closes_lost_runs():
    run = Run.objects.create(kind=Run.Kind.RECOUNT, started_at=timezone.now() - 2 * LEASE)

    sweeping.sweep()

    run.refresh_from_db()
    assert run.error == "Lost: the background job stopped. Found again by the sweep."


def test_coding_twice_is_coding_once(team, theme):
    observation = uncoded(team)

    code(observation.pk)
    mentions = Mention.objects.count()
    code(observation.pk)

    assert Mention.objects.count() == mentions > 0


def test_a_message_about_an_observation_that_is_gone_does_nothing():
    code(12345)

    assert not Mention.objects.exists()


def test_the_command_sweeps_without_a_broker(team, theme):
    uncoded(team)

    call_command("sweep")

    assert everything_is_done()


@pytest.mark.django_db(transaction=True)
def test_the_command_goes_on_sweeping_and_ends_well_when_told_to_stop(team, theme):
    sweeper = python("manage.py", "sweep", "--every", "0.1", broker_url="redis://127.0.0.1:1/0")
    try:
        for _ in range(2):
            uncoded(team)
            until(everything_is_done)
        sweeper.send_signal(signal.SIGTERM)
        assert sweeper.wait(10) == 0
    finally:
        sweeper.kill()
        sweeper.wait()


# Re-checking past observations


def test_a_sweep_reads_the_archive_again_after_a_change(team, theme, psw):
    uncoded(team)
    sweeping.sweep()
    sweeping.sweep()
    Run.objects.all().delete()
    theme.retired_on = timezone.localdate()
    theme.save()

    sweeping.sweep()

    found = Recoding.objects.order_by("pk").last()
    assert (found.state, found.dropped) == ("ready", 1)
    assert list(Run.objects.order_by("pk").values_list("kind", "unit", "result")) == [
        ("recode", None, "1 codebook to re-check"),
        ("recode", theme.codebook.unit_id, "1 observation read, 0 changes settled"),
    ]

    actions.use_it(recoding=found, by=psw)
    sweeping.sweep()

    assert not Mention.objects.exists()
    assert not ThemeCell.objects.exists()
    assert everything_is_done()


def test_a_sweep_that_finds_nothing_changed_writes_no_run(team, theme):
    uncoded(team)
    sweeping.sweep()
    Run.objects.all().delete()

    sweeping.sweep()

    assert not Run.objects.exists()


def test_a_sweep_reads_again_for_so_long_and_leaves_the_rest(team, theme, monkeypatch):
    monkeypatch.setattr(actions, "OBSERVATIONS_A_BATCH", 1)
    monkeypatch.setattr(background, "SECONDS_OF_RECODING_A_SWEEP", 0)
    for _ in range(3):
        uncoded(team)

    looked = []
    for _ in range(4):
        sweeping.sweep()
        looked.append(Recoding.objects.get().looked)

    assert looked == [1, 2, 3, 3]
    assert Recoding.objects.get().state == "unchanged"


def test_a_codebook_that_can_not_be_re_checked_stops_nothing_else(
    team, other_team, theme, monkeypatch
):
    far = ThemeFactory(codebook__unit=other_team).codebook
    uncoded(team)
    uncoded(other_team)
    today = Suggester.today

    def fail_for_far(codebook):
        if codebook == far:
            raise ValueError("Leanne")
        return today(codebook)

    monkeypatch.setattr(actions, "Suggester", Mock(today=fail_for_far))
    sweeping.sweep()

    assert Recoding.objects.get(codebook=far).state == "looking"
    assert Recoding.objects.get(codebook=theme.codebook).state == "unchanged"
    assert not DirtyCell.objects.exists()
    assert "Leanne" not in Run.objects.exclude(error="").get().error


def test_run_again_reads_on(team, theme, psw):
    uncoded(team)
    background.code_waiting()

    sweeping.run_again(Run.Kind.RECODE, asked_by=psw)

    assert Recoding.objects.get().state == "unchanged"
    assert set(Run.objects.filter(kind="recode").values_list("asked_by", flat=True)) == {psw.pk}
