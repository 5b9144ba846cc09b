"""Databases that the tests' own are copies of.

To migrate and to seed takes a minute and to copy takes a moment. So it is done once for all runs
on a server, by whichever comes first while the others wait, and again when what shapes it changed.
"""

import functools
import hashlib
from contextlib import contextmanager
from copy import deepcopy
from functools import cache
from pathlib import Path
from sys import modules
from unittest import mock

import django
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models import Field
from django.test import override_settings
from django.utils.functional import cached_property
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


# To truncate makes new files for every table and index, which takes a hundred times as long as this
# where there is little to delete. The locks wait for what still writes, as truncating does.
EMPTY = """
DO $$
DECLARE
    each regclass;
BEGIN
    EXECUTE 'LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE';
    FOREACH each IN ARRAY '{{{tables}}}'::regclass[] LOOP
        EXECUTE format('DELETE FROM %s', each);
    END LOOP;
END $$
"""
# What Django fills by itself from the models, and would fill anew each time.
FILLED = {"django_content_type", "auth_permission"}


def empty(operations, statements):
    """Empty the tables after a test that committed: the audit log's too, which refuses it.

    A page that was left may still send its last words, and be caught with half the tables in hand.
    """
    if not statements:
        return
    found = connection.introspection.django_table_names(only_existing=True, include_views=False)
    statement = EMPTY.format(tables=", ".join(sorted({*found} - FILLED)))
    for tries_left in reversed(range(TRIES)):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL session_replication_role = replica")
                cursor.execute(statement)
        except OperationalError as fault:
            if not (tries_left and isinstance(fault.__cause__, DeadlockDetected)):
                raise
        else:
            return


def migrated():
    """The name of an empty database with every migration as it stands in the files now."""
    return ensure("migrated", shape_of_migrations(), migrate)


def migrate():
    with mock.patch.object(Field, "clone", copied_field):
        call_command("migrate", interactive=False, verbosity=0)


def copied_field(field, clone=Field.clone):
    """Another like it, for a model as it was at some migration.

    Django takes each apart and makes it anew for every step, which took a third of the time. Fields
    within fields it knows better how to copy.
    """
    if isinstance(field, ArrayField):
        return clone(field)
    made = deepcopy(field)
    made.creation_counter = Field.creation_counter  # columns stand in the order of these
    Field.creation_counter += 1
    for each in filter(None, [made, made.remote_field]):
        for name in vars(each).keys() & worked_out(type(each)):
            del vars(each)[name]
    return made


@cache
def worked_out(kind):
    """What is kept once it was asked for, and may be another thing of a copy."""
    found = (name for each in kind.__mro__ for name, value in vars(each).items() if is_kept(value))
    return set(found)


def is_kept(value):
    return isinstance(value, cached_property | functools.cached_property)


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
