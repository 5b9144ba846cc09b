"""Every change of a CPD note. What is in it is never put on record, only that it was changed."""

from django.db import transaction
from django.utils import timezone

from observations.models import CpdNote
from observations.models.cpd import TEXTS
from practicelens.audit.actions import record
from practicelens.audit.models import Entry
from practicelens.people import two_windows
from practicelens.people.two_windows import UNREAD
from practicelens.refusals import NotNow

LONGEST_KEPT = CpdNote._meta.get_field("stays").base_field.max_length


@transaction.atomic
def save(*, key, by, base, **said):
    """Save a CPD note of `by`, made once for a key. A newer save of another window raises Meanwhile."""
    defaults = {"writer": by, **said}
    note, is_new = CpdNote.objects.get_or_create(key=key, defaults=defaults)
    if note.writer_id != by.pk:
        raise NotNow
    is_changed = any(getattr(note, name) != value for name, value in said.items())
    if is_new or is_changed:
        two_windows.count_on(note, UNREAD.in_window(str(base.window)) if is_new else base)
        for name, value in said.items():
            setattr(note, name, value)
        note.changed_at = timezone.now()
        note.save()
    if is_new:
        record(by=by, action=Entry.Action.MADE, what=note, unit=by.organisation)
    return note


@transaction.atomic
def replace(*, note, by, words, word):
    """Write another word wherever these words are."""
    note = held(note, by)
    for name in TEXTS:
        setattr(note, name, getattr(note, name).replace(words, word))
    count(note)


@transaction.atomic
def let_stay(*, note, by, words):
    """The writer says that these words name nobody who could be harmed by it."""
    note = held(note, by)
    if words[:LONGEST_KEPT] not in note.stays:
        note.stays.append(words[:LONGEST_KEPT])
        count(note)


@transaction.atomic
def erase(*, note, by):
    """Gone for good: nothing of it stays but that there was one."""
    note = held(note, by)
    record(by=by, action=Entry.Action.ENDED, what=note, unit=by.organisation)
    note.delete()


def held(note, by):
    found = CpdNote.objects.visible_to(by).select_for_update().filter(pk=note.pk).first()
    if found is None:
        raise NotNow("This CPD note is erased.")
    return found


def count(note):
    """One more save, by no window: a page that was read before does not overwrite it unseen."""
    note.revision += 1
    note.changed_at = timezone.now()
    note.save()
