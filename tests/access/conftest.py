import logging

import pytest
from django.db import transaction

from tests.access.asking import Asking
from tests.access.crawling import crawl
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


@pytest.fixture
def quiet(monkeypatch):
    """Refusals are what is asked for: thousands of them need no line each."""
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)


@pytest.fixture(scope="package")
def seen(world, asking):
    """What everybody can read: see crawling.py."""
    return crawl(world, asking)
