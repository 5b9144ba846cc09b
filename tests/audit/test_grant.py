"""The role that the product runs under adds to the audit log and can't alter it."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from practicelens.audit.actions import record
from practicelens.audit.verifying import verify
from tests.factories import EntryFactory

pytestmark = pytest.mark.django_db

ROLE = "practicelens_of_a_test"
REPLACED = """
CREATE OR REPLACE FUNCTION audit_take_time() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN RETURN NEW; END $$
"""
FORGED = """
CREATE TEMP TABLE other AS SELECT * FROM audit_entry;
CREATE TRIGGER forged AFTER INSERT ON other FOR EACH ROW EXECUTE FUNCTION audit_add_link()
"""


@pytest.fixture
def role():
    """A role of this transaction alone, so that it is gone with it."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE} LOGIN NOSUPERUSER")
    return ROLE


@pytest.fixture
def as_product(role, observation, psw):
    """From here on the product's role is at work, in a log that holds something."""
    EntryFactory()
    call_command("grant", to=role, stdout=io.StringIO())
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def test_the_product_writes_its_tables_and_the_log(as_product, observation, psw):
    observation.title = "By the river"
    observation.save()
    record(by=psw, action="read", what=observation, unit=observation.unit)
    connection.check_constraints()

    found = verify()
    assert (found.entries, found.faults) == (2, [])


@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE audit_entry SET what = 'nothing'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_time",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "DROP TRIGGER audit_entry_linked ON audit_entry",
        REPLACED,
        "SET session_replication_role = replica",
        "INSERT INTO audit_link (number, entry_id, hash) VALUES (99, 99, 'x')",
        "UPDATE audit_link SET hash = 'x'",
        "DELETE FROM audit_link",
        "TRUNCATE audit_link",
        "DELETE FROM django_migrations",
        "CREATE TABLE public.another (id int)",
        FORGED,
    ],
)
def test_the_product_can_not_alter_the_log(as_product, attempt):
    with (
        pytest.raises(DatabaseError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(attempt)


def test_it_is_granted_again_after_each_migration(role):
    for _ in range(2):
        call_command("grant", to=role, stdout=io.StringIO())

    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'people_user', 'UPDATE')", [role])
        assert cursor.fetchone() == (True,)


def test_a_role_that_is_not_there_is_told():
    with pytest.raises(CommandError, match="There is no database role nobody_here"):
        call_command("grant", to="nobody_here")


def test_the_owner_itself_is_refused():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (owner,) = cursor.fetchone()

    with pytest.raises(CommandError, match="could alter the audit log"):
        call_command("grant", to=owner)
