"""The ledger of background work: what ran, on what, how long, with what result."""

import logging
from contextlib import contextmanager, suppress

from celery.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from reports.models import Run

log = logging.getLogger(__name__)

LOST = "Lost: the worker stopped. Found again by the sweep."


@contextmanager
def ledger(kind, unit=None, asked_by=None):
    """Write down a run while it runs. The block says `run.result`; what it raises is passed on.

    The row is committed first, so that a crash leaves a trace.
    """
    with transaction.atomic(durable=True):
        run = Run.objects.create(kind=kind, unit=unit, asked_by=asked_by)
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


def close(run, **outcome):
    Run.objects.filter(pk=run.pk).update(ended_at=timezone.now(), **outcome)


def close_lost():
    """Close the runs whose worker is gone; returns how many."""
    return Run.objects.lost().update(ended_at=timezone.now(), error=LOST)


def in_words(error):
    """What went wrong, for people who may read counts but not notes: never the error's own text."""
    if isinstance(error, SoftTimeLimitExceeded):
        return "It took too long and was stopped."
    if isinstance(error, DatabaseError):
        return f"The database refused or could not be reached ({type(error).__name__})."
    return f"A fault in the program stopped it ({type(error).__name__}). The log says where."
