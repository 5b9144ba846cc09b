"""Changes of state of people, their roles and the tree. Each is an entry of the audit log."""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone

from practicelens.audit.actions import as_it_stands, changed, record
from practicelens.audit.models import Entry
from practicelens.people import telling
from practicelens.people.models import AddressChange, Role, RoleRequest, Unit, User
from practicelens.people.permissions import CARRIES, Act

# A role that opens what was written about practice, or by which someone is a second person for
# one.
NEEDS_A_SECOND_PERSON = {Act.READ_OBSERVATIONS, Act.KEEP_PEOPLE, Act.READ_LOG}


class Refused(Exception):
    """It may not be done, and the words say why."""


# People


def of_person(*, user, by, action=Entry.Action.CHANGED, changes=None):
    record(by=by, action=action, what=user, unit=user.organisation, changes=changes)


@transaction.atomic
def add(*, user, organisation, by, role=None):
    """Add a person to an organisation; with a kind and a unit in `role`, that is given with it."""
    user.organisation = organisation
    user.set_unusable_password()
    user.save()
    now = as_it_stands(user, "name", "email", "post")
    changes = {name: [None, value] for name, value in now.items()}
    of_person(user=user, by=by, action=Entry.Action.MADE, changes=changes)
    if role:
        give_role(user=user, by=by, **role)
    return user


@transaction.atomic
def change(*, user, name, post, by):
    before = as_it_stands(user, "name", "post")
    user.name, user.post = name, post
    user.save(update_fields=["name", "post"])
    if changes := changed(before, user):
        of_person(user=user, by=by, changes=changes)


def disable(*, user, by):
    """Keep someone from signing in; whoever is signed in is out at the next page, for good."""
    if user == by:
        raise Refused("You can't disable yourself. Ask another system admin.")
    set_active(user=user, by=by, is_active=False, signed_out_at=timezone.now())


def enable(*, user, by):
    """Let someone sign in again; no session or link of before goes on with it."""
    set_active(user=user, by=by, is_active=True, signed_out_at=user.signed_out_at)


@transaction.atomic
def set_active(*, user, by, is_active, signed_out_at):
    before = as_it_stands(user, "is_active")
    user.is_active, user.signed_out_at = is_active, signed_out_at
    user.save(update_fields=["is_active", "signed_out_at"])
    if changes := changed(before, user):
        of_person(user=user, by=by, changes=changes)


# Their address


@transaction.atomic
def ask_for_address(*, user, email, by):
    """A new address waits until its holder confirms it. The old one and the governance lead are told."""
    user.address_changes.filter(ended_at=None).update(ended_at=timezone.now())
    asked = AddressChange.objects.create(user=user, email=email, asked_by=by)
    told = telling.of_address_asked(asked)
    changes = {"new email": [user.email, email], "told": [None, telling.in_words(told)]}
    of_person(user=user, by=by, action=Entry.Action.ASKED, changes=changes)
    return asked


@transaction.atomic
def confirm_address(*, asked):
    """From here on the person signs in with it and is written to there, and nowhere else."""
    asked = AddressChange.objects.select_for_update().get(pk=asked.pk)
    user = User.objects.select_for_update().get(pk=asked.user_id)
    if asked.ended_at:
        raise Refused("This address was confirmed already, or another one took its place.")
    before = as_it_stands(user, "email")
    user.email = asked.email
    try:
        with transaction.atomic():
            user.save(update_fields=["email"])
    except IntegrityError as error:
        raise Refused("Someone else has this address by now.") from error
    asked.ended_at = timezone.now()
    asked.save(update_fields=["ended_at"])
    keep_one_address(user=user)
    telling.of_address_changed(user, before["email"])
    of_person(user=user, by=None, changes=changed(before, user))


@transaction.atomic
def take_address_back(*, asked, by):
    ended = AddressChange.objects.filter(pk=asked.pk, ended_at=None)
    if ended.update(ended_at=timezone.now()):
        changes = {"new email": [asked.email, None]}
        of_person(user=asked.user, by=by, action=Entry.Action.WITHDREW, changes=changes)


