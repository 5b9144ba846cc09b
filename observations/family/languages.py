"""The languages of an organisation's family cards: added, translated, taken out."""

from django.db import transaction

from observations.models import FamilyCardLanguage
from practicelens.audit.actions import record
from practicelens.audit.models import Entry


@transaction.atomic
def add(*, unit, by, name, tag):
    language = FamilyCardLanguage.objects.create(unit=unit, name=name, tag=tag)
    record(
        by=by,
        action=Entry.Action.MADE,
        what=language,
        unit=unit,
        changes={"name": [None, name], "tag": [None, tag]},
    )
    return language


@transaction.atomic
def translate(*, language, by, said):
    """Keep {English: its translation}; what is not there any more goes."""
    held = FamilyCardLanguage.objects.select_for_update(of=("self",)).get(pk=language.pk)
    before = {text.first: text.second for text in held.texts.all()}
    if before == said:
        return
    held.texts.all().delete()
    for first, second in said.items():
        held.texts.create(first=first, second=second)
    changed = {
        first[:60]: [before.get(first), said.get(first)]
        for first in {*before, *said}
        if before.get(first) != said.get(first)
    }
    record(by=by, action=Entry.Action.CHANGED, what=held, unit=held.unit, changes=changed)


@transaction.atomic
def remove(*, language, by):
    """No card can be read in it any more; those that open in it open in English."""
    held = FamilyCardLanguage.objects.select_for_update(of=("self",)).get(pk=language.pk)
    changes = {"name": [held.name, None], "tag": [held.tag, None]}
    record(by=by, action=Entry.Action.ENDED, what=held, unit=held.unit, changes=changes)
    held.delete()
