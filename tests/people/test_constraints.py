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
        UnitFactory(kind=kind, parent=None)


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
