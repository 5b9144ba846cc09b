import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from practicelens.people import actions
from practicelens.people.models import Role
from practicelens.people.permissions import Act
from tests.factories import RoleFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_disable_and_enable(psw, system_admin):
    actions.disable(user=psw, by=system_admin)
    psw.refresh_from_db()
    assert not psw.is_active

    actions.enable(user=psw, by=system_admin)
    psw.refresh_from_db()
    assert psw.is_active


def test_nobody_disables_themselves(system_admin):
    with pytest.raises(actions.Refused, match="can't disable yourself"):
        actions.disable(user=system_admin, by=system_admin)

    system_admin.refresh_from_db()
    assert system_admin.is_active


def test_a_former_address_no_longer_signs_in():
    user = UserFactory(email="new@example.org")
    EmailAddress.objects.create(user=user, email="old@example.org", verified=True)

    actions.keep_one_address(user=user)

    assert not EmailAddress.objects.exists()


def test_give_role_says_who_gave_it(nobody, team, system_admin):
    role = actions.give_role(user=nobody, unit=team, kind=Role.Kind.PSW, by=system_admin)

    assert role.given_by == system_admin
    assert nobody.can(Act.WRITE_OBSERVATIONS)


def test_a_role_is_not_given_twice(psw, service, system_admin):
    with pytest.raises(actions.Refused, match="already have"):
        actions.give_role(user=psw, unit=service, kind=Role.Kind.PSW, by=system_admin)


def test_nobody_gives_themselves_a_role(system_admin, team):
    with pytest.raises(actions.Refused, match="can't give yourself"):
        actions.give_role(user=system_admin, unit=team, kind=Role.Kind.PSW, by=system_admin)


def test_end_role_keeps_the_row(psw, system_admin):
    role = psw.roles.get()

    actions.end_role(role=role, by=system_admin)

    role.refresh_from_db()
    assert role.ended_at <= timezone.now()
    assert role.ended_by == system_admin
    assert not Role.objects.held().filter(user=psw).exists()


def test_a_role_ends_once(psw, system_admin):
    role = psw.roles.get()
    actions.end_role(role=role, by=system_admin)

    with pytest.raises(actions.Refused, match="ended already"):
        actions.end_role(role=role, by=system_admin)


def test_nobody_ends_their_own_last_system_admin_role(system_admin):
    with pytest.raises(actions.Refused, match="your own last"):
        actions.end_role(role=system_admin.roles.get(), by=system_admin)

    assert system_admin.roles.held().exists()


def test_one_of_two_system_admin_roles_may_be_ended_by_oneself(system_admin, team):
    second = RoleFactory(user=system_admin, unit=team, kind=Role.Kind.SYSTEM_ADMIN)

    actions.end_role(role=second, by=system_admin)

    assert system_admin.roles.held().count() == 1


def test_another_system_admin_may_end_it(system_admin, organisation):
    other = RoleFactory(unit=organisation, kind=Role.Kind.SYSTEM_ADMIN).user

    actions.end_role(role=system_admin.roles.get(), by=other)

    assert not system_admin.roles.held().exists()


def test_move_takes_all_below_along(organisation, service, team, system_admin):
    beside = UnitFactory(service=True, parent=organisation)

    actions.move(unit=service, parent=beside, by=system_admin)

    team.refresh_from_db()
    assert team.parent.parent == beside


def test_no_unit_moves_to_another_organisation(service, other_organisation, system_admin):
    with pytest.raises(actions.Refused, match="Elsewhere is of another organisation"):
        actions.move(unit=service, parent=other_organisation, by=system_admin)


@pytest.mark.parametrize("to", ["service", "team"])
def test_move_makes_no_ring(request, service, team, to, system_admin):
    with pytest.raises(actions.Refused, match="can't be moved there"):
        actions.move(unit=service, parent=request.getfixturevalue(to), by=system_admin)


@pytest.mark.any_day
def test_close_and_reopen(team, system_admin):
    actions.close(unit=team, by=system_admin)
    team.refresh_from_db()
    assert team.closed_on == timezone.localdate()

    actions.reopen(unit=team, by=system_admin)
    team.refresh_from_db()
    assert team.closed_on is None


def test_a_unit_with_open_units_below_stays_open(service, team, system_admin):
    with pytest.raises(actions.Refused, match="open units under it"):
        actions.close(unit=service, by=system_admin)


@pytest.mark.any_day
def test_a_unit_closes_once_all_below_are_closed(service, system_admin):
    UnitFactory(parent=service, closed_on=timezone.localdate())

    actions.close(unit=service, by=system_admin)

    service.refresh_from_db()
    assert service.closed_on
