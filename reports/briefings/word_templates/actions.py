"""A template is put in place of the one before, or removed; the log says by whom."""

from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from practicelens.audit.actions import as_it_stands, changed, record
from practicelens.audit.models import Entry
from practicelens.people.models import Unit
from practicelens.refusals import AlreadySo
from reports.models import WordTemplate

SAID = ("sha256",)


def template_held(unit):
    """The organisation's template or None, held so that of two changes at once one waits."""
    Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    return WordTemplate.objects.filter(unit=unit).first()


@transaction.atomic
def use(*, unit, data, by):
    """Briefings are in this template from now on; those that were downloaded stay as they are."""
    held = template_held(unit)
    template = held or WordTemplate(unit=unit)
    before = as_it_stands(template, *SAID)
    template.file, template.sha256 = data, sha256(data).hexdigest()
    template.uploaded_at = timezone.now()
    if differs := changed(before, template):
        template.save()
        action = Entry.Action.CHANGED if held else Entry.Action.MADE
        record(by=by, action=action, what=template, unit=unit, changes=differs)
    return template


@transaction.atomic
def remove(*, unit, by):
    held = template_held(unit)
    if held is None:
        raise AlreadySo("The Word template is removed already.")
    changes = {name: [value, None] for name, value in as_it_stands(held, *SAID).items()}
    record(by=by, action=Entry.Action.ENDED, what=held, unit=unit, changes=changes)
    held.delete()
