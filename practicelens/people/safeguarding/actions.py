"""Every change of the steps that a unit keeps, and that a concern was raised."""

from django.db import transaction
from django.db.models import Max

from practicelens.audit.actions import as_it_stands, changed, record
from practicelens.audit.models import Entry
from practicelens.people.models import ConcernRaised, SafeguardingStep, Unit
from practicelens.refusals import AlreadySo, NotNow

SAID = ("title", "what_to_do", "telephone", "when")
STANDS = (*SAID, "position")


def steps_held(unit):
    """The unit's steps, held so that two changes at once do not take the same place."""
    Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    return SafeguardingStep.objects.filter(unit=unit)


@transaction.atomic
def add(*, unit, by, **said):
    """One more step, at the end."""
    last = steps_held(unit).aggregate(last=Max("position"))["last"] or 0
    step = SafeguardingStep.objects.create(unit=unit, position=last + 1, **said)
    now = as_it_stands(step, *SAID)
    changes = {name: [None, value] for name, value in now.items() if value}
    record(by=by, action=Entry.Action.MADE, what=step, unit=unit, changes=changes)
    return step


@transaction.atomic
def change(*, step, by, **said):
    held = steps_held(step.unit).get(pk=step.pk)
    return write(held, by, **said)


def write(step, by, **fields):
    """Save what changes of a step, and put it on record."""
    before = as_it_stands(step, *STANDS)
    for name, value in fields.items():
        setattr(step, name, value)
    if differs := changed(before, step):
        step.save()
        record(by=by, action=Entry.Action.CHANGED, what=step, unit=step.unit, changes=differs)
    return step


@transaction.atomic
def move(*, step, down, by):
    """Change places with the step before or after it."""
    steps = list(steps_held(step.unit).in_order())
    here = next((at for at, each in enumerate(steps) if each.pk == step.pk), None)
    if here is None:
        raise NotNow
    to = min(max(here + (1 if down else -1), 0), len(steps) - 1)
    steps.insert(to, steps.pop(here))
    put_in_place(steps, by)


@transaction.atomic
def remove(*, step, by):
    """It is gone from the page; the log holds what it said."""
    steps = list(steps_held(step.unit).in_order())
    held = next((each for each in steps if each.pk == step.pk), None)
    if held is None:
        raise AlreadySo(f"“{step}” is removed already.")
    changes = {name: [value, None] for name, value in as_it_stands(held, *SAID).items() if value}
    record(by=by, action=Entry.Action.ENDED, what=held, unit=step.unit, changes=changes)
    held.delete()
    put_in_place([each for each in steps if each.pk != step.pk], by)


def put_in_place(steps, by):
    for position, each in enumerate(steps, start=1):
        write(each, by, position=position)


@transaction.atomic
def raise_concern(*, by, key, **when):
    """Put on record that the person raised a concern, once however often it comes; never about whom."""
    raised, is_new = ConcernRaised.objects.get_or_create(by=by, key=key, defaults=when)
    if not is_new:
        raise AlreadySo("It is on record already that you raised this concern.")
    record(by=by, action=Entry.Action.MADE, what=raised, unit=by.organisation)
    return raised
