import pytest

from practicelens.people.models import Role
from tests.factories import RoleFactory


@pytest.fixture
def large_team(team):
    """Nobody there can be told by their team alone."""
    for _ in range(5):
        RoleFactory(unit=team, kind=Role.Kind.PRACTITIONER)
    return team
