"""Two organisations on one installation: neither sees, takes over or gets in the way of the other."""

import pytest
from django.urls import reverse

from practicelens.people import actions
from practicelens.people.administering import may_change
from practicelens.people.models import Role, RoleRequest, Unit, User
from tests.conftest import signed_in
from tests.factories import RoleFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def other_admin(other_organisation):
    return RoleFactory(unit=other_organisation, kind=Role.Kind.SYSTEM_ADMIN).user


def url(name, *arguments):
    return reverse(f"people:{name}", args=arguments)


def test_who_is_added_belongs_to_the_organisation_of_who_adds_them(
    system_admin_client, organisation, other_admin
):
    words = {"name": "Nia Holt", "email": "nia@example.org", "post": ""}
    system_admin_client.post(url("add"), words)

    nia = User.objects.get(email="nia@example.org")
    assert nia.organisation == organisation
    assert not User.objects.visible_to(other_admin).filter(pk=nia.pk).exists()


def test_an_admin_of_two_organisations_says_which(system_admin, other_organisation):
    RoleFactory(user=system_admin, unit=other_organisation, kind=Role.Kind.SYSTEM_ADMIN)
    client = signed_in(system_admin)
    words = {"name": "Nia Holt", "email": "nia@example.org", "post": ""}

    asked = client.post(url("add"), words)
    client.post(url("add"), words | {"organisation": other_organisation.pk})

    assert "Choose the organisation that they belong to" in asked.content.decode()
    assert User.objects.get(email="nia@example.org").organisation == other_organisation


@pytest.mark.parametrize(
    "name", ["edit", "link", "disable", "enable", "give_role", "person", "new_link"]
)
def test_who_has_no_role_yet_is_nobody_to_another_organisation(nobody, other_admin, name):
    client = signed_in(other_admin)

    assert client.get(url(name, nobody.pk)).status_code in (404, 405)
    assert client.post(url(name, nobody.pk)).status_code in (404, 405)
    assert nobody.name not in client.get(url("list")).content.decode()


def test_who_belongs_elsewhere_is_not_taken_over_once_their_role_there_has_ended(
    organisation, team, other_team, other_admin
):
    between = RoleFactory(unit=team, ended=True).user
    RoleFactory(user=between, unit=other_team, kind=Role.Kind.LEADER)

    assert User.objects.visible_to(other_admin).filter(pk=between.pk).exists()
    assert not may_change(other_admin, between)
    assert signed_in(other_admin).post(url("new_link", between.pk)).status_code == 403


def test_the_admin_of_a_part_sees_who_has_no_role_in_their_own_organisation_alone(
    service, nobody, other_organisation
):
    admin = RoleFactory(unit=service, kind=Role.Kind.SYSTEM_ADMIN).user
    elsewhere = UserFactory(organisation=other_organisation)

    seen = User.objects.visible_to(admin)
    assert seen.filter(pk=nobody.pk).exists()
    assert may_change(admin, nobody)
    assert not seen.filter(pk=elsewhere.pk).exists()


def test_a_role_asked_for_elsewhere_is_not_named_on_a_person_s_page(
    system_admin_client, system_admin, nobody, other_team, other_admin
):
    RoleRequest.objects.create(user=nobody, unit=other_team, kind="psw", asked_by=other_admin)

    page = system_admin_client.get(url("person", nobody.pk)).content.decode()

    assert other_team.name not in page


def test_governance_hears_of_a_new_address_of_who_has_no_role_yet(
    nobody, governance, system_admin, mailoutbox
):
    actions.ask_for_address(user=nobody, email="new@example.org", by=system_admin)

    assert {mail.to[0] for mail in mailoutbox} == {nobody.email, governance.email}


def test_two_organisations_may_use_the_same_short_code(
    system_admin_client, service, team, other_organisation
):
    UnitFactory(code="night", parent=other_organisation)
    words = {"name": "Night", "code": "night", "kind": "team", "parent": service.pk}

    system_admin_client.post(url("add_unit"), words)
    twice = system_admin_client.post(url("add_unit"), words)

    assert Unit.objects.filter(code="night").count() == 2
    assert "Another unit has this short code" in twice.content.decode()


