"""The organisation that somebody belongs to."""

from practicelens.people.models import Unit


def top_unit(person):
    """The top of the tree in which the person holds a role."""
    return top_of(person.roles.held())


def organisation_of(person):
    """The same, or where they held a role last; None for who never held one."""
    return top_unit(person) or top_of(person.roles.all())


def top_of(roles):
    tops = Unit.objects.filter(parent=None, reaches__below__in=roles.values("unit"))
    return tops.order_by("name").first()