def keep_one_address(*, user):
    """Only the address that stands on the person signs in and is written to."""
    EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()


def record_link(*, user, by, way):
    """Put on record that someone was given a link to set a password, and how."""
    of_person(user=user, by=by, action=Entry.Action.LINKED, changes={"link": [None, way]})


# Their roles


def second_people(*, user, unit, by):
    """Who could agree that `by` gives `user` a role there: other system admins, governance leads."""
    may = User.objects.who_may(Act.KEEP_PEOPLE, unit) | User.objects.who_may(Act.READ_LOG, unit)
    return may.exclude(pk__in=[user.pk, by.pk]).order_by("name", "pk")


@transaction.atomic
def give_role(*, user, unit, kind, by):
    """Give a role to someone else: nobody widens what they see by themselves.

    A role that opens observations waits for a second person where there is one: then a RoleRequest
    is returned, and no Role.
    """
    if user == by:
        raise Refused("You can't give yourself a role. Ask another system admin.")
    if user.roles.held().filter(unit=unit, kind=kind).exists():
        raise Refused("They already have this role there.")
    others = second_people(user=user, unit=unit, by=by)
    if NEEDS_A_SECOND_PERSON & set(CARRIES[kind]) and others.exists():
        return ask_for_role(user=user, unit=unit, kind=kind, by=by, others=others)
    return make_role(user=user, unit=unit, kind=kind, by=by)


def make_role(*, user, unit, kind, by, second=None):
    try:
        with transaction.atomic():
            role = Role.objects.create(user=user, unit=unit, kind=kind, given_by=by)
    except IntegrityError as error:
        raise Refused("They already have this role there.") from error
    changes = {"person": [None, str(user)], "role": [None, str(role)]}
    if second:
        changes["asked by"] = [None, str(by)]
    record(by=second or by, action=Entry.Action.MADE, what=role, unit=unit, changes=changes)
    return role


def ask_for_role(*, user, unit, kind, by, others):
    if RoleRequest.objects.filter(user=user, unit=unit, kind=kind, settled_at=None).exists():
        raise Refused("This role waits for a second person already.")
    asked = RoleRequest.objects.create(user=user, unit=unit, kind=kind, asked_by=by)
    told = telling.of_role_asked(asked, others)
    changes = {"person": [None, str(user)], "role": [None, str(asked)]}
    changes["told"] = [None, telling.in_words(told)]
    record(by=by, action=Entry.Action.ASKED, what=asked, unit=unit, changes=changes)
    return asked


@transaction.atomic
def agree(*, asked, by):
    """The second person agrees, and the role is held from now on."""
    asked = waiting(asked)
    if not asked.can_be_agreed_by(by):
        raise Refused("Someone else has to agree: you asked for this role, or would have it.")
    role = make_role(
        user=asked.user, unit=asked.unit, kind=asked.kind, by=asked.asked_by, second=by
    )
    settle(asked, by, role)
    return role


@transaction.atomic
def turn_down(*, asked, by):
    """The role is not given: a second person says no, or whoever asked for it takes that back."""
    asked = waiting(asked)
    settle(asked, by, None)
    changes = {"person": [str(asked.user), None], "role": [str(asked), None]}
    record(by=by, action=Entry.Action.WITHDREW, what=asked, unit=asked.unit, changes=changes)


def waiting(asked):
    """The row of what was asked, held; raises if it is settled already."""
    held = RoleRequest.objects.select_for_update(of=("self",)).select_related("user", "unit")
    asked = held.get(pk=asked.pk)
    if asked.settled_at:
        raise Refused("This is settled already.")
    return asked


def settle(asked, by, role):
    asked.settled_by, asked.settled_at, asked.role = by, timezone.now(), role
    asked.save(update_fields=["settled_by", "settled_at", "role"])


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
    changes = {"person": [str(role.user), None], "role": [str(role), None]}
    record(by=by, action=Entry.Action.ENDED, what=role, unit=role.unit, changes=changes)


@transaction.atomic
def move_role(*, role, unit, by):
    """End a role on one unit and give the same on another; returns what giving it returns."""
    given = give_role(user=role.user, unit=unit, kind=role.kind, by=by)
    end_role(role=role, by=by)
    return given


