"""Every change of an organisation's list of systems. What was written in observations stays as it is."""

from django.db import transaction
from django.utils import timezone

from observations.models import System, SystemName
from practicelens.audit.actions import as_it_stands, changed, record
from practicelens.audit.models import Entry
from practicelens.people.models import Unit
from practicelens.refusals import AlreadySo, NotNow


def locked_list(organisation):
    """The organisation, held so that two changes at once do not take the same name."""
    return Unit.objects.select_for_update(of=("self",)).get(pk=organisation.pk)


def held(system):
    """The system as it is now, with its organisation held."""
    locked_list(system.organisation)
    found = System.objects.filter(pk=system.pk).select_related("organisation").first()
    if found is None:
        raise NotNow(f"“{system}” was put together with another system.")
    return found


def refuse_name(organisation, name, besides=None):
    """No name is of two systems."""
    names = SystemName.objects.filter(organisation=organisation, name__iexact=name)
    taken = names.exclude(system=besides).select_related("system").first()
    if taken is None:
        return
    if taken.name.lower() == taken.system.name.lower():
        raise NotNow(f"“{taken}” is on the list already.")
    raise NotNow(f"“{taken}” is on the list already, as another name for “{taken.system}”.")


def put_down(system, by, action, changes):
    record(by=by, action=action, what=system, unit=system.organisation, changes=changes)


@transaction.atomic
def add(*, organisation, name, by, same_as=None):
    """One more system; or another name for one that is on the list."""
    locked_list(organisation)
    refuse_name(organisation, name)
    if same_as:
        system = held(same_as)
        put_down(system, by, Entry.Action.CHANGED, {"other name": [None, name]})
    else:
        system = System.objects.create(organisation=organisation, name=name)
        put_down(system, by, Entry.Action.MADE, {"name": [None, name]})
    SystemName.objects.create(system=system, organisation=organisation, name=name)
    return system


@transaction.atomic
def rename(*, system, name, by):
    """From here on it is offered and counted by this name; what was written by another is still its."""
    system = held(system)
    refuse_name(system.organisation, name, besides=system)
    before = as_it_stands(system, "name")
    system.name = name
    if differs := changed(before, system):
        system.save()
        if not system.names.filter(name__iexact=name).exists():
            system.names.create(organisation=system.organisation, name=name)
        put_down(system, by, Entry.Action.CHANGED, differs)
    return system


@transaction.atomic
def put_together(*, system, into, by):
    """Two names are of one system: all that one goes by is the other's from here on."""
    system, into = held(system), held(into)
    if system == into:
        raise NotNow("These are one system already.")
    put_down(system, by, Entry.Action.ENDED, {"name": [system.name, into.name]})
    system.names.update(system=into)
    system.delete()
    return into


@transaction.atomic
def take_apart(*, name, by):
    """Another name of a system is a system of its own."""
    held(name.system)
    name = SystemName.objects.select_related("system__organisation").get(pk=name.pk)
    if name.name.lower() == name.system.name.lower():
        raise AlreadySo(f"“{name}” is a system of its own already.")
    put_down(name.system, by, Entry.Action.CHANGED, {"other name": [name.name, None]})
    name.system = System.objects.create(organisation=name.organisation, name=name.name)
    name.save()
    put_down(name.system, by, Entry.Action.MADE, {"name": [None, name.name]})
    return name.system


@transaction.atomic
def end(*, system, by):
    """It is no longer offered; what was written of it is counted as before."""
    system = held(system)
    if system.is_ended:
        raise AlreadySo(f"“{system}” is no longer offered already.")
    return ended(system, by, timezone.now())


@transaction.atomic
def bring_back(*, system, by):
    """It is offered again."""
    system = held(system)
    if not system.is_ended:
        raise AlreadySo(f"“{system}” is offered already.")
    return ended(system, by, None)


def ended(system, by, at):
    before = as_it_stands(system, "is_ended")
    system.ended_at = at
    system.save()
    put_down(system, by, Entry.Action.CHANGED, changed(before, system))
    return system
