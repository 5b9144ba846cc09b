"""Every change of the lists that a unit keeps, and of what comes first in the form.

No entry is deleted: observations hold its code.
"""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from frameworks.codes import code_from
from frameworks.lists.shipped import by_code
from frameworks.models.lists import FirstFor, ListEntry, ListOf
from practicelens.audit.actions import as_it_stands, changed, record
from practicelens.audit.models import Entry
from practicelens.people.models import Unit
from practicelens.refusals import AlreadySo, NotNow

LONGEST_CODE = 17  # of the twenty characters there are, leaving some for a number
STANDS = ("label", "position", "is_retired")


def locked(unit):
    """The unit's entries, held so that two changes at once do not take the same place."""
    Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    return ListEntry.objects.filter(unit=unit)


@transaction.atomic
def begin(*, unit, shipped, by):
    """Give a unit lists of its own, as they are shipped; what it had beside them is retired."""
    there = {(entry.of, entry.code): entry for entry in locked(unit)}
    for of in ListOf:
        wanted = shipped.of(of)
        for entry in [row for key, row in there.items() if key[0] == of]:
            # Out of the way of a label that is wanted; it comes back below if it is.
            write(entry, by, is_retired=True)
        for position, listed in enumerate(wanted, start=1):
            entry = there.get((of, listed.code)) or new(unit, of, listed.code, listed.about)
            write(entry, by, label=listed.label, position=position, is_retired=False)


def new(unit, of, code, about):
    return ListEntry(unit=unit, of=of, code=code, about=about)


def write(entry, by, *, is_retired=None, **fields):
    """Save what changes of an entry, and put it on record."""
    is_new = entry.pk is None
    before = {} if is_new else as_it_stands(entry, *STANDS)
    for name, value in fields.items():
        setattr(entry, name, value)
    if is_retired is not None and (is_new or is_retired != entry.is_retired):
        entry.retired_at = timezone.now() if is_retired else None
    differs = {"label": [None, entry.label]} if is_new else changed(before, entry)
    if not differs:
        return entry
    entry.save()
    action = Entry.Action.MADE if is_new else Entry.Action.CHANGED
    record(by=by, action=action, what=entry, unit=entry.unit, changes=differs)
    return entry


@transaction.atomic
def add(*, unit, of, label, about, by):
    """One more entry, at the end of its list."""
    of_the_list = locked(unit).filter(of=of)
    refuse_label(of_the_list, label)
    taken = set(
        ListEntry.objects.filter(unit__organisation=unit.top).values_list("code", flat=True)
    )
    code = code_from(label, taken | shipped_codes(), otherwise="entry", longest=LONGEST_CODE)
    last = of_the_list.aggregate(last=Max("position"))["last"] or 0
    return write(new(unit, of, code, about), by, label=label, position=last + 1)


def shipped_codes():
    """No entry of one's own takes a code that means something else elsewhere."""
    return {code for _, code in by_code()}


def refuse_label(entries, label, besides=None):
    same = entries.active().filter(label__iexact=label)
    if same.exclude(pk=besides and besides.pk).exists():
        raise NotNow(f"The list has “{label}” already.")


@transaction.atomic
def rename(*, entry, label, by):
    """From here on it is offered by this label. What was recorded keeps the one that it had."""
    entries = locked(entry.unit).filter(of=entry.of)
    held = entries.get(pk=entry.pk)
    if not held.is_retired:
        refuse_label(entries, label, besides=held)
    return write(held, by, label=label)


@transaction.atomic
def move(*, entry, down, by):
    """Change places with the entry that is offered before or after it."""
    offered = list(locked(entry.unit).filter(of=entry.of).active().order_by("position", "pk"))
    here = next((at for at, each in enumerate(offered) if each.pk == entry.pk), None)
    if here is None:
        raise NotNow
    to = min(max(here + (1 if down else -1), 0), len(offered) - 1)
    offered.insert(to, offered.pop(here))
    for position, each in enumerate(offered, start=1):
        write(each, by, position=position)


@transaction.atomic
def retire(*, entry, by):
    """It is no longer offered. What was recorded with it is shown, and found by it, as before."""
    entries = locked(entry.unit).filter(of=entry.of)
    held = entries.get(pk=entry.pk)
    if held.is_retired:
        raise AlreadySo(f"“{held}” is retired already.")
    if entries.active().count() == 1:
        raise NotNow("A list needs one entry at least. Add another before you retire this one.")
    return write(held, by, is_retired=True)


@transaction.atomic
def bring_back(*, entry, by):
    """It is offered again, at the end of its list."""
    entries = locked(entry.unit).filter(of=entry.of)
    held = entries.get(pk=entry.pk)
    if not held.is_retired:
        raise AlreadySo(f"“{held}” is offered already.")
    refuse_label(entries, held.label)
    last = entries.aggregate(last=Max("position"))["last"]
    return write(held, by, position=last + 1, is_retired=False)


@transaction.atomic
def put_first(*, version, about, criteria, by):
    """These criteria come first from here on, for work that is about this, and no others."""
    FirstFor.objects.filter(criterion__version=version, about=about).delete()
    FirstFor.objects.bulk_create(FirstFor(criterion=each, about=about) for each in criteria)
    codes = ", ".join(each.code for each in criteria)
    changes = {f"first for {about}": [None, codes]}
    record(
        by=by,
        action=Entry.Action.CHANGED,
        what=version,
        unit=version.framework.unit,
        changes=changes,
    )
