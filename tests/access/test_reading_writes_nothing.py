"""To look at a page changes nothing: whoever may read it, and whatever it is about."""

import re

import pytest
from django.db import connection

from tests.access.crawling import PAGES, things

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]

WRITES = re.compile(r'^\s*(INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
# What may be written though somebody only looks.
ALLOWED = {
    "django_session": "that someone is still there",
    "audit_entry": "the log of reading",
    "observations_reply": "that its observer has read a reply",
    "observations_observation": "that it was opened by whom it is shared with",
}
# The paper of a published version is set once and kept (frameworks/outside/page.py).
KEEPS_A_PAPER = {"frameworks:outside_pdf", "frameworks:outside_version_pdf"}


class Written:
    """Every table that is written to while it is asked, in order."""

    def __init__(self):
        self.tables = []

    def __call__(self, execute, sql, params, many, context):
        if match := WRITES.match(sql):
            self.tables.append(match[2].lower())
        return execute(sql, params, many, context)


@pytest.fixture(scope="module")
def to_read(world):
    found = {}
    for name, parts, readers in things(world):
        found.setdefault(name, []).append((parts, readers))
    return found


@pytest.mark.parametrize("name", [name for name in PAGES if not name.startswith("account_")])
def test_looking_writes_nothing_but_that_one_looked(name, to_read, asking):
    wrong, allowed = set(), {*ALLOWED, *(["people_cache"] if name in KEEPS_A_PAPER else [])}
    for parts, readers in to_read.get(name, []):
        for person in readers:
            written = Written()
            with connection.execute_wrapper(written):
                asking.ask(person, "GET", PAGES[name].address(parts))
            wrong |= {(person, table) for table in set(written.tables) - allowed}

    assert wrong == set()
