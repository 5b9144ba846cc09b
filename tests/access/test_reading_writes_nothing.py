"""To look at a page changes nothing: whoever may read it, and whatever it is about."""

import pytest

from tests.access.crawling import PAGES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]

# What may be written though somebody only looks.
ALLOWED = {
    "django_session": "that someone is still there",
    "audit_entry": "the log of reading",
    "observations_reply": "that its observer has read a reply",
    "observations_observation": "that it was opened by whom it is shared with",
}
# The paper of a published version is set once and kept (frameworks/outside/page.py).
KEEPS_A_PAPER = {"frameworks:outside_pdf", "frameworks:outside_version_pdf"}


@pytest.mark.parametrize("name", [name for name in PAGES if not name.startswith("account_")])
def test_looking_writes_nothing_but_that_one_looked(name, asked_for):
    allowed = {*ALLOWED, *(["people_cache"] if name in KEEPS_A_PAPER else [])}
    wrong = {
        (each.person, table)
        for each in asked_for
        if each.page == name
        for table in each.wrote - allowed
    }

    assert wrong == set()


def test_what_is_written_is_met_here(asked_for):
    """A guard of this file: a write that could not be told would never be missed."""
    assert "audit_entry" in set().union(*(each.wrote for each in asked_for))
