"""Adding what a file of people or units says: the whole of it once, or nothing."""

from django.db import transaction
from django.utils import timezone

from practicelens.people import actions
from practicelens.people.actions import Refused
from practicelens.people.models import PeopleFile, Unit, User
from practicelens.people.permissions import Act
from practicelens.people.setting_up.checking import Plan
from practicelens.people.setting_up.tables import read

__all__ = ["Faulty", "Refused", "add_all", "hold", "plan_of"]


class Faulty(Exception):
    """Something in the file does not fit what is here; `faults` says what."""

    def __init__(self, faults):
        super().__init__(f"{len(faults)} to put right")
        self.faults = faults


@transaction.atomic
def hold(*, owner, organisation, name, content):
    """Keep a file until its owner has looked at what it would add, and forget old ones."""
    PeopleFile.objects.old().delete()
    return PeopleFile.objects.create(
        owner=owner, organisation=organisation, name=name[:100], content=content
    )


def plan_of(content, organisation, by):
    """What a file would add to the part of the organisation that a system admin looks after."""
    units = Unit.objects.where(by, Act.KEEP_PEOPLE).filter(organisation=organisation)
    return Plan(read(content), units.order_by("pk"))


@transaction.atomic
def add_all(*, file, by):
    """Add all that the file says, and return the people added; None if it was added before."""
    file = PeopleFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if file.added_at:
        return None
    plan = plan_of(bytes(file.content), file.organisation, by)
    if plan.faults:
        raise Faulty(plan.faults)
    for unit in plan.units:
        unit.parent = unit.parent  # which has its number by now
        actions.add_unit(unit=unit, by=by)
    people = [add_person(told, file.organisation, by) for told in plan.people]
    file.added_at = timezone.now()
    file.save(update_fields=["added_at"])
    return people


def add_person(told, organisation, by):
    user = User(name=told["name"], email=told["email"], post=told["post"])
    actions.add(user=user, organisation=organisation, by=by)
    for kind, unit in told["roles"]:
        actions.give_role(user=user, unit=unit, kind=kind, by=by)
    return user
