from datetime import timedelta
from unittest.mock import Mock

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from practicelens.jobs.ledger import LOST, close_lost, ledger
from practicelens.jobs.models import LEASE, Run
from reports import briefings, tasks
from reports.cells import rollup
from reports.jobs import sweeping
from reports.models import CriterionCell
from tests.reports.test_rollup import counted_observation

pytestmark = pytest.mark.django_db


def run_of_the_past(kind=Run.Kind.ROLL_UP, **fields):
    now = timezone.now()
    return Run.objects.create(
        kind=kind, started_at=now - timedelta(seconds=3), ended_at=now, **fields
    )


# The ledger


def test_a_run_is_written_down_with_its_result(team, psw):
    with ledger(Run.Kind.RECOUNT, unit=team, asked_by=psw) as run:
        assert Run.objects.get().ended_at is None
        run.result = "3 cells put right"

    written = Run.objects.get()
    assert (written.kind, written.unit, written.asked_by) == ("recount", team, psw)
    assert written.result == "3 cells put right"
    assert written.ended_at >= written.started_at
    assert written.error == ""


@pytest.mark.django_db(transaction=True)
def test_a_run_is_in_the_ledger_while_it_runs_even_if_its_work_is_undone():
    with pytest.raises(DatabaseError), ledger(Run.Kind.RECOUNT), transaction.atomic():
        CriterionCell.objects.create(observations=1)

    assert Run.objects.get().error.startswith("The database refused")


@pytest.mark.django_db(transaction=True)
def test_a_run_can_not_begin_inside_a_transaction():
    """Its row would vanish with the work in a crash."""
    with pytest.raises(RuntimeError), transaction.atomic(), ledger(Run.Kind.RECOUNT):
        pass


@pytest.mark.parametrize(
    ("error", "words"),
    [
        pytest.param(SoftTimeLimitExceeded(), "It took too long and was stopped.", id="too long"),
        pytest.param(DatabaseError("x"), "The database refused", id="database"),
        pytest.param(ValueError("Leanne said mornings"), "(ValueError)", id="fault"),
    ],
)
def test_a_failure_is_told_in_plain_words_without_the_error_s_own_text(error, words):
    with pytest.raises(type(error)), ledger(Run.Kind.CODING):
        raise error

    run = Run.objects.get()
    assert words in run.error
    assert "Leanne" not in run.error
    assert run.ended_at


def test_a_run_still_open_after_its_lease_is_closed_as_lost():
    old = Run.objects.create(
        kind=Run.Kind.RECOUNT, started_at=timezone.now() - LEASE - timedelta(minutes=1)
    )
    young = Run.objects.create(kind=Run.Kind.RECOUNT)

    assert close_lost() == 1

    old.refresh_from_db()
    young.refresh_from_db()
    assert old.error == LOST
    assert old.ended_at
    assert young.ended_at is None


# Its page


@pytest.mark.parametrize("person", ["psw", "system_admin"])
def test_the_ledger_says_what_ran_and_what_came_of_it(request, person, team, psw):
    run_of_the_past(result="3 marks taken, 2 cells written", asked_by=psw)
    run_of_the_past(kind=Run.Kind.CODING, unit=team, error="It took too long and was stopped.")
    Run.objects.create(kind=Run.Kind.RECOUNT)

    page = request.getfixturevalue(f"{person}_client").get(reverse("reports:runs"))

    for words in [
        "Count marked cells",
        "3 marks taken, 2 cells written",
        "Marian Osei",
        "3.0 s",
        "River",
        "It took too long and was stopped.",
        "Not finished",
        "Run again",
    ]:
        assert words in page.text


def test_an_empty_ledger_says_what_will_be_there(psw_client):
    assert "Nothing has run yet" in psw_client.get(reverse("reports:runs")).text


@pytest.mark.parametrize(
    "person", ["practitioner", "leader", "framework_admin", "governance", "nobody"]
)
def test_others_may_not_read_the_ledger(request, person):
    client = request.getfixturevalue(f"{person}_client")

    assert client.get(reverse("reports:runs")).status_code == 403


