import logging

import pytest
from django.db import transaction

from tests.access.asking import Asking
from tests.access.crawling import ask_for_all
from tests.access.world import World


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker):
    """Built once for all that is asked here; each request is taken back (see asking.py)."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def asking(world):
    return Asking(world.people)


@pytest.fixture(scope="package")
def read_and_logged(world, asking):
    """All that everybody can read (see crawling.py), and what was logged meanwhile."""
    lines, handler = [], logging.Handler(logging.DEBUG)
    handler.emit = lambda record: lines.append(record.getMessage())
    logging.getLogger().addHandler(handler)
    try:
        return ask_for_all(world, asking), "\n".join(lines)
    finally:
        logging.getLogger().removeHandler(handler)


@pytest.fixture(scope="package")
def asked_for(read_and_logged):
    return read_and_logged[0]


@pytest.fixture(scope="package")
def seen(asked_for):
    """What was shown: where somebody was led on, there was nothing to read."""
    return [each for each in asked_for if each.response.status_code == 200]


@pytest.fixture(scope="package")
def logged(read_and_logged):
    return read_and_logged[1]


@pytest.fixture
def quiet(monkeypatch):
    """Refusals are what is asked for: thousands of them need no line each."""
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)
