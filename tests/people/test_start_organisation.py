import pytest
from django.core.management import CommandError, call_command

from practicelens.people.models import Role, Unit, User

pytestmark = pytest.mark.django_db

GIVEN = {
    "name": "Our Children's Service",
    "admin_email": "Lee@example.gov.uk",
    "admin_name": "Lee Carver",
}


def test_it_makes_an_organisation_with_a_system_admin(capsys, client):
    call_command("start_organisation", **GIVEN)

    role = Role.objects.get()
    assert (role.unit.code, role.user.email) == ("our-childrens-service", "lee@example.gov.uk")
    assert role.kind == Role.Kind.SYSTEM_ADMIN
    path = capsys.readouterr().out.split()[-1]
    assert client.get(path, follow=True).status_code == 200


def test_twice_is_refused_in_words_and_leaves_nothing_behind():
    call_command("start_organisation", **GIVEN)

    with pytest.raises(CommandError, match="Another organisation has this short code"):
        call_command("start_organisation", **GIVEN)

    assert (Unit.objects.count(), User.objects.count()) == (1, 1)
