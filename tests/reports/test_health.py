from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from practicelens.jobs.models import Run
from reports.jobs.sweeping import LAST_SWEEP

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_swept(db):
    """The cache outlives a test."""
    cache.delete(LAST_SWEEP)


def test_health_wants_background_work_that_finished(client):
    assert client.get("/health/").status_code == 503

    Run.objects.create(kind=Run.Kind.ROLL_UP, ended_at=timezone.now())

    assert client.get("/health/").content == b"All is well.\n"


def test_health_is_lost_when_nothing_finishes_for_minutes(client):
    long_ago = timezone.now() - timedelta(hours=1)
    Run.objects.create(kind=Run.Kind.ROLL_UP, started_at=long_ago, ended_at=long_ago)

    response = client.get("/health/")

    assert response.status_code == 503
    assert b"No background work has finished lately" in response.content
