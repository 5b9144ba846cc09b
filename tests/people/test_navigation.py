import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from practicelens.people.models import Role, Unit, User
from practicelens.people.navigation import door_of, doors_for, furniture
from practicelens.people.permissions import CARRIES, Kind
from tests.factories import RoleFactory, UnitFactory

pytestmark = pytest.mark.django_db


def doors_of(*kinds, path="/"):
    return doors_for({act for kind in kinds for act in CARRIES[kind]}, path)


def names(*kinds):
    return [door["name"] for door in doors_of(*kinds)]


@pytest.fixture
def asked(rf):
    def ask(user, path="/nowhere/"):
        request = rf.get(path)
        request.user = User.objects.get(pk=user.pk) if user.pk else user
        return furniture(request)

    return ask


def test_a_visitor_has_no_doors_and_costs_no_query(asked, django_assert_num_queries):
    with django_assert_num_queries(0):
        shown = asked(AnonymousUser())
        assert list(shown["navigation"]) == []


def test_the_doors_of_each_role():
    kinds = Role.Kind
    shared = ["Home", "Observations", "Review themes", "Summaries", "Briefings", "Framework"]

    assert names(kinds.PSW) == shared
    assert names(kinds.PRACTITIONER) == ["My observations", "My data", "What leaders decided"]
    assert names(kinds.LEADER) == ["Briefings", "Decisions"]
    assert names(kinds.FRAMEWORK_ADMIN) == ["Frameworks", "Codebooks", "Standards", "What changed"]
    assert names(kinds.GOVERNANCE) == ["Audit log", "Roles that wait"]
    assert names(kinds.SYSTEM_ADMIN) == ["People", "Teams and services", "Background jobs"]


def test_doors_of_several_roles_are_joined_with_no_name_and_no_address_twice():
    doors = doors_of(*Role.Kind)

    assert len({door["name"] for door in doors}) == len(doors)
    assert len({door["url"] for door in doors}) == len(doors)
    assert {"Codebooks", "Review themes"} <= {door["name"] for door in doors}


def test_who_holds_no_role_has_no_doors(asked, nobody):
    shown = asked(nobody)

    assert list(shown["navigation"]) == []
    assert str(shown["organisation"]) == nobody.organisation.name


def test_the_organisation_is_the_top_of_ones_tree(asked, practitioner):
    assert str(asked(practitioner)["organisation"]) == "Harrow Children's Service"


@pytest.mark.parametrize(
    ("jurisdiction", "lang"),
    [(Unit.Jurisdiction.ENGLAND, "en-GB"), (Unit.Jurisdiction.AOTEAROA, "en-NZ")],
)
def test_the_language_is_that_of_the_organisation(asked, jurisdiction, lang):
    top = UnitFactory(organisation=True, jurisdiction=jurisdiction)

    assert str(asked(RoleFactory(unit=top).user)["lang"]) == lang


def test_it_costs_two_queries_at_most(asked, psw, django_assert_max_num_queries):
    shown = asked(psw)

    with django_assert_max_num_queries(2):
        for _ in range(2):
            assert str(shown["organisation"])
            assert str(shown["lang"])
            assert len(list(shown["navigation"])) == 6


@pytest.mark.parametrize(
    ("path", "door"),
    [
        ("/", "/"),
        ("/observations/", "/observations/"),
        ("/observations/review/", "/observations/review/"),
        ("/observations/review/7/", "/observations/review/"),
        ("/elsewhere/", None),
    ],
)
def test_the_current_door_is_the_nearest_above_the_page(path, door):
    assert door_of(path, ["/", "/observations/", "/observations/review/"]) == door


def test_a_page_shows_its_door_as_current(system_admin_client):
    page = system_admin_client.get(reverse("people:units")).content.decode()

    assert f'<a href="{reverse("people:units")}" aria-current="page">Teams and services</a>' in page


def test_ones_own_page_lies_behind_no_door(system_admin_client):
    page = system_admin_client.get(reverse("people:me")).content.decode()

    assert "aria-current" not in page


@pytest.mark.parametrize("kind", Kind)
def test_every_door_opens(client, organisation, framework_version, kind):
    user = RoleFactory(kind=kind, unit=organisation).user
    client.force_login(user)

    for door in doors_for(user.acts, "/"):
        assert client.get(door["url"]).status_code == 200, door["name"]


@pytest.mark.parametrize(
    ("kind", "name"), [(Role.Kind.PSW, "Review themes"), (Role.Kind.FRAMEWORK_ADMIN, "Codebooks")]
)
def test_pages_about_themes_lie_behind_the_door_of_themes(kind, name):
    doors = doors_of(kind, path=reverse("observations:recodings"))

    assert [door["name"] for door in doors if door["current"]] == [name]
