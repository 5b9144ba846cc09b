"""Things of one name are done one after the other, whatever process does them."""

from contextlib import contextmanager
from hashlib import sha256

from django.db import connection


@contextmanager
def in_turn(name):
    """Hold whoever comes with the same name until the block ends, over several transactions."""
    number = number_of(name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [number])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [number])


def wait_for_turn(name):
    """Wait for whoever came first with the same name, and hold the others until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number_of(name)])


def number_of(name):
    """A number that fits a lock of the database: two names share one by chance alone."""
    return int(sha256(name.encode()).hexdigest()[:15], 16)
