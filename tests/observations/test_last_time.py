"""Last time's choices are offered, a tap takes them, and nothing is saved by that."""

import pytest
from django.urls import reverse

from observations.models import Observation
from tests.factories import ObservationFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def last(psw, practitioner, team, framework_version):
    return ObservationFactory(
        observer=psw,
        practitioner=practitioner,
        unit=team,
        submitted=True,
        kind_of_work="supervision",
        setting="office",
        proximity="talked_about",
        present=["manager"],
        family_asked="no_family",
    )


@pytest.fixture
def begun(psw, last, team):
    return ObservationFactory(
        observer=psw,
        unit=team,
        quick_note=True,
        draft=True,
        practitioner=None,
        kind_of_work="supervision",
        present=[],
    )


def where(draft):
    return reverse("observations:section", args=[draft.key, "where"])


@pytest.mark.parametrize("name", ["start", "quick_note"])
def test_the_team_and_the_work_of_last_time_are_a_tap(psw_client, last, name):
    address = reverse(f"observations:{name}")
    offered = psw_client.get(address).content.decode()
    taken = psw_client.get(f"{address}?as-last-time").content.decode()

    assert f"Supervision, {last.unit}" in offered
    assert '<option value="supervision" selected>' not in offered
    assert '<option value="supervision" selected>' in taken
    assert f'<option value="{last.unit_id}" selected>' in taken
    assert Observation.objects.count() == 1


def test_where_and_who_are_filled_in_as_last_time_where_nothing_is_chosen(
    psw_client, begun, practitioner
):
    Observation.objects.filter(pk=begun.pk).update(setting="school")
    offered = psw_client.get(where(begun)).content.decode()
    form = psw_client.get(f"{where(begun)}?as-last-time").context["form"]

    assert f"{practitioner}, afternoon" in offered.replace("\n", "")
    assert form["practitioner"].value() == practitioner.pk
    assert (form["setting"].value(), form["proximity"].value()) == ("school", "talked_about")
    assert form["present"].value() == ["manager"]
    begun.refresh_from_db()
    assert (begun.proximity, begun.present) == ("", [])


def test_nothing_is_offered_of_another_kind_of_work_or_of_what_was_withdrawn(
    psw_client, begun, last
):
    for change in ({"kind_of_work": "duty"}, {"withdrawn_at": last.submitted_at}):
        Observation.objects.filter(pk=last.pk).update(kind_of_work="supervision", withdrawn_at=None)
        Observation.objects.filter(pk=last.pk).update(**change)

        assert "As last time" not in psw_client.get(where(begun)).content.decode()


def test_usual_teams_come_first(psw_client, last, service):
    UnitFactory.create_batch(3, parent=service)

    page = psw_client.get(reverse("observations:start")).content.decode()

    usual, others = page.index("Your usual teams"), page.index("Other teams")
    assert usual < page.index(f'<option value="{last.unit_id}">') < others
