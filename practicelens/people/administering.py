"""Whom and what a system admin looks after: their part of the tree, and nothing else."""

from functools import wraps

from allauth.account.decorators import reauthentication_required
from django.http import Http404

from practicelens.people.models import Unit
from practicelens.people.permissions import Act


def for_system_admins(view):
    """A page that is not there for anybody else."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.can(Act.KEEP_PEOPLE):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def for_system_admins_anew(view):
    """A system admin's page that changes who can see what: the password is asked for again first."""
    return for_system_admins(reauthentication_required(view))


def units_of(admin):
    """The units that a system admin looks after."""
    return Unit.objects.where(admin, Act.KEEP_PEOPLE).select_related("parent")


def organisations_of(admin):
    """The organisations in which a system admin looks after all or a part."""
    return Unit.objects.filter(units__in=admin.reach(Act.KEEP_PEOPLE)).distinct().order_by("name")


def may_change(admin, person):
    """A person is changed by the system admins of their organisation, and of where they hold roles.

    So one who belongs elsewhere, or who also holds a role elsewhere, is read and not changed.
    """
    reached = admin.reach(Act.KEEP_PEOPLE)
    belongs = person.organisation_id in admin.reach_and_above(Act.KEEP_PEOPLE)
    return belongs and not person.roles.held().exclude(unit__in=reached).exists()


def as_tree(units):
    """Units in order of name, each under its parent: pairs of a unit and the pairs below it."""
    shown = sorted(units, key=lambda unit: unit.name)
    known = {unit.pk for unit in shown}

    def below(parent):
        return [
            {"unit": unit, "below": below(unit.pk)}
            for unit in shown
            if (unit.parent_id if unit.parent_id in known else None) == parent
        ]

    return below(None)