@transaction.atomic
def set_last_day(*, user, day, by):
    """Say after which day all roles of someone end; or, with none, that they stay."""
    if user == by:
        raise Refused("You can't say this of yourself. Ask another system admin.")
    before = as_it_stands(user, "last_day")
    user.last_day, user.last_day_by = day, by if day else None
    user.save(update_fields=["last_day", "last_day_by"])
    if changes := changed(before, user):
        of_person(user=user, by=by, changes=changes)


@transaction.atomic
def end_roles_of_who_left():
    """End every role of those whose last day is over; returns how many there were."""
    ended = 0
    for user in User.objects.gone():
        for role in user.roles.held().select_related("user", "unit").order_by("pk"):
            end_role(role=role, by=user.last_day_by)
            ended += 1
        for asked in user.role_requests.filter(settled_at=None):
            turn_down(asked=asked, by=user.last_day_by)
    return ended


# The tree

OF_A_UNIT = [
    *["name", "code", "kind", "parent", "jurisdiction", "closed_on", "began_on"],
    *["time_zone", "region"],
]

MAY_CHANGE = {"name", "jurisdiction", "began_on", "time_zone", "region"}


@transaction.atomic
def add_unit(*, unit, by):
    try:
        with transaction.atomic():
            unit.save()
    except IntegrityError as error:
        raise Refused("Another unit has this short code.") from error
    now = as_it_stands(unit, *OF_A_UNIT)
    changes = {name: [None, value] for name, value in now.items() if value not in (None, "")}
    record(by=by, action=Entry.Action.MADE, what=unit, unit=unit, changes=changes)
    return unit


@transaction.atomic
def change_unit(*, unit, by, **given):
    """Save what is given of a unit: any of its facts that MAY_CHANGE names.

    Units below that were in the same jurisdiction go with it into another.
    """
    before = as_it_stands(unit, *OF_A_UNIT)
    for name in MAY_CHANGE & given.keys():
        setattr(unit, name, given[name])
    save_unit(unit, before, by)
    if before["jurisdiction"] != unit.jurisdiction:
        for below in unit.children.filter(jurisdiction=before["jurisdiction"]).order_by("pk"):
            change_unit(unit=below, jurisdiction=unit.jurisdiction, by=by)


def save_unit(unit, before, by):
    unit.save(update_fields=[*MAY_CHANGE, "parent", "closed_on"])
    if changes := changed(before, unit):
        record(by=by, action=Entry.Action.CHANGED, what=unit, unit=unit, changes=changes)


@transaction.atomic
def move(*, unit, parent, by):
    """Put a unit, with all below it, under another one."""
    # Two moves at once could close a ring that neither makes alone.
    list(Unit.objects.filter(organisation=unit.organisation_id).select_for_update().order_by("pk"))
    if parent.organisation_id != unit.organisation_id:
        raise Refused(f"{parent} is of another organisation, so {unit} can't be moved there.")
    if Unit.objects.below(unit).filter(pk=parent.pk).exists():
        raise Refused(f"{parent} is under {unit}, so {unit} can't be moved there.")
    before = as_it_stands(unit, *OF_A_UNIT)
    unit.parent = parent
    try:
        with transaction.atomic():
            save_unit(unit, before, by)
    except IntegrityError as error:
        raise Refused(
            f"{unit} can’t be moved under {parent}: two frameworks would be in use there at once. "
            "A framework admin can retire one of them first."
        ) from error


@transaction.atomic
def close(*, unit, by):
    """No new work is for a closed unit; what was seen there stays."""
    if unit.children.filter(closed_on=None).exists():
        raise Refused(f"{unit} has open units under it. Close or move them first.")
    before = as_it_stands(unit, *OF_A_UNIT)
    unit.closed_on = unit.today()
    save_unit(unit, before, by)


@transaction.atomic
def reopen(*, unit, by):
    before = as_it_stands(unit, *OF_A_UNIT)
    unit.closed_on = None
    save_unit(unit, before, by)
