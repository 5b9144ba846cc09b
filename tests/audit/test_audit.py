from datetime import datetime

import pytest
from django.urls import reverse
from django.utils.timezone import make_aware

from practicelens.audit.actions import as_it_stands, changed, record
from practicelens.audit.models import Entry
from tests.conftest import signed_in
from tests.databases import past_the_triggers
from tests.factories import EntryFactory, RoleFactory

pytestmark = pytest.mark.django_db


def log(client, **asked):
    response = client.get(reverse("audit:log"), asked)
    assert response.status_code == 200
    return response.content.decode()


def test_record_names_the_row_and_never_its_words(psw, observation):
    record(by=psw, action=Entry.Action.READ, what=observation, unit=observation.unit)

    entry = Entry.objects.get()
    assert (entry.what, entry.object_pk) == ("observation", str(observation.pk))
    assert (entry.by, entry.unit, entry.action) == (psw, observation.unit, "read")
    assert entry.at


def test_the_log_is_read_in_ones_part_of_the_tree(governance_client, team, other_team):
    EntryFactory(unit=team, by__name="Tom Whitfield")
    EntryFactory(unit=other_team, by__name="Sam Stranger")

    page = log(governance_client)

    assert "Tom Whitfield" in page
    assert "Sam Stranger" not in page


@pytest.mark.parametrize(
    "role", ["psw", "practitioner", "leader", "framework_admin", "system_admin", "nobody"]
)
def test_the_log_is_not_there_for_others(request, role):
    client = request.getfixturevalue(f"{role}_client")

    assert client.get(reverse("audit:log")).status_code == 404


def test_a_visitor_is_asked_to_sign_in(client):
    assert client.get(reverse("audit:log")).status_code == 302


def test_the_newest_entry_comes_first(governance_client, team):
    EntryFactory(unit=team, object_pk="older")
    EntryFactory(unit=team, object_pk="newer")

    page = log(governance_client)

    assert page.index("newer") < page.index("older")


@pytest.fixture
def three_entries(team):
    march, june = (make_aware(datetime(2026, month, 10, 23, 30)) for month in (3, 6))
    EntryFactory(unit=team, by__email="dilys@example.org", action="read", object_pk="third")
    with past_the_triggers():
        for at, name, action, pk in [
            (march, "Marian Osei", "read", "first"),
            (june, "Tom Whitfield", "shared", "second"),
        ]:
            EntryFactory(unit=team, by__name=name, action=action, at=at, object_pk=pk)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({"who": "marian"}, ["first"]),
        ({"who": "DILYS@"}, ["third"]),
        ({"action": "shared"}, ["second"]),
        ({"since": "2026-03-10", "until": "2026-06-10"}, ["first", "second"]),
        ({"since": "2026-03-11", "until": "2026-06-10"}, ["second"]),
        ({"since": "2026-03-10", "until": "2026-06-09"}, ["first"]),
        ({"since": "0001-01-01", "until": "9999-12-31"}, ["first", "second", "third"]),
        ({"since": "9999-12-31", "until": "0001-01-01"}, []),
        ({"who": "tom", "action": "read"}, []),
        ({"since": "yesterday"}, ["first", "second", "third"]),
        ({"action": "sang"}, ["first", "second", "third"]),
    ],
)
def test_the_log_is_filtered_by_the_address(governance_client, three_entries, asked, shown):
    page = log(governance_client, **asked)

    assert [each for each in ["first", "second", "third"] if f"observation {each}" in page] == shown


def test_a_date_that_can_not_be_read_is_told(governance_client):
    assert "Type the day as a number, such as 5" in log(governance_client, since="yesterday")


def test_an_empty_log_says_so(governance_client):
    assert "No entries" in log(governance_client)


def test_the_log_comes_in_pages_that_keep_the_filter(governance_client, team):
    EntryFactory.create_batch(51, unit=team, action="shared", by=EntryFactory(unit=team).by)

    page = log(governance_client, action="shared", page=2)

    assert "Page 2 of 2" in page
    assert "action=shared&amp;page=1" in page


@pytest.mark.parametrize("rows", [1, 10])
def test_the_log_takes_the_same_queries_at_any_length(
    governance_client, team, django_assert_num_queries, rows
):
    EntryFactory.create_batch(rows, unit=team)

    with django_assert_num_queries(8):
        log(governance_client)


def test_reading_the_log_is_in_the_log_once_an_hour(governance, governance_client, organisation):
    log(governance_client)
    log(governance_client, who="marian")

    (entry,) = Entry.objects.all()
    assert (entry.by, entry.action, entry.what) == (governance, "read", "audit log")
    assert entry.unit == organisation
    assert "Read" in log(governance_client)


def test_a_change_shows_what_stood_before_and_what_stands_now(governance_client, team):
    EntryFactory(
        unit=team,
        action="changed",
        changes={"name": ["Marian", "Marian Osei"], "post": [None, "<b>"]},
    )

    page = log(governance_client)

    assert "name: Marian, then Marian Osei; post: &lt;b&gt;" in page


def test_changes_are_what_differs_from_before(psw):
    before = as_it_stands(psw, "name", "email", "is_active", "reads_in")
    psw.name, psw.is_active = "Marian Osei-Bonsu", False

    assert changed(before, psw) == {
        "name": ["Marian Osei", "Marian Osei-Bonsu"],
        "is_active": [True, False],
    }


def test_what_belongs_to_no_unit_is_read_over_a_whole_organisation(governance_client, team):
    EntryFactory(unit=None, by=None, action="not_signed_in", object_pk="nowhere")
    of_a_team = signed_in(RoleFactory(unit=team, kind="governance").user)

    assert "Nobody signed in" in log(governance_client)
    assert "Nobody signed in" not in log(of_a_team)
