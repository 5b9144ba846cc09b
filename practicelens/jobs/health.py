"""Whether the product is well: what it needs, and what it does in the background."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import psycopg
from django.db import connection
from kombu.exceptions import OperationalError

from practicelens.celery import app
from practicelens.jobs.heartbeats import pulses
from practicelens.jobs.models import Part
from practicelens.jobs.nudges import IMPATIENT

WHAT_IT_DOES = {
    Part.SWEEP: "finds what is left to do, and does it",
    Part.WORKER: "does at once what pages ask for",
    Part.BEAT: "calls for work by the clock",
    Part.LEARNING: "learns each night from what people decided",
    Part.COMPOSING: "drafts each night the briefings that are due",
}
CONNECTS_WITHIN = 3  # seconds
# Sorted in less memory than it takes, so that PostgreSQL has to write 4 MB to its disk. Nothing is
# kept, and nothing that others see is written.
WANTS_ROOM = """
SELECT count(*) FROM (
    SELECT repeat(md5(n::text), 32) AS words FROM generate_series(1, 4000) AS n
     ORDER BY words OFFSET 0) AS sorted
"""
IN_LITTLE_MEMORY = "SET work_mem = '64kB'; SET statement_timeout = '3s'"


@dataclass(frozen=True)
class State:
    """One thing that has to be well, and how it is; for a part of the work, since when."""

    name: str
    is_well: bool
    words: str
    does: str = ""
    at: datetime | None = None
    late_after: str = ""


def states():
    """How everything is; without a database nothing is known of what was done."""
    database = state_of_database()
    work = [state_of(pulse) for pulse in pulses()] if database.is_well else []
    return [database, state_of_broker(), *work]


def state_of_database():
    try:
        with psycopg.connect(**as_we_connect(), connect_timeout=CONNECTS_WITHIN) as apart:
            return State("Database", *room_in(apart))
    except psycopg.Error:
        return State("Database", False, "does not answer")


def as_we_connect():
    return connection.get_connection_params() | {"autocommit": True}


def room_in(apart):
    apart.execute(IN_LITTLE_MEMORY)
    try:
        apart.execute(WANTS_ROOM)
    except psycopg.Error:
        return False, "answers but can't write; its disk may be full"
    return True, "answers and has room to write"


def state_of_broker():
    try:
        with app.connection_for_write(transport_options=IMPATIENT) as there:
            there.ensure_connection(max_retries=1, timeout=1)
    except (OperationalError, OSError):
        return State("Broker", False, "does not answer")
    return State("Broker", True, "answers")


def state_of(pulse):
    return State(
        name=pulse.part.label,
        is_well=not pulse.is_late,
        words="last finished" if pulse.finished_at else "has finished nothing yet",
        does=WHAT_IT_DOES[pulse.part],
        at=pulse.finished_at,
        late_after=in_words(pulse.may_take),
    )


def in_words(length):
    if length >= timedelta(hours=2):
        return f"{length // timedelta(hours=1)} hours"
    return f"{length // timedelta(minutes=1)} minutes"


# As text, for a monitor


def in_sentence(states):
    """First whether all is well, in one line."""
    wrong = [state.name.lower() for state in states if not state.is_well]
    return f"Not well: {', '.join(wrong)}." if wrong else "All is well."


def in_line(state):
    at = f" {state.at:%Y-%m-%d %H:%M:%S} UTC" if state.at else ""
    late = f"; late after {state.late_after}" if state.late_after else ""
    return f"{state.name}: {'' if state.is_well else 'NOT WELL, '}{state.words}{at}{late}."
