"""The ledger of background work: what ran, on what, how long, with what result."""

import logging
from contextlib import contextmanager, suppress

from celery.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from practicelens.jobs.models import Run
from practicelens.jobs.names import Task
from practicelens.jobs.nudges import nudge

log = logging.getLogger(__name__)

LOST = "Lost: the background job stopped. Found again by the sweep."


@contextmanager
def ledger(kind, unit=None, asked_by=None):
    """Write down a run while it runs. The block says `run.result`; what it raises is passed on.

    The row is committed first, so that a crash leaves a trace. Where someone asked for just this,
    it is their row.
    """
    with transaction.atomic(durable=True):
        run = taken_up(kind, unit)
        run = run or Run.objects.create(kind=kind, unit=unit, asked_by=asked_by)
    try:
        yield run
    except Exception as error:
        log.exception("%s failed.", run.get_kind_display())
        if not connection.is_usable():
            connection.close()
        with suppress(DatabaseError):  # the run stays open, and the sweep closes it as lost
            close(run, error=in_words(error))
        raise
    close(run, result=run.result)


# Asking for one


def ask(*, run, by):
    """Ask for what a run did to be done again; returns its row, and whether that is new."""
    asked, is_new = Run.objects.get_or_create(
        kind=run.kind,
        unit=run.unit,
        started_at=None,
        defaults={"asked_by": by, "asked_at": timezone.now()},
    )
    nudge(Task.DO_ASKED)
    return asked, is_new


def taken_up(kind, unit):
    """The row of a run that someone asked for, as it begins; None if nobody did."""
    asked = Run.objects.asked().filter(kind=kind, unit=unit).select_for_update(skip_locked=True)
    run = asked.first()
    if run:
        run.started_at = timezone.now()
        run.save(update_fields=["started_at"])
    return run


@contextmanager
def done_for(asked):
    """While what was asked for is done; what no run of its own took up is closed with it."""
    began = timezone.now()
    try:
        yield
    except Exception as error:
        log.exception("%s, asked for, failed.", asked.get_kind_display())
        outcome = {"error": in_words(error)}
    else:
        runs = Run.objects.filter(kind=asked.kind, started_at__gte=began).count()
        outcome = {"result": f"{runs} of these ran" if runs else "Nothing was waiting"}
    left = Run.objects.filter(pk=asked.pk, started_at=None)
    left.update(started_at=began, ended_at=timezone.now(), **outcome)


# Closing


def close(run, **outcome):
    Run.objects.filter(pk=run.pk).update(ended_at=timezone.now(), **outcome)


def close_lost():
    """Close the runs whose worker is gone; returns how many."""
    return Run.objects.lost().update(ended_at=timezone.now(), error=LOST)


def in_words(error):
    """What went wrong, for people who read counts and no observations: never the error's text."""
    if isinstance(error, SoftTimeLimitExceeded):
        return "It took too long and was stopped."
    if isinstance(error, DatabaseError):
        return f"The database refused or could not be reached ({type(error).__name__})."
    return f"A fault in the program stopped it ({type(error).__name__}). The log says where."


def count_of(number, one):
    return f"{number} {one}" if number == 1 else f"{number} {one}s"
