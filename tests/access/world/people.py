"""The tree and its people."""

from uuid import uuid4

from django.contrib.auth.hashers import make_password

from practicelens.people.models import (
    AddressChange,
    KeptWords,
    PeopleFile,
    RoleRequest,
    SafeguardingStep,
    Unit,
)
from tests import factories as make
from tests.access.people import ENDED, PEOPLE, organisation_of


def add_units(world):
    unit, kinds = make.UnitFactory, Unit.Kind
    here = world.made(unit, "here", code="here", kind=kinds.ORGANISATION, parent=None)
    service = world.made(unit, "service", code="service", kind=kinds.SERVICE, parent=here)
    away = world.made(unit, "elsewhere", code="elsewhere", kind=kinds.ORGANISATION, parent=None)
    world.units = {
        "here": here,
        "service": service,
        "team": world.made(unit, "team", code="team", parent=service),
        "sibling": world.made(unit, "sibling", code="sibling", parent=service),
        "elsewhere": away,
        "far": world.made(unit, "far", code="far", parent=away),
    }
    for state, each in world.units.items():
        world.have("unit", state, pk=each.pk)
        world.have("code of a unit", state, code=each.code, page="move")


def add_people(world):
    world.people, roles = {}, {}
    password = make_password("a long walk in rain")
    for code, held in PEOPLE.items():
        belongs = world.units[organisation_of(code)]
        user = world.people[code] = world.made(
            make.UserFactory, code, password=password, organisation=belongs
        )
        for kind, unit in held:
            role = make.RoleFactory(user=user, kind=kind, unit=world.units[unit])
            roles.setdefault(code, role)
        for kind, unit in ENDED.get(code, []):
            make.RoleFactory(user=user, kind=kind, unit=world.units[unit], ended=True)
    for code in ("practitioner", "far_psw", "between", "lent", "mover", "no_role", "far_no_role"):
        world.have("person", code, pk=world.people[code].pk)
    for code in ("practitioner", "far_psw"):
        world.have("role", code, pk=roles[code].pk)
    world.people["disabled"].is_active = False
    world.people["disabled"].save()


def add_files(world):
    world.have("people template", "people", kind="people")
    for state, owner, place in [
        ("here", "system_admin", "here"),
        ("far", "far_system_admin", "elsewhere"),
    ]:
        file = world.row(
            PeopleFile,
            state,
            owner=world.people[owner],
            organisation=world.units[place],
            content=b"name,email,post,role,unit\nNia,nia@example.org,,,\n",
        )
        world.have("people file", state, pk=file.pk)


def add_steps(world):
    for state, unit in [("here", "here"), ("far", "far")]:
        place = world.units[unit]
        step = world.row(SafeguardingStep, state, unit=place, telephone="01632 960001", position=1)
        world.have("safeguarding step", state, pk=step.pk)


def add_entries(world):
    for state, unit in [("here", "service"), ("far", "far")]:
        mark = world.marks.text("audit.Entry.changes", state)
        make.EntryFactory(
            by=world.people["observer"], unit=world.units[unit], changes={"name": [None, mark]}
        )


def add_what_waits(world):
    """Kept words, an address and a role, each waiting for somebody."""
    for state, writer, admin, person, newcomer, unit in [
        ("here", "observer", "system_admin", "practitioner", "no_role", "team"),
        ("far", "far_psw", "far_system_admin", "far_psw", "far_no_role", "far"),
    ]:
        kept = world.row(
            KeptWords, state, writer=world.people[writer], path="/help/", window=uuid4()
        )
        world.have("kept words", state, pk=kept.pk)
        by = world.people[admin]
        world.row(AddressChange, state, user=world.people[person], asked_by=by)
        asked = RoleRequest.objects.create(
            user=world.people[newcomer], unit=world.units[unit], kind="psw", asked_by=by
        )
        world.have("role request", state, pk=asked.pk)
