"""Which units a person's roles reach: read once for a request, and never kept for longer.

Outside a request (a background job, a command, a test that keeps a person about) nothing is
remembered, so nothing can be out of date. Within one, the first write to a role or a unit ends the
remembering for the rest of it: what was written may yet be taken back with its transaction.
"""

import re
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import connection

# From the units on which a role is held, down the tree and up, so that it costs what it finds. A
# tree deeper than this is a ring made by mistake: stop rather than spin.
REACHED = """WITH RECURSIVE held AS (
    SELECT kind, unit_id, 0 AS steps FROM people_role WHERE user_id = %s AND ended_at IS NULL
),
below (kind, unit_id, steps) AS (
    SELECT * FROM held
    UNION
    SELECT below.kind, unit.id, below.steps + 1
    FROM below JOIN people_unit unit ON unit.parent_id = below.unit_id
    WHERE below.steps < 20
),
above (kind, unit_id, steps, held_id) AS (
    SELECT held.*, unit_id FROM held
    UNION
    SELECT above.kind, unit.parent_id, above.steps + 1, above.held_id
    FROM above JOIN people_unit unit ON unit.id = above.unit_id
    WHERE above.steps < 20 AND unit.parent_id IS NOT NULL
)
SELECT kind, unit_id, true, '', 0, 0 FROM below
UNION
SELECT above.kind, above.unit_id, false, coalesce(nullif(unit.time_zone, ''), CASE
        WHEN unit.parent_id IS NOT NULL THEN ''
        WHEN unit.jurisdiction = 'aotearoa' THEN 'Pacific/Auckland' ELSE 'Europe/London' END),
    above.held_id, above.steps
FROM above JOIN people_unit unit ON unit.id = above.unit_id
ORDER BY 6
"""

WRITES = re.compile(r'\b(INTO|UPDATE|DELETE FROM|TRUNCATE)\s+"?people_(role|unit)\b', re.IGNORECASE)

remembered = ContextVar("remembered", default=None)


@dataclass(frozen=True)
class Reach:
    """The pks of the units on which a kind of role is held, with all `below`, and all `above`.

    `zones` has the names of the time zones that the units keep on which it is held.
    """

    below: set = field(default_factory=set)
    above: set = field(default_factory=set)
    zones: set = field(default_factory=set)


def reached_by(user_pk):
    """{kind of role: Reach}, of the roles that a person holds."""
    known = remembered.get()
    if known is None:
        return read(user_pk)
    if user_pk not in known:
        known[user_pk] = read(user_pk)
    return known[user_pk]


def read(user_pk):
    found, placed = {}, set()
    with connection.cursor() as cursor:
        cursor.execute(REACHED, [user_pk])
        # Upwards, the nearest first: the first zone that is named is the one that is kept.
        for kind, unit, is_below, zone, held, _ in cursor.fetchall():
            reach = found.setdefault(kind, Reach())
            (reach.below if is_below else reach.above).add(unit)
            if zone and (kind, held) not in placed:
                placed.add((kind, held))
                reach.zones.add(zone)
    return found


@contextmanager
def remembering():
    """Each person's reach is read once within, until a role or a unit is written."""
    token = remembered.set({})
    try:
        with connection.execute_wrapper(forgetting):
            yield
    finally:
        remembered.reset(token)


def forgetting(execute, sql, params, many, context):
    said = str(sql)
    # Most only read, and to look through a long one for a write takes as long as to send it.
    if not said.startswith("SELECT ") and WRITES.search(said):
        remembered.set(None)
    return execute(sql, params, many, context)
