"""Today is the unit's own day, and no working day falls on a holiday of the place."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.urls import reverse

from frameworks.models import FrameworkVersion
from frameworks.models.versions import today_there
from observations.notes.forms.sections import WhereForm
from practicelens.people.forms import zone_choices
from practicelens.people.models import Role, Unit, know_zones
from practicelens.people.working_days import REGIONS, closed_in, is_working_day
from tests import clock
from tests.databases import past_the_triggers
from tests.factories import (
    EntryFactory,
    FrameworkVersionFactory,
    ObservationFactory,
    RoleFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db

AUCKLAND = "Pacific/Auckland"
# In London it is still the evening before.
THIS_MORNING = datetime(2026, 11, 18, 6, 23, tzinfo=ZoneInfo(AUCKLAND))


@pytest.fixture
def office():
    """An office in Auckland of an organisation in England."""
    top = UnitFactory(organisation=True)
    return UnitFactory(service=True, parent=top, time_zone=AUCKLAND, jurisdiction="aotearoa")


@pytest.fixture
def far_team(office):
    return UnitFactory(parent=office, jurisdiction="aotearoa")


@pytest.fixture
def far_psw(office):
    return RoleFactory(unit=office, kind=Role.Kind.PSW).user


def signed_in(client, user):
    client.force_login(user)
    return client


# The zone


def test_a_unit_has_its_own_zone_else_its_parents_else_the_organisations(office, far_team):
    island = UnitFactory(parent=office, time_zone="Pacific/Chatham")
    near = UnitFactory(parent=office.parent)

    zones = [Unit.objects.get(pk=each.pk).zone.key for each in (office, far_team, island, near)]

    assert zones == [AUCKLAND, AUCKLAND, "Pacific/Chatham", "Europe/London"]


def test_many_units_know_their_zones_at_once(office, far_team, django_assert_num_queries):
    units = list(Unit.objects.order_by("pk"))

    with django_assert_num_queries(1):
        know_zones(units)
        zones = {unit.pk: unit.zone.key for unit in units}

    assert (zones[far_team.pk], zones[office.parent_id]) == (AUCKLAND, "Europe/London")


def test_an_organisation_that_names_no_zone_has_that_of_its_jurisdiction():
    top = UnitFactory(organisation=True, jurisdiction="aotearoa")

    assert top.zone.key == UnitFactory(parent=top).zone.key == AUCKLAND


def test_a_visit_of_this_morning_is_of_today_there(far_team, far_psw):
    with clock.at(THIS_MORNING):
        draft = ObservationFactory(unit=far_team, observer=far_psw, draft=True)

        def faults(day):
            form = WhereForm({"unit": far_team.pk, "observed_on_0": day}, instance=draft)
            return form.errors.get("observed_on", [])

        assert faults("18 Nov 2026") == []
        assert faults("19 Nov 2026") == ["The date can't be after today"]
        assert far_psw.today() == far_team.today() == date(2026, 11, 18)
        assert far_team.parent.parent.today() == date(2026, 11, 17)


def test_the_form_begins_with_the_readers_day(client, far_team, far_psw):
    with clock.at(THIS_MORNING):
        FrameworkVersionFactory(framework__unit=far_team.parent.parent)
        page = signed_in(client, far_psw).get(reverse("observations:start"))

        assert page.context["form"].initial["observed_on"] == date(2026, 11, 18)


def test_a_save_says_the_hour_that_it_is_for_whoever_writes(client, far_team, far_psw):
    with clock.at(THIS_MORNING):
        draft = ObservationFactory(unit=far_team, observer=far_psw, draft=True)
        address = reverse("observations:section", args=[draft.key, "my-part"])
        signed_in(client, far_psw)

        answer = client.post(address, {"reflection_effect": "a"}, headers={"X-Autosave": "1"})

        assert answer.json()["saved_at"] == "06:23"
        assert "Saved 6:23" in client.get(address).text


def test_the_log_is_filtered_by_the_readers_days(client, office):
    reader = RoleFactory(unit=office, kind=Role.Kind.GOVERNANCE).user
    with clock.at(THIS_MORNING):
        with past_the_triggers():
            EntryFactory(unit=office, object_pk="this-morning", at=THIS_MORNING)
        signed_in(client, reader)

        days = {"since": "2026-11-18", "until": "2026-11-18"}
        today = client.get(reverse("audit:log"), days).text
        yesterday = client.get(reverse("audit:log"), {"until": "2026-11-17"}).text

    assert "this-morning" in today
    assert "18 November 2026, 06:23:00" in today
    assert "this-morning" not in yesterday


def test_a_version_holds_from_the_day_there(office):
    with clock.at(THIS_MORNING):
        day = date(2026, 11, 18)
        there = FrameworkVersionFactory(framework__unit=office, effective_on=day)
        beside = UnitFactory(parent=office.parent)
        near = FrameworkVersionFactory(framework__unit=beside, effective_on=day)
        days = dict(FrameworkVersion.objects.annotate(day=today_there()).values_list("pk", "day"))

    assert (days[there.pk], days[near.pk]) == (day, date(2026, 11, 17))


def test_a_person_of_two_zones_has_the_day_that_is_behind(office):
    both = RoleFactory(unit=office).user
    RoleFactory(unit=UnitFactory(parent=office.parent), user=both)

    assert both.zone.key == "Europe/London"


def test_an_admin_sets_zone_and_region(system_admin_client, organisation, team):
    told = {"name": team.name, "jurisdiction": "aotearoa", "time_zone": AUCKLAND, "region": "WGN"}

    system_admin_client.post(reverse("people:unit", args=[team.pk]), told)

    found = Unit.objects.get(pk=team.pk)
    assert (found.zone.key, found.region_kept) == (AUCKLAND, "WGN")


def test_a_zone_that_is_none_is_refused(system_admin_client, team):
    told = {"name": team.name, "jurisdiction": "england", "time_zone": "Mars/Olympus"}

    page = system_admin_client.post(reverse("people:unit", args=[team.pk]), told)

    assert "Mars/Olympus is not one of the available choices" in page.text


def test_the_database_knows_each_zone_that_is_offered():
    (*usual, (_, others)) = zone_choices()
    offered = {zone for zone, _ in [*usual, *others]}
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_timezone_names")
        known = {name for (name,) in cursor.fetchall()}

    assert {zone for zone, _ in usual} <= known
    assert len(offered - known) < 5


# Working days


@pytest.mark.parametrize(
    ("jurisdiction", "region", "day", "works"),
    [
        ("england", "", date(2026, 5, 25), False),
        ("england", "", date(2026, 8, 31), False),
        ("scotland", "", date(2026, 8, 31), True),
        ("scotland", "", date(2026, 8, 3), False),
        ("scotland", "", date(2026, 11, 30), False),
        ("england", "", date(2026, 11, 30), True),
        ("scotland", "", date(2026, 4, 6), True),
        ("wales", "", date(2026, 4, 6), False),
        ("northern_ireland", "", date(2026, 3, 17), False),
        ("northern_ireland", "", date(2026, 7, 13), False),
        ("wales", "", date(2026, 3, 17), True),
        ("england", "", date(2026, 12, 28), False),
        ("aotearoa", "", date(2026, 2, 6), False),
        ("aotearoa", "", date(2026, 7, 10), False),
        ("aotearoa", "", date(2026, 1, 26), True),
        ("aotearoa", "AUK", date(2026, 1, 26), False),
        ("aotearoa", "WGN", date(2026, 1, 26), True),
        ("aotearoa", "WGN", date(2026, 1, 19), False),
        ("aotearoa", "nowhere", date(2026, 1, 19), True),
        ("england", "AUK", date(2026, 1, 26), True),
        ("england", "", date(2026, 11, 21), False),
    ],
)
def test_no_working_day_falls_on_a_holiday_of_the_place(jurisdiction, region, day, works):
    assert is_working_day(day, jurisdiction, region) is works


@pytest.mark.parametrize("region", REGIONS)
def test_each_region_keeps_a_day_of_its_own(region):
    days = closed_in("aotearoa", region)
    everywhere = closed_in("aotearoa", "")

    assert [day for day in days if day not in everywhere] or days[date(2026, 1, 1)]
    assert any("Anniversary" in days.get(date(2026, month, day), "") for month, day in year_2026())


def year_2026():
    first = date(2026, 1, 1).toordinal()
    days = map(date.fromordinal, range(first, first + 365))
    return [(day.month, day.day) for day in days]


def test_the_days_to_reply_skip_the_holidays_of_the_place(office, far_team):
    near = UnitFactory(parent=office.parent)
    shared = datetime(2026, 12, 14, 12, 0, tzinfo=UTC)

    days = [
        ObservationFactory(unit=unit, shared=True, shared_at=shared).reply_by
        for unit in (near, far_team)
    ]

    # Both without Christmas, its day after and New Year; in New Zealand the 2nd of January is one too,
    # and it was the 15th there already.
    assert days == [date(2026, 12, 30), date(2026, 12, 31)]


def test_the_anniversary_is_that_of_the_nearest_unit_above(far_team, office):
    office.region = "AUK"
    office.save()

    assert not Unit.objects.get(pk=far_team.pk).is_working_day(date(2026, 1, 26))