def test_the_runs_of_a_unit_are_seen_by_those_who_reach_it(team, stranger_client):
    run = run_of_the_past(unit=team, result="4 mentions suggested")

    assert "4 mentions suggested" not in stranger_client.get(reverse("reports:runs")).text
    again = stranger_client.post(reverse("reports:run_again", args=[run.pk]))
    assert again.status_code == 404


@pytest.mark.parametrize("rows", [1, 25])
def test_the_ledger_takes_the_same_queries_at_any_length(
    psw_client, team, psw, rows, django_assert_max_num_queries
):
    for _ in range(rows):
        run_of_the_past(unit=team, asked_by=psw)

    with django_assert_max_num_queries(9):
        psw_client.get(reverse("reports:runs"))


def test_a_long_ledger_has_pages(psw_client):
    for number in range(26):
        run_of_the_past(result=f"{number} marks taken")

    first = psw_client.get(reverse("reports:runs")).text
    second = psw_client.get(reverse("reports:runs"), {"page": 2}).text

    assert "Page 1 of 2" in first
    assert ">0 marks taken<" not in first
    assert ">0 marks taken<" in second


def again(client, run):
    return client.post(reverse("reports:run_again", args=[run.pk]), follow=True)


def test_run_again_is_asked_for_and_done_by_the_worker(psw, psw_client, team, framework_version):
    counted_observation(team)
    rollup.roll_up_dirty()
    CriterionCell.objects.update(observations=7)
    run = run_of_the_past(kind=Run.Kind.RECOUNT)

    page = again(psw_client, run).text

    assert "Count everything again: asked for. It begins within a minute." in page
    assert "Likely done by" in page
    assert CriterionCell.objects.get().observations == 7
    tasks.do_asked()
    assert CriterionCell.objects.get().observations == 1
    assert Run.objects.get(asked_by=psw).result == "1 cell put right"
    assert "Likely done by" not in psw_client.get(reverse("reports:runs")).text


def test_what_was_asked_for_is_found_by_the_sweep(psw, psw_client, team, framework_version):
    counted_observation(team)
    again(psw_client, run_of_the_past())

    sweeping.sweep()

    assert Run.objects.get(asked_by=psw).result == "1 dirty cell taken, 1 cell written"
    assert not Run.objects.asked().exists()


def test_asked_for_twice_is_once(psw_client):
    run = run_of_the_past()
    again(psw_client, run)
    assert "Count marked cells: asked for already." in again(psw_client, run).text
    assert Run.objects.asked().count() == 1


def test_nothing_asked_for_waits_for_ever(psw, psw_client, team):
    again(psw_client, run_of_the_past(kind=Run.Kind.CODING, unit=team))
    again(psw_client, run_of_the_past(kind=Run.Kind.LEARN))

    tasks.do_asked()

    done = Run.objects.filter(asked_by=psw)
    assert set(done.values_list("result", flat=True)) == {"Nothing was waiting"}
    assert not done.filter(ended_at=None).exists()


def test_what_was_asked_for_and_fails_says_so_and_stops_no_other(psw, psw_client, monkeypatch):
    for kind in (Run.Kind.RECOUNT, Run.Kind.COMPOSE, Run.Kind.ROLL_UP):
        again(psw_client, run_of_the_past(kind=kind))
    monkeypatch.setattr(rollup, "recount_all", Mock(side_effect=DatabaseError))
    monkeypatch.setattr(briefings, "compose_due", Mock(side_effect=ValueError("Leanne")))

    tasks.do_asked()

    recount, compose, roll_up = Run.objects.filter(asked_by=psw).order_by("asked_at")
    assert recount.error.startswith("The database refused")
    assert "(ValueError)" in compose.error
    assert "Leanne" not in compose.error
    assert roll_up.result


def test_the_page_says_that_no_worker_took_it_up(psw, psw_client):
    run_of_the_past()
    long_ago = timezone.now() - timedelta(minutes=9)
    Run.objects.create(kind=Run.Kind.ROLL_UP, started_at=None, asked_at=long_ago, asked_by=psw)
    assert "The worker has not taken it up yet" in psw_client.get(reverse("reports:runs")).text


def test_run_again_is_asked_by_post_only(psw_client):
    run = run_of_the_past()

    assert psw_client.get(reverse("reports:run_again", args=[run.pk])).status_code == 405
