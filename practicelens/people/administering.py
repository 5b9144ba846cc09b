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
    """The same for a page that changes who may see what: the password is asked for again first."""
    return for_system_admins(reauthentication_required(view))


def units_of(admin):
    """The units that a system admin looks after."""
    return Unit.objects.where(admin, Act.KEEP_PEOPLE).select_related("parent")


def may_change(admin, person):
    """A person who also holds a role elsewhere is changed only by somebody who reaches there."""
    return not person.roles.held().exclude(unit__in=units_of(admin).values("pk")).exists()


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
