"""Whether the audit log is whole: every entry as it was written, and none too many or too few.

It reads rows and works each hash out here, so that nobody who changed the database's own functions
is believed. An owner of the tables could forge a whole new chain, though. What shows that is a
number and hash that were written down elsewhere before, for the chain has to pass through them.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256

from django.db import connection

# The same text as `audit_hash` in the migrations, made of PostgreSQL's own functions.
ROWS = """
SELECT link.number, link.entry_id, link.hash, entry.id, entry.at,
    jsonb_build_array(
        link.number, entry.id, to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'),
        entry.by_id, entry.action, entry.what, entry.object_pk, entry.unit_id, entry.changes
    )::text
FROM audit_link link FULL JOIN audit_entry entry ON entry.id = link.entry_id
ORDER BY link.number NULLS LAST, entry.id
"""
# Entries are linked when they are committed, so a long piece of work may come after a later one.
MAY_COME_LATE = timedelta(hours=1)


@dataclass
class Verified:
    """What was found: faults in words, how many entries there are, and where the chain ends."""

    faults: list = field(default_factory=list)
    entries: int = 0
    number: int = 0
    hash: bytes = b""
    latest: object = None
    passed: set = field(default_factory=set)

    @property
    def seal(self):
        return f"{self.number}:{self.hash.hex()}"


def verify(*seals):
    """Read the whole log; `seals` are ends of the chain (number:hash) that were seen before."""
    found = Verified()
    with connection.cursor() as cursor:
        # In a transaction that wrote entries, and has not ended, they are linked first.
        cursor.execute("SET CONSTRAINTS audit_entry_linked IMMEDIATE")
        cursor.execute("SET CONSTRAINTS audit_entry_linked DEFERRED")
    with connection.chunked_cursor() as cursor:
        cursor.execute(ROWS)
        for row in cursor:
            look_at(found, *row)
            if found.seal in seals:
                found.passed.add(found.seal)
    found.faults += [
        f"The chain does not pass through {seal}: it was cut or written anew since."
        for seal in seals
        if seal not in found.passed
    ]
    return found


def look_at(found, number, entry_id, linked, pk, at, text):
    if number is None:
        found.entries += 1
        found.faults.append(f"Entry {pk} was inserted past the chain.")
        return
    if number != found.number + 1:
        found.faults.append(
            f"Links {found.number + 1} to {number - 1} are gone: rows were cut out."
        )
    if pk is None:
        found.faults.append(f"Entry {entry_id} was removed.")
    else:
        look_at_entry(found, number, linked, pk, at, text)
    found.number, found.hash = number, bytes(linked)


def look_at_entry(found, number, linked, pk, at, text):
    found.entries += 1
    follows = number == found.number + 1
    if follows and sha256(found.hash + text.encode()).digest() != bytes(linked):
        found.faults.append(f"Entry {pk} was changed.")
    if found.latest and at < found.latest - MAY_COME_LATE:
        found.faults.append(f"Entry {pk} bears an earlier time than those before it.")
    found.latest = max(at, found.latest or at)
