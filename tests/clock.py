"""What day it is for the tests: always the same, however late they are run and wherever.

PL_CLOCK sets another: PL_CLOCK=2027-04-01T07:30+00:00 make test ARGS="tests/reports". Tests that
are marked `any_day` run once more for each of DAYS in every run. All of this is so in this process
only: other processes, PostgreSQL among them, go by the machine's clock.
"""

import os
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import time_machine

# A Wednesday afternoon in the middle of a month, in summer: an hour from the time of the database.
# The demonstration's story ends on it.
NOW = datetime(2027, 6, 16, 14, 0, tzinfo=UTC)
# Days that a program may get wrong, at hours at which it is another day somewhere else.
DAYS = {
    "first-of-a-month": datetime(2026, 12, 1, 0, 30, tzinfo=UTC),
    "last-of-a-month": datetime(2027, 1, 31, 23, 30, tzinfo=UTC),
    "29-february": datetime(2028, 2, 29, 12, 0, tzinfo=UTC),
    "1-april": datetime(2027, 4, 1, 8, 0, tzinfo=UTC),
    "morning-in-auckland": datetime(2026, 12, 1, 9, 0, tzinfo=ZoneInfo("Pacific/Auckland")),
}


def at(moment):
    """Inside the block it is this moment, and time goes on from it."""
    return time_machine.travel(moment, tick=True)


def of_this_run():
    given = os.environ.get("PL_CLOCK")
    return datetime.fromisoformat(given) if given else NOW


def of_the_machine():
    hatch = time_machine.escape_hatch
    if hatch.is_travelling():
        return datetime.fromtimestamp(hatch.time.time(), tz=UTC)
    return datetime.now(tz=UTC)
