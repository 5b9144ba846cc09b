"""The list of what systems are called: it learns, and a framework admin of the organisation keeps it."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from observations.models import Friction, System, SystemName
from observations.systems import actions
from observations.systems.offered import learned, systems_called
from practicelens.audit.models import Entry
from practicelens.refusals import AlreadySo, NotNow
from reports.periods import rolling
from reports.summaries import summarise
from tests.factories import FrictionFactory, ObservationFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(team, psw, framework_version):
    """Friction entries of what is called so, each in an observation of its own."""

    def write(called, times=2, minutes=10):
        for _ in range(times):
            observation = ObservationFactory(unit=team, observer=psw, submitted=True)
            FrictionFactory(observation=observation, called=called, minutes=minutes)

    return write


@pytest.fixture
def listed(organisation, framework_admin):
    def add(name, **given):
        return actions.add(organisation=organisation, name=name, by=framework_admin, **given)

    return add


def counted(team):
    found = summarise(team, rolling(team.today().replace(day=1)))
    return [(row.label, row.entries, row.lost) for row in found.systems]


def test_a_system_that_is_renamed_keeps_what_was_recorded(written, listed, team, framework_admin):
    written("waymark", 3)
    system = listed("Waymark")

    actions.rename(system=system, name="Waylight", by=framework_admin)
    written("Waylight", 1)

    assert systems_called(team) == ["Waylight"]
    assert counted(team) == [("Waylight", 4, 40)]
    assert set(Friction.objects.values_list("called", flat=True)) == {"waymark", "Waylight"}


def test_two_names_for_one_system_are_put_together_and_apart_again(
    written, listed, team, framework_admin
):
    written("Waymark", 3)
    written("WM", 2)
    waymark, short = listed("Waymark"), listed("WM")
    assert [name for name, *_ in counted(team)] == ["Waymark", "WM"]

    actions.put_together(system=short, into=waymark, by=framework_admin)
    assert systems_called(team) == ["Waymark"]
    assert counted(team) == [("Waymark", 5, 50)]
    with pytest.raises(NotNow, match="put together with another"):
        actions.rename(system=short, name="Other", by=framework_admin)

    actions.take_apart(name=SystemName.objects.get(name="WM"), by=framework_admin)
    assert systems_called(team) == ["Waymark", "WM"]
    with pytest.raises(AlreadySo):
        actions.take_apart(name=SystemName.objects.get(name="WM"), by=framework_admin)


def test_what_has_ended_is_not_offered_and_is_counted(written, listed, team, framework_admin):
    written("Casebook", 2)
    system = listed("Casebook")

    actions.end(system=system, by=framework_admin)
    assert systems_called(team) == []
    assert counted(team) == [("Casebook", 2, 20)]
    with pytest.raises(AlreadySo):
        actions.end(system=system, by=framework_admin)

    actions.bring_back(system=system, by=framework_admin)
    assert systems_called(team) == ["Casebook"]
    changes = list(Entry.objects.filter(what="system").order_by("pk").values_list("changes"))
    assert changes[1:] == [({"is_ended": [False, True]},), ({"is_ended": [True, False]},)]


def test_the_list_goes_on_learning(written, listed, organisation, team):
    written("The Friday panel", 2)
    written("WM", 2)
    written("Once", 1)
    waymark = listed("Waymark")

    assert learned(organisation.pk) == ["The Friday panel", "WM"]
    listed("wm", same_as=waymark)
    assert learned(organisation.pk) == ["The Friday panel"]
    assert set(systems_called(team)) == {"The Friday panel", "Waymark"}


def test_no_name_is_of_two_systems(listed, framework_admin, organisation):
    waymark = listed("Waymark")
    listed("WM", same_as=waymark)
    other = listed("Casebook")

    with pytest.raises(NotNow, match="“Waymark” is on the list already."):
        listed("WAYMARK")
    with pytest.raises(NotNow, match="as another name for “Waymark”"):
        actions.rename(system=other, name="wm", by=framework_admin)
    with pytest.raises(IntegrityError), transaction.atomic():
        SystemName.objects.create(system=other, organisation=organisation, name="wM")
    elsewhere = UnitFactory(organisation=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        SystemName.objects.create(system=other, organisation=elsewhere, name="New")


def test_an_admin_keeps_the_list_in_the_browser(framework_admin_client, written):
    client, address = framework_admin_client, reverse("observations:systems")
    written("WM <b>")
    page = client.get(address)
    assert "None yet" in page.text
    assert "?name=WM%20%3Cb%3E#add" in page.text
    assert 'value="WM &lt;b&gt;"' in client.get(address, {"name": "WM <b>"}).text

    assert client.post(address, {"name": ""}).status_code == 422
    client.post(address, {"name": "Waymark"})
    waymark = System.objects.get()
    page = client.post(address, {"name": "WM <b>", "same_as": waymark.pk}, follow=True).text
    assert "Also written WM &lt;b&gt;" in page
    assert "Written in observations" not in page
    refused = client.post(address, {"name": "waymark"})
    assert refused.status_code == 422
    assert "is on the list already" in refused.text

    client.post(address, {"name": "Casebook"})
    old = System.objects.get(name="Casebook")
    client.post(reverse("observations:system", args=[old.pk]), {"name": "Casebook 2"})
    client.post(reverse("observations:put_systems_together", args=[old.pk]), {"into": waymark.pk})
    assert set(waymark.names.values_list("name", flat=True)) == {
        "Waymark",
        "WM <b>",
        "Casebook",
        "Casebook 2",
    }
    assert System.objects.get() == waymark
