import pytest

from practicelens.people.administering import as_tree
from practicelens.people.models import Unit, User
from practicelens.people.permissions import Act
from tests.factories import RoleFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_role_reaches_its_unit_and_all_below(psw, service, team, sibling_team, other_team):
    assert set(Unit.objects.visible_to(psw)) == {service, team, sibling_team}


def test_an_ended_role_reaches_nothing(team):
    role = RoleFactory(unit=team, ended=True)

    assert not Unit.objects.visible_to(role.user).exists()


def test_reach_can_be_asked_for_what_one_may_do_there(psw, system_admin, team):
    assert not Unit.objects.where(psw, Act.KEEP_PEOPLE).exists()
    assert team in Unit.objects.where(system_admin, Act.KEEP_PEOPLE)


def test_reach_follows_a_move_at_once(psw, team, organisation):
    team.parent = organisation
    team.save()

    assert team not in Unit.objects.visible_to(psw)


def test_units_above_come_nearest_last(organisation, service, team):
    assert list(Unit.objects.above(team)) == [organisation, service, team]


def test_a_ring_made_by_mistake_ends(organisation, service):
    Unit.objects.filter(pk=organisation.pk).update(parent=service)

    assert set(Unit.objects.below(service)) == {organisation, service}


def test_a_system_admin_sees_their_people_and_those_without_a_role(
    system_admin, psw, stranger, nobody
):
    assert set(User.objects.visible_to(system_admin)) == {system_admin, psw, nobody}


@pytest.mark.parametrize(
    "role", ["psw", "practitioner", "leader", "framework_admin", "governance", "nobody"]
)
def test_others_see_no_people(request, role):
    assert not User.objects.visible_to(request.getfixturevalue(role)).exists()


def test_who_may_do_something_counts_roles_from_above_of_active_people(psw, team, stranger):
    RoleFactory(user=UserFactory(is_active=False), unit=team)
    RoleFactory(unit=team, ended=True)

    assert list(User.objects.who_may(Act.WRITE_BRIEFINGS, team)) == [psw]


def test_the_tree_puts_each_unit_under_its_parent(organisation, service, team, sibling_team):
    (top,) = as_tree(Unit.objects.below(organisation))

    assert top["unit"] == organisation
    assert [node["unit"] for node in top["below"][0]["below"]] == [sibling_team, team]


def test_a_tree_may_begin_half_way_down(service, team, sibling_team):
    (top,) = as_tree(Unit.objects.below(service))

    assert top["unit"] == service
    assert len(top["below"]) == 2


def test_units_of_a_kind(service, team):
    UnitFactory(service=True)

    assert list(Unit.objects.below(service).teams()) == [team]
