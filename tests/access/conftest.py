import pytest
from django.db import transaction

from tests.access.world import World


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker):
    """Built once for all that is asked here; each request is taken back (see asking.py)."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)
