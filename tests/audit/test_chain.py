"""The audit log is only ever added to, and whoever gets past that is found out."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.db.models.functions import Now
from django.utils import timezone

from practicelens.audit.actions import record
from practicelens.audit.models import Entry, Link
from practicelens.audit.verifying import verify
from tests.databases import past_the_triggers
from tests.factories import EntryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def five():
    entries = EntryFactory.create_batch(5)
    connection.check_constraints()  # as at a commit: what was written is linked
    return entries


def run(*seals):
    told = io.StringIO()
    call_command("audit", verify=True, seal=list(seals), stdout=told)
    return told.getvalue()


@pytest.mark.parametrize("table", ["audit_entry", "audit_link"])
@pytest.mark.parametrize(
    "change",
    ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}", "TRUNCATE {} CASCADE"],
)
def test_the_log_and_its_chain_are_only_ever_added_to(five, table, change):
    key = "id" if table == "audit_entry" else "number"

    with (
        pytest.raises(DatabaseError, match="only ever added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change.format(table, key, key))


def test_the_time_of_an_entry_is_the_database_s_whatever_is_sent(five):
    for pk, days in [("backdated", -400), ("tomorrow", 400)]:
        EntryFactory(at=timezone.now() + timedelta(days=days), object_pk=pk)

    now_there = Entry.objects.filter(
        object_pk__in=["backdated", "tomorrow"],
        at__range=(Now() - timedelta(minutes=5), Now() + timedelta(minutes=5)),
    )
    assert now_there.count() == 2


def test_each_entry_has_a_link_and_the_log_is_whole(five):
    assert list(Link.objects.order_by("number").values_list("entry_id", flat=True)) == [
        entry.pk for entry in five
    ]
    assert "The audit log is whole: 5 entries." in run()


def test_an_empty_log_is_whole():
    assert "whole: 0 entries" in run()


def test_what_this_transaction_wrote_counts(psw, observation):
    record(by=psw, action="read", what=observation, unit=observation.unit, changes={"a": [1, "ā"]})

    assert "whole: 1 entries" in run()


def faults(*seals):
    with pytest.raises(CommandError) as told:
        run(*seals)
    return str(told.value)


@pytest.mark.parametrize("which", [0, 2, 4])
def test_a_removed_row_is_found(five, which):
    with past_the_triggers() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE id = %s", [five[which].pk])

    assert f"Entry {five[which].pk} was removed." in faults()


@pytest.mark.parametrize("which", [0, 2, 4])
@pytest.mark.parametrize(
    "change",
    [
        "at = at + interval '1 microsecond'",
        "by_id = (SELECT min(id) FROM people_user WHERE id <> by_id)",
        "by_id = NULL",
        "action = 'made'",
        "what = what || ' '",
        "object_pk = object_pk || '1'",
        "unit_id = NULL",
        """changes = '{"name": ["a", "b"]}'""",
    ],
)
def test_a_changed_row_is_found_whatever_changed(five, which, change):
    with past_the_triggers() as cursor:
        cursor.execute(f"UPDATE audit_entry SET {change} WHERE id = %s", [five[which].pk])

    assert f"Entry {five[which].pk} was changed." in faults()


def test_an_inserted_row_is_found(five):
    with past_the_triggers():
        added = EntryFactory(unit=five[0].unit)

    assert f"Entry {added.pk} was inserted past the chain." in faults()


def test_a_row_that_takes_the_number_of_a_removed_one_is_found(five):
    with past_the_triggers() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE id = %s", [five[2].pk])
        EntryFactory(id=five[2].pk, unit=five[0].unit)

    assert f"Entry {five[2].pk} was changed." in faults()


def test_rows_cut_out_with_their_links_are_found(five):
    with past_the_triggers() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE id = %s", [five[2].pk])
        cursor.execute("DELETE FROM audit_link WHERE entry_id = %s", [five[2].pk])

    assert "Links 3 to 3 are gone" in faults()


def test_rows_cut_out_are_found_though_the_links_are_numbered_anew(five):
    with past_the_triggers() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE id = %s", [five[2].pk])
        cursor.execute("DELETE FROM audit_link WHERE number = 3")
        cursor.execute("UPDATE audit_link SET number = number - 1 WHERE number > 3")

    assert f"Entry {five[3].pk} was changed." in faults()


def test_an_end_cut_off_with_its_links_is_found_by_the_seal_that_was_told_before(five):
    seal = verify().seal
    with past_the_triggers() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE id >= %s", [five[3].pk])
        cursor.execute("DELETE FROM audit_link WHERE entry_id >= %s", [five[3].pk])

    assert "whole" in run()
    assert f"does not pass through {seal}" in faults(seal)


def test_a_seal_told_before_holds_while_the_log_grows(five):
    seal = verify().seal
    EntryFactory()

    assert seal not in run(seal)
    assert "whole: 6 entries" in run(seal)


def test_a_row_with_an_earlier_time_than_those_before_it_is_found(five):
    with past_the_triggers() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_time")
    added = EntryFactory(at=Now() - timedelta(days=3))

    assert f"Entry {added.pk} bears an earlier time" in faults()


def test_all_faults_are_told_up_to_fifty():
    EntryFactory.create_batch(60)
    connection.check_constraints()
    with past_the_triggers() as cursor:
        cursor.execute("UPDATE audit_entry SET what = 'nothing'")

    told = faults()

    assert "60 faults in 60 entries" in told
    assert "And 10 more." in told


@pytest.mark.django_db(transaction=True)
def test_two_who_write_at_once_wait_only_for_each_other_s_commit(psw, observation):
    """A line is linked at the end: somebody who wrote one and works on holds nobody up."""
    other = connection.copy()
    other.inc_thread_sharing()
    with transaction.atomic():
        record(by=psw, action="read", what=observation, unit=observation.unit)
        with other.cursor() as cursor:
            cursor.execute("SET statement_timeout = '5s'")
            cursor.execute(
                "INSERT INTO audit_entry (by_id, action, what, object_pk, unit_id)"
                " VALUES (%s, 'read', 'other', '1', %s)",
                [psw.pk, observation.unit_id],
            )
            cursor.execute("RESET statement_timeout")  # it goes back to the pool
    other.close()

    entries = Entry.objects.filter(pk__in=Link.objects.values("entry_id"))
    assert list(entries.order_by("pk").values_list("what", flat=True)) == ["observation", "other"]
    linked = list(Link.objects.order_by("number").values_list("entry_id", flat=True))
    assert linked == list(entries.order_by("-pk").values_list("pk", flat=True))
    assert verify().faults == []
