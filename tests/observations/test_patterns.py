"""An observer's own pattern: by quarter, of their own observations alone."""

from datetime import date

import pytest
from django.urls import reverse

from observations.patterns.counting import pattern_of, quarters_until
from tests.factories import ObservationFactory, RatingFactory

pytestmark = pytest.mark.django_db

ADDRESS = reverse("observations:my_pattern")


@pytest.fixture
def made(psw, team, framework_version):
    """Makes one of the observer's own, today unless told otherwise."""

    def make(**fields):
        usual = {"unit": team, "observer": psw, "submitted": True, "observed_on": psw.today()}
        found = ObservationFactory(**usual | fields)
        found.refresh_from_db()
        return found

    return make


def test_quarters_end_with_the_present_one():
    words = [words for _, words in quarters_until(date(2026, 2, 10))]

    assert words[-2:] == ["Oct to Dec 2025", "Jan to Mar 2026"]
    assert len(words) == 6


def test_it_counts_how_many_where_and_how(psw, team, made):
    made()
    made(proximity="alongside")

    found = pattern_of(psw)

    assert found["many"]["rows"] == [["Observations", 0, 0, 0, 0, 0, 2, 2]]
    assert found["where"]["rows"] == [[team.name, 0, 0, 0, 0, 0, 2, 2]]
    assert ["Worked alongside", 0, 0, 0, 0, 0, 1, 1] in found["how"]["rows"]


def test_drafts_withdrawn_ones_and_those_of_others_are_not_counted(psw, team, made):
    made()
    made(submitted=False, draft=True)
    made(withdrawn=True)
    ObservationFactory(unit=team, submitted=True)

    assert pattern_of(psw)["many"]["rows"][0][-1] == 1


def test_it_names_what_mostly_stays_not_seen(psw, made, framework_version):
    first, second, *_ = framework_version.criteria.order_by("position")
    for at in range(4):
        observation = made()
        RatingFactory(observation=observation, criterion=first, outcome="not_seen", level=None)
        if at < 2:
            RatingFactory(observation=observation, criterion=second, evidence="She asked.")

    rows = pattern_of(psw)["not_seen"]["rows"]

    assert [(row[0], row[-1]) for row in rows] == [(f"{first.code} {first.name}", "4 of 4")]


def test_the_queries_do_not_grow(psw, psw_client, made, django_assert_max_num_queries):
    for _ in range(8):
        RatingFactory(observation=made())

    with django_assert_max_num_queries(14):
        page = psw_client.get(ADDRESS)

    assert "sets you against nobody" in page.content.decode()


def test_without_an_observation_it_leads_on(psw_client):
    assert "Start an observation" in psw_client.get(ADDRESS).content.decode()


def test_it_is_refused_to_who_writes_none(practitioner_client):
    assert practitioner_client.get(ADDRESS).status_code == 403
