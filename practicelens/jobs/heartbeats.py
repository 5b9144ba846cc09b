"""When each part of background work last finished, and when that is too long ago."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from practicelens.jobs.models import Heartbeat, Part

log = logging.getLogger(__name__)

NIGHTLY = (Part.LEARNING, Part.COMPOSING)
# A night's work is done once a day, and has two hours to finish in.
A_NIGHT = timedelta(hours=26)
A_FEW_SWEEPS = 3
AT_LEAST = timedelta(minutes=5)


@dataclass(frozen=True)
class Pulse:
    """How a part does: when it last finished, if ever, and whether that is too long ago."""

    part: Part
    finished_at: datetime | None
    is_late: bool
    may_take: timedelta


def finished(part):
    """Write down that a part finished. It must stop nobody that this can't be written."""
    try:
        write_down(part)
    except DatabaseError:
        log.exception("That %s finished could not be written down.", part.label)
        if not connection.in_atomic_block:
            connection.close()


def write_down(part):
    """Its first row brings those of the others: from then on they are waited for."""
    mine = Heartbeat.objects.filter(part=part)
    if not mine.update(finished_at=timezone.now()):
        Heartbeat.objects.bulk_create(
            [Heartbeat(part=each) for each in Part], ignore_conflicts=True
        )
        mine.update(finished_at=timezone.now())


def pulses(now=None):
    """Every part as it is. Where no part ever finished anything, all are late."""
    now = now or timezone.now()
    rows = {row.part: row for row in Heartbeat.objects.all()}
    return [pulse(part, rows.get(part), now) for part in Part]


def pulse(part, row, now):
    last = (row.finished_at or row.expected_since) if row else None
    is_late = last is None or now - last > may_take(part)
    return Pulse(part, row and row.finished_at, is_late, may_take(part))


def is_overdue(part):
    """Whether a part that is waited for should have finished by now."""
    row = Heartbeat.objects.filter(part=part).first()
    return row is not None and pulse(part, row, timezone.now()).is_late


def may_take(part):
    """How long may pass until it finishes again."""
    if part in NIGHTLY:
        return A_NIGHT
    return max(AT_LEAST, A_FEW_SWEEPS * timedelta(seconds=settings.SWEEP_SECONDS))
