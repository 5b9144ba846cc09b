"""Changes of state of people, their roles and the tree."""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone

from practicelens.people.models import Role, Unit
from practicelens.people.permissions import Act


class Refused(Exception):
    """It may not be done, and the words say why."""


def disable(*, user, by):
    """Keep somebody from signing in; whoever is signed in is out at the next page, for good."""
    if user == by:
        raise Refused("You can't disable yourself. Ask another system admin.")
    user.is_active, user.signed_out_at = False, timezone.now()
    user.save(update_fields=["is_active", "signed_out_at"])


def enable(*, user):
    """Let somebody sign in again; no session or link of before goes on with it."""
    user.is_active = True
    user.save(update_fields=["is_active"])


def keep_one_address(*, user):
    """Only the address that stands on the person signs in and is written to."""
    EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()


@transaction.atomic
def give_role(*, user, unit, kind, by):
    """Give a role to somebody else: nobody widens what they see by themselves."""
    if user == by:
        raise Refused("You can't give yourself a role. Ask another system admin.")
    try:
        with transaction.atomic():
            return Role.objects.create(user=user, unit=unit, kind=kind, given_by=by)
    except IntegrityError as error:
        raise Refused("They already hold this role there.") from error


@transaction.atomic
def end_role(*, role, by):
    """End a role; the row stays, and says who held what until when."""
    held = {each.pk: each for each in role.user.roles.held().select_for_update().order_by("pk")}
    if role.pk not in held:
        raise Refused("This role has ended already.")
    admin_roles = [each for each in held.values() if each.carries(Act.KEEP_PEOPLE)]
    if role.user == by and admin_roles == [role]:
        raise Refused("You can't end your own last system admin role. Ask another system admin.")
    role.ended_at, role.ended_by = timezone.now(), by
    role.save(update_fields=["ended_at", "ended_by"])


@transaction.atomic
def move(*, unit, parent):
    """Put a unit, with all below it, under another one."""
    # Two moves at once could close a ring that neither makes alone.
    list(Unit.objects.select_for_update().order_by("pk"))
    if Unit.objects.below(unit).filter(pk=parent.pk).exists():
        raise Refused(f"{parent} stands under {unit}, so {unit} can't be moved there.")
    unit.parent = parent
    unit.save(update_fields=["parent"])


@transaction.atomic
def close(*, unit):
    """No new work is for a closed unit; what was seen there stays."""
    if unit.children.filter(closed_on=None).exists():
        raise Refused(f"{unit} has open units under it. Close or move them first.")
    unit.closed_on = unit.today()
    unit.save(update_fields=["closed_on"])


def reopen(*, unit):
    unit.closed_on = None
    unit.save(update_fields=["closed_on"])
