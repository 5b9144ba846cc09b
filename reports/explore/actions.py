"""Saved views: made, renamed and removed by whoever they are of."""

from django.db import IntegrityError, transaction

from practicelens.audit.actions import changed, record
from practicelens.audit.models import Entry
from practicelens.refusals import AlreadySo, NotNow
from reports.models import SavedView

THERE = "You have a saved view of this name already."
GONE = "It is removed already."


@transaction.atomic
def save_view(*, by, name, page, query):
    """One more; the same one twice is one."""
    given = {"page": page, "query": query}
    same = SavedView.objects.filter(by=by, name__iexact=name).first()
    if same:
        is_same = (same.page, same.query) == (page, query)
        raise (AlreadySo if is_same else NotNow)(THERE)
    try:
        with transaction.atomic():
            made = SavedView.objects.create(by=by, name=name, **given)
    except IntegrityError as error:
        raise AlreadySo(THERE) from error
    record(by=by, action=Entry.Action.MADE, what=made, unit=by.organisation)
    return made


@transaction.atomic
def rename_view(*, saved, by, name):
    row = SavedView.objects.select_for_update().filter(pk=saved.pk).first()
    if row is None:
        raise AlreadySo(GONE)
    if SavedView.objects.filter(by=by, name__iexact=name).exclude(pk=row.pk).exists():
        raise NotNow(THERE)
    before = {"name": row.name}
    row.name = name
    changes = changed(before, row)
    if changes:
        row.save(update_fields=["name"])
        record(by=by, action=Entry.Action.CHANGED, what=row, unit=by.organisation)
    return row


@transaction.atomic
def remove_view(*, saved, by):
    row = SavedView.objects.select_for_update().filter(pk=saved.pk).first()
    if row is None:
        raise AlreadySo(GONE)
    record(by=by, action=Entry.Action.ENDED, what=row, unit=by.organisation)
    row.delete()