@pytest.mark.parametrize(("chosen", "expected"), [("", "aotearoa"), ("wales", "wales")])
def test_a_new_unit_has_the_jurisdiction_that_it_stands_under(chosen, expected):
    top = UnitFactory(organisation=True, jurisdiction="aotearoa")
    client = signed_in(RoleFactory(unit=top, kind=Role.Kind.SYSTEM_ADMIN).user)
    words = {"name": "Ours", "code": "ours", "kind": "team", "parent": top.pk}

    client.post(url("add_unit"), words | {"jurisdiction": chosen})

    assert Unit.objects.get(code="ours").jurisdiction == expected


def test_another_jurisdiction_goes_down_the_tree_to_those_that_had_the_same(
    organisation, service, team, sibling_team, system_admin
):
    Unit.objects.filter(pk=sibling_team.pk).update(jurisdiction="wales")

    actions.change_unit(
        unit=organisation, name=organisation.name, jurisdiction="scotland", by=system_admin
    )

    found = dict(Unit.objects.values_list("code", "jurisdiction"))
    assert found == {
        "harrow": "scotland",
        "help": "scotland",
        "river": "scotland",
        "field": "wales",
    }


def test_whoever_reads_summaries_of_two_organisations_can_choose_both_units_of_one_code(
    team, other_organisation
):
    theirs = UnitFactory(code=team.code, parent=other_organisation)
    reader = RoleFactory(unit=team).user
    RoleFactory(user=reader, unit=theirs)
    client = signed_in(reader)

    found = {
        client.get(reverse("reports:summary"), {"unit": code}).context["chosen"].unit
        for code in ["harrow.river", "elsewhere.river"]
    }

    assert found == {team, theirs}


# Bookmarks of before, when a unit's address was made of its code


@pytest.mark.parametrize(
    ("ending", "name"),
    [("", "unit"), ("move/", "move_unit"), ("close/", "close_unit"), ("open/", "reopen_unit")],
)
def test_a_bookmark_of_a_unit_by_its_code_leads_on(system_admin_client, team, ending, name):
    before = f"/people/units/{team.code}/{ending}"

    led, sent_on = system_admin_client.get(before), system_admin_client.post(before, {"name": "X"})

    assert (led.status_code, led["Location"]) == (301, url(name, team.pk))
    assert (sent_on.status_code, sent_on["Location"]) == (308, url(name, team.pk))


def test_it_leads_to_the_unit_that_was_there_first(system_admin, other_organisation, team):
    UnitFactory(code=team.code, parent=other_organisation)
    RoleFactory(user=system_admin, unit=other_organisation, kind=Role.Kind.SYSTEM_ADMIN)

    led = signed_in(system_admin).get(f"/people/units/{team.code}/")

    assert led["Location"] == url("unit", team.pk)


def test_a_code_that_another_organisation_has_tells_nothing_of_it(other_admin, psw_client, team):
    strangers = [signed_in(other_admin), psw_client]

    for client in strangers:
        for ending in ["", "move/"]:
            there = client.get(f"/people/units/{team.code}/{ending}")
            nowhere = client.get(f"/people/units/no-such-unit/{ending}")
            assert (there.status_code, there.content) == (404, nowhere.content)


def test_whoever_is_not_signed_in_is_asked_to_for_any_code(client, team):
    answers = {
        client.get(f"/people/units/{code}/").headers["Location"].replace(code, "CODE")
        for code in [team.code, "no-such-unit"]
    }

    assert answers == {f"{reverse('account_login')}?next=/people/units/CODE/"}


def test_an_ending_that_no_unit_ever_had_leads_nowhere(system_admin_client, team):
    assert system_admin_client.get(f"/people/units/{team.code}/unit/").status_code == 404
