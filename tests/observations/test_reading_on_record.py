"""What a role gives ends with the role; and whoever reads a note is on record."""

import pytest
from django.db import DatabaseError
from django.urls import reverse

from observations.views import reading
from practicelens.audit.models import Entry
from practicelens.people import actions
from tests.factories import ObservationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reads(psw_client, shared_observation):
    return lambda: psw_client.get(shared_observation.get_absolute_url())


def test_a_role_that_has_ended_opens_nothing_at_the_next_page(psw, psw_client, team):
    note = ObservationFactory(unit=team, submitted=True)
    assert psw_client.get(note.get_absolute_url()).status_code == 200

    actions.end_role(role=psw.roles.get(), by=note.observer)

    assert psw_client.get(note.get_absolute_url()).status_code == 404
    assert psw_client.get(reverse("observations:list")).status_code == 404


def test_who_is_disabled_is_out_at_the_next_page(reads, psw, governance):
    assert reads().status_code == 200

    actions.disable(user=psw, by=governance)

    assert reads().url.startswith(reverse("account_login"))


@pytest.mark.parametrize("reader", ["psw", "practitioner"])
def test_each_reading_of_a_note_is_one_line_of_the_log(reader, request, shared_observation):
    client = request.getfixturevalue(f"{reader}_client")

    client.get(shared_observation.get_absolute_url())

    entry = Entry.objects.get()
    assert entry.by == request.getfixturevalue(reader)
    assert (entry.action, entry.object_pk) == ("read", str(shared_observation.pk))


def test_a_reading_that_can_t_be_logged_does_not_happen(reads, monkeypatch):
    def full(**row):
        raise DatabaseError("no room")

    monkeypatch.setattr(reading, "record", full)

    with pytest.raises(DatabaseError):
        reads()
