"""Databases that the tests' own are copies of.

To migrate and to seed takes a minute and to copy takes a moment. So it is done once for all runs
on a server, by whichever comes first while the others wait, and again when what shapes it changed.
"""

import hashlib
from contextlib import contextmanager
from pathlib import Path
from sys import modules

import django
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.test import override_settings
from psycopg.errors import DeadlockDetected

from tests import clock

MARK = "practicelens_tests"
# So many of a kind stay: a run that began before the last change may be about to copy another.
KEPT = 3
TRIES = 3


@contextmanager
def past_the_triggers():
    """What only somebody with every right over the database can do: nothing refuses or adds to it."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET session_replication_role = replica")
        try:
            yield cursor
        finally:
            cursor.execute("SET session_replication_role = origin")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def empty(operations, statements, flush):
    """Empty the tables after a test that committed: the audit log's too, which refuses it.

    A page that was left may still send its last words, and be caught with half the tables in hand.
    """
    for tries_left in reversed(range(TRIES)):
        try:
            flush(operations, ["SET LOCAL session_replication_role = replica", *statements])
        except OperationalError as fault:
            if not (tries_left and isinstance(fault.__cause__, DeadlockDetected)):
                raise
        else:
            return


def migrated():
    """The name of an empty database with every migration as it stands in the files now."""
    return ensure("migrated", shape_of_migrations(), migrate)


def migrate():
    call_command("migrate", interactive=False, verbosity=0)


def seeded():
    """The name of a database with the demonstration, whose story ends on the tests' day."""
    return ensure("seeded", shape_of_seed(), seed, like=migrated())


def seed():
    """As the shell does, which has Django's own checks first."""
    # The tests put an object there that fails at a variable that is not defined.
    checked = override_settings(SILENCED_SYSTEM_CHECKS=["templates.E002"])
    with clock.at(clock.NOW), checked:
        call_command("seed", skip_checks=False)


def shape_of_migrations():
    total = hashlib.sha256(django.__version__.encode())
    for (app, name), migration in sorted(MigrationLoader(None).disk_migrations.items()):
        total.update(f"{app} {name} ".encode())
        total.update(Path(modules[migration.__module__].__file__).read_bytes())
    return total.hexdigest()[:16]


def shape_of_seed():
    """It changes with every file of the product: any may have a word in what is seeded.

    And with the installation's key, by which some of it is sealed.
    """
    total = hashlib.sha256(f"{shape_of_migrations()} {clock.NOW} {settings.SECRET_KEY}".encode())
    for path in sorted(product()):
        total.update(str(path).encode() + path.read_bytes())
    return total.hexdigest()[:16]


def product():
    for package in ("practicelens", "frameworks", "observations", "reports"):
        for path in (settings.BASE_DIR / package).rglob("*"):
            if path.is_file() and path.suffix != ".pyc":
                yield path


def ensure(kind, shape, fill, like="template1"):
    """The name of the database of this kind and shape; if there is none, `fill` is called in one.

    It gets its name when it is whole, so that what a killed run leaves behind is never copied.
    """
    name = f"{MARK}_{kind}_{shape}"
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [MARK])
        if name not in made(cursor, kind):
            make(cursor, name, fill, like)
            for stale in made(cursor, kind)[KEPT:]:
                drop(cursor, stale)
    return name


def made(cursor, kind):
    """The names of those of a kind that are whole, the newest first."""
    cursor.execute(
        "SELECT datname FROM pg_database WHERE datname ~ %s ORDER BY oid DESC",
        [f"^{MARK}_{kind}_[0-9a-f]+$"],
    )
    return [name for (name,) in cursor.fetchall()]


def make(cursor, name, fill, like):
    part = f"{name}_part"
    drop(cursor, part)
    cursor.execute(f'CREATE DATABASE "{part}" TEMPLATE "{like}"')
    with connected_to(part):
        fill()
    cursor.execute(f'ALTER DATABASE "{part}" WITH ALLOW_CONNECTIONS false')
    cursor.execute(f'ALTER DATABASE "{part}" RENAME TO "{name}"')


def drop(cursor, name):
    cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def copied(name):
    """Have the connection lead to a copy inside the block."""
    copy = f"{connection.settings_dict['NAME']}_copy"
    with connection._nodb_cursor() as cursor:
        drop(cursor, copy)
        cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
    try:
        with connected_to(copy):
            yield
    finally:
        with connection._nodb_cursor() as cursor:
            drop(cursor, copy)


@contextmanager
def connected_to(name):
    """Have the connection lead to another database inside the block."""
    before = connection.settings_dict["NAME"]
    lead_to(name)
    try:
        yield
    finally:
        lead_to(before)


def lead_to(name):
    """The name is changed before the pool goes: a thread of a server may begin the next at once."""
    connection.close()
    connection.settings_dict["NAME"] = name
    connection.close_pool()
