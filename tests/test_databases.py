"""What the tests' databases are copied from is made once, whole, and anew after each change."""

import sys

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests import databases
from tests.factories import EntryFactory


@pytest.fixture
def kind(django_db_setup, django_db_blocker):
    """A kind that no other run has; what was made of it is gone afterwards."""
    kind = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        yield kind
        with connection._nodb_cursor() as cursor:
            for name in databases.made(cursor, kind):
                databases.drop(cursor, name)


def names(kind):
    with connection._nodb_cursor() as cursor:
        return databases.made(cursor, kind)


def nothing():
    """A fill that leaves the database empty."""


def never():
    pytest.fail("filled, though it is there already")


def test_one_is_filled_once_for_all_runs(kind):
    first = databases.ensure(kind, "a1", nothing)

    assert databases.ensure(kind, "a1", never) == first
    assert names(kind) == [first]


def test_it_is_filled_anew_when_its_shape_has_changed(kind):
    filled = []

    for shape in ("a1", "b2"):
        databases.ensure(kind, shape, lambda: filled.append(connection.settings_dict["NAME"]))

    assert len(set(filled)) == 2
    assert len(names(kind)) == 2


def test_only_the_newest_stay(kind):
    made = [databases.ensure(kind, shape, nothing) for shape in ("a1", "b2", "c3", "d4", "e5")]

    assert names(kind) == made[: -databases.KEPT - 1 : -1]


def test_what_a_killed_run_left_is_made_again(kind):
    with pytest.raises(KeyboardInterrupt):
        databases.ensure(kind, "a1", killed_at_work)
    assert names(kind) == []

    name = databases.ensure(kind, "a1", nothing)

    with databases.copied(name), connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('half_made')")
        assert cursor.fetchone() == (None,)


def killed_at_work():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE half_made ()")
    raise KeyboardInterrupt


def test_what_is_done_to_a_copy_is_not_done_to_the_next(kind):
    name = databases.ensure(kind, "a1", nothing)

    with databases.copied(name), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE left_behind ()")
    with databases.copied(name), connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('left_behind')")

        assert cursor.fetchone() == (None,)


def test_while_one_run_fills_the_others_wait(kind):
    asked = []

    databases.ensure(kind, "a1", lambda: asked.append(others_may_begin()))

    assert asked == [False]
    assert others_may_begin()


def others_may_begin():
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [databases.MARK])
        return cursor.fetchone()[0]


def test_the_connection_leads_back_to_the_tests_own_database(kind):
    before = connection.settings_dict["NAME"]

    with pytest.raises(KeyboardInterrupt):
        databases.ensure(kind, "a1", killed_at_work)

    assert connection.settings_dict["NAME"] == before


@pytest.mark.django_db
def test_every_migration_is_in_the_copy():
    assert connection.settings_dict["TEST"]["TEMPLATE"].endswith(databases.shape_of_migrations())
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


def test_a_change_of_one_migration_changes_the_shape(tmp_path, monkeypatch):
    before = databases.shape_of_migrations()
    changed = tmp_path / "changed.py"
    changed.write_text("# other than it was")
    migration = sys.modules["practicelens.people.migrations.0002_reach_and_cache"]

    monkeypatch.setattr(migration, "__file__", str(changed))

    assert databases.shape_of_migrations() != before


@pytest.mark.parametrize(
    "name",
    ["practicelens/demo/people.toml", "observations/coding/words.py", "reports/cells/rollup.py"],
)
def test_a_change_of_the_product_changes_the_shape_of_the_seed(name, tmp_path, monkeypatch):
    before, whole = databases.shape_of_seed(), list(databases.product())
    changed = tmp_path / "changed"
    changed.write_text("other than it was")
    others = [path for path in whole if not str(path).endswith(name)]

    monkeypatch.setattr(databases, "product", lambda: [*others, changed])

    assert len(others) == len(whole) - 1
    assert databases.shape_of_seed() != before


@pytest.mark.django_db(transaction=True)
def test_what_was_committed_is_gone_and_what_django_fills_stays():
    EntryFactory()
    filled = [ContentType.objects.count(), Permission.objects.count()]

    databases.empty(connection.ops, ["TRUNCATE"])

    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{each}' FROM {each}" for each in tables))
        assert {each for (each,) in cursor.fetchall()} == databases.FILLED
    assert [ContentType.objects.count(), Permission.objects.count()] == filled
    assert all(filled)
