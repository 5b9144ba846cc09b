"""Health is honest: of this process alone, and of everything that has to be well."""

from datetime import timedelta
from unittest.mock import patch

import psycopg
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from practicelens.jobs import health
from practicelens.jobs.models import Heartbeat, Part

pytestmark = pytest.mark.django_db

WELL = health.State("Broker", True, "answers")


@pytest.fixture
def all_well(monkeypatch):
    """A broker that answers, and every part just finished."""
    monkeypatch.setattr(health, "state_of_broker", lambda: WELL)
    for part in Part:
        Heartbeat.objects.create(part=part, finished_at=timezone.now())


def ask(client, **headers):
    response = client.get(reverse("health"), **headers)
    return response.status_code, response.content.decode().splitlines()


def finished(part, **ago):
    Heartbeat.objects.filter(part=part).update(finished_at=timezone.now() - timedelta(**ago))


# Ready


def test_when_all_is_well_each_part_says_what_it_last_finished(client, all_well):
    Heartbeat.objects.update(finished_at="2026-11-29T19:55:03Z")
    with patch("practicelens.jobs.heartbeats.timezone.now") as now:
        now.return_value = timezone.datetime.fromisoformat("2026-11-29T19:56:00+00:00")
        status, lines = ask(client)

    assert status == 200
    assert lines == [
        "All is well.",
        "Database: answers and has room to write.",
        "Broker: answers.",
        "Sweep: last finished 2026-11-29 19:55:03 UTC; late after 5 minutes.",
        "Worker: last finished 2026-11-29 19:55:03 UTC; late after 5 minutes.",
        "Beat: last finished 2026-11-29 19:55:03 UTC; late after 5 minutes.",
        "Learning: last finished 2026-11-29 19:55:03 UTC; late after 26 hours.",
        "Composing: last finished 2026-11-29 19:55:03 UTC; late after 26 hours.",
    ]


@pytest.mark.parametrize("part", Part)
def test_a_part_that_is_late_is_named(client, all_well, part):
    finished(part, hours=27)

    status, lines = ask(client)

    assert status == 503
    assert lines[0] == f"Not well: {part.label.lower()}."
    assert [line for line in lines if "NOT WELL" in line] == [
        line for line in lines if line.startswith(f"{part.label}: NOT WELL, last finished ")
    ]


def test_what_never_finished_anything_is_not_well(client, all_well):
    Heartbeat.objects.all().delete()

    status, lines = ask(client)

    assert status == 503
    assert lines[0] == "Not well: sweep, worker, beat, learning, composing."
    assert "Worker: NOT WELL, has finished nothing yet; late after 5 minutes." in lines


def test_a_broker_that_does_not_answer_is_named(client, all_well, monkeypatch):
    monkeypatch.undo()
    monkeypatch.setenv("CELERY_BROKER_URL", "redis://127.0.0.1:1/0")

    status, lines = ask(client)

    assert status == 503
    assert lines[0] == "Not well: broker."
    assert "Broker: NOT WELL, does not answer." in lines


def test_a_database_that_does_not_answer_is_named(client, all_well):
    with patch.object(psycopg, "connect", side_effect=psycopg.OperationalError):
        status, lines = ask(client)

    assert status == 503
    assert lines == [
        "Not well: database.",
        "Database: NOT WELL, does not answer.",
        "Broker: answers.",
    ]


def test_a_database_without_room_is_named(client, all_well, monkeypatch):
    # What is written for a moment may be no more than this: as on a disk with so much left.
    little = "SET temp_file_limit = '1MB'"
    monkeypatch.setattr(health, "IN_LITTLE_MEMORY", f"{health.IN_LITTLE_MEMORY}; {little}")

    status, lines = ask(client)

    assert status == 503
    assert lines[0] == "Not well: database."
    assert lines[1] == "Database: NOT WELL, answers but can't write; its disk may be full."


def test_health_is_told_without_signing_in_and_is_never_kept(client, all_well):
    response = client.get(reverse("health"))

    assert "no-store" in response["Cache-Control"]
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert client.post(reverse("health")).status_code == 405


# Live


def test_a_process_that_answers_is_live_whatever_it_stands_on(client, django_assert_num_queries):
    with (
        django_assert_num_queries(0),
        patch.object(psycopg, "connect", side_effect=psycopg.OperationalError),
    ):
        response = client.get(reverse("health_live"))

    assert response.status_code == 200
    assert response.content == b"This process answers.\n"


# Straight to the process


@pytest.fixture
def production(settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = [".example.gov.uk", "practice.example.nz"]
    return Client(raise_request_exception=True)


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000", "10.1.2.3", "[::1]:8000", "web", "web_1:8000", "", "not a host!"]
)
@pytest.mark.parametrize("address", ["/health/", "/health", "/health/live/", "/health/live"])
def test_a_supervisor_may_ask_by_any_name_and_over_plain_http(production, all_well, address, host):
    response = production.get(address, headers={"host": host})

    assert response.status_code == 200


def test_other_pages_are_still_for_hosts_that_are_allowed_and_over_https(production, all_well):
    assert production.get("/", headers={"host": "10.1.2.3"}).status_code == 400
    assert production.get("/", headers={"host": "practice.example.nz"}).status_code == 301
    assert production.get("/healthy/", headers={"host": "10.1.2.3"}).status_code == 400


# The page for admins


def test_admins_see_how_everything_is(system_admin_client, all_well):
    finished(Part.BEAT, hours=1)

    page = system_admin_client.get(reverse("reports:runs")).content.decode()

    assert "Is everything well?" in page
    assert "Calls for work by the clock" in page
    assert page.count("Late</span>") == 1
