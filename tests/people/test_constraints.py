import pytest
from django.utils import timezone

from practicelens.people.models import Role, Unit
from tests.factories import RoleFactory, UnitFactory, UserFactory
from tests.refusing import refused_by

pytestmark = pytest.mark.django_db


def test_a_unit_can_not_stand_under_itself(team):
    with refused_by("people_unit_not_under_itself"):
        Unit.objects.filter(pk=team.pk).update(parent=team)


@pytest.mark.parametrize("kind", [Unit.Kind.SERVICE, Unit.Kind.TEAM])
def test_only_an_organisation_stands_under_nothing(kind):
    with refused_by("people_unit_only_an_organisation_has_no_parent"):
        UnitFactory(kind=kind, parent=None, jurisdiction="england")


def test_a_short_code_is_of_one_unit_in_an_organisation(team, other_organisation):
    UnitFactory(code="river", parent=other_organisation)

    with refused_by("people_unit_code_once"):
        UnitFactory(code="river", parent=team.organisation)


def test_a_short_code_is_of_one_organisation():
    UnitFactory(organisation=True, code="ours")

    with refused_by("people_unit_code_of_an_organisation_once"):
        UnitFactory(organisation=True, code="ours")


def test_an_organisation_has_a_jurisdiction():
    with refused_by("people_unit_has_a_jurisdiction"):
        UnitFactory(organisation=True, jurisdiction="")


def test_a_unit_s_organisation_is_the_top_of_its_tree_whatever_is_written(
    organisation, team, other_organisation
):
    Unit.objects.filter(pk=team.pk).update(organisation=other_organisation)

    team.refresh_from_db()
    assert team.organisation == organisation


def test_a_unit_stays_in_its_organisation(team, other_organisation):
    with refused_by("A unit stays in its organisation"):
        Unit.objects.filter(pk=team.pk).update(parent=other_organisation)


def test_an_email_is_kept_in_small_letters():
    with refused_by("people_user_email_lower_case"):
        UserFactory(email="Marian@example.org")


def test_a_role_is_held_once_in_a_unit():
    role = RoleFactory()

    with refused_by("people_role_once_a_unit"):
        RoleFactory(user=role.user, unit=role.unit, kind=role.kind)


def test_an_ended_role_may_be_given_again():
    role = RoleFactory(ended=True)

    assert RoleFactory(user=role.user, unit=role.unit, kind=role.kind).pk


def test_a_role_does_not_end_without_somebody_who_ended_it():
    role = RoleFactory()

    with refused_by("people_role_ended_at_and_by"):
        Role.objects.filter(pk=role.pk).update(ended_at=timezone.now())


def test_a_role_is_not_ended_by_somebody_at_no_time():
    role = RoleFactory()

    with refused_by("people_role_ended_at_and_by"):
        Role.objects.filter(pk=role.pk).update(ended_by=role.user)
