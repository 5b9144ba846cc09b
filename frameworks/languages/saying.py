"""What a version says in a second language: chosen, said text by text, deleted and put back.

It may change while the version is in use, with author and time; once that is retired it may not.
"""

from typing import NamedTuple

from django.db import transaction

from frameworks import history
from frameworks.languages.texts import key_of
from frameworks.likeness import LIKE_ENOUGH, counted_words, in_common
from frameworks.models import Change, SecondLanguage, SecondWording

KINDS = [model._meta.verbose_name for model in (SecondLanguage, SecondWording)]


class Closed(Exception):
    """The version is retired, so what it says stays."""


class Taken(Exception):
    """Something else is now where a deleted row would be put back."""


class Said(NamedTuple):
    """What a person typed for a text, and the fingerprint of what they had read there."""

    first: str
    second: str
    read: str


def language_of(version):
    return SecondLanguage.objects.filter(version=version).first()


def is_closed(version):
    return version.state == "Retired"


def refuse_if_closed(version):
    if is_closed(version):
        raise Closed


@transaction.atomic
def choose(*, form, base, version, by):
    """Save a valid form of the second language, or give the version its first one."""
    refuse_if_closed(version)
    if form.instance.pk:
        return history.save(form=form, base=base, part_of=version, by=by)
    history.locked_row(version)  # two who choose at once come one after the other
    if held := language_of(version):
        raise history.Meanwhile(held, history.last_change(held))
    return history.add(row=form.save(commit=False), part_of=version, by=by)


@transaction.atomic
def say(*, language, said, by):
    """Save what was typed for some texts; returns (how many were changed, {first: Meanwhile}).

    A text that was left as it was read is left. What someone else has said of one since stays.
    """
    refuse_if_closed(language.version)
    history.locked_row(language)
    rows = {
        row.first: row for row in language.wordings.filter(first__in=[each.first for each in said])
    }
    changed, meanwhile = 0, {}
    for each in said:
        row = rows.get(each.first)
        now = row.second if row else ""
        if each.second == now or key_of(each.second) == each.read:
            continue
        if key_of(now) != each.read:
            meanwhile[each.first] = history.Meanwhile(row, last_change(language, each.first))
            continue
        row = row or SecondWording(language=language, first=each.first)
        row.language = language
        say_one(row, each.second, by)
        changed += 1
    return changed, meanwhile


def say_one(row, second, by):
    """Save one text's words. Words that were emptied stay readable in the history."""
    version, before = row.language.version, row.second
    row.second = second
    if not row.pk:
        history.add(row=row, part_of=version, by=by)
        return
    told = {"before": {"said": before}, "after": {"said": second}}
    history.write_down(Change.Verb.CHANGED, row, version, by, **told)
    if not second:
        row.delete()
        return
    row.revision += 1
    row.save(update_fields=["second", "revision"])


def last_change(language, first):
    """Who last said something of a text, or took it away."""
    named = str(SecondWording(language=language, first=first))
    changes = history.history_of(language.version)
    return changes.filter(what=SecondWording._meta.verbose_name, named=named).first()


@transaction.atomic
def delete(*, row, version, by):
    """Delete a version's second language, or words left over; the Change puts them back."""
    refuse_if_closed(version)
    return history.delete(row=row, part_of=version, by=by)


def last_deletion(version):
    """What was deleted, if that was the last that was done to the words and was not undone."""
    change = history.history_of(version).filter(what__in=KINDS).first()
    is_direct = change and change.verb == Change.Verb.DELETED and not change.undone_at
    return change if is_direct else None


@transaction.atomic
def restore(*, change, version, by):
    """Put back what was deleted; None if it is back already."""
    refuse_if_closed(version)
    history.locked_row(version)
    fields = change.before["rows"][0]["fields"]
    language = language_of(version)
    if "language" not in fields:
        taken = language is not None
    else:
        taken = language is None or language.pk != fields["language"]
        taken = taken or language.wordings.filter(first=fields["first"]).exists()
    change.refresh_from_db()
    if taken and not change.undone_at:
        raise Taken
    return history.restore(change=change, part_of=version, by=by)


def copy(*, earlier, later):
    """Give a new draft what the version says that it was copied from."""
    language = language_of(earlier)
    if language is None:
        return
    copied = SecondLanguage.objects.create(version=later, tag=language.tag, name=language.name)
    SecondWording.objects.bulk_create(
        SecondWording(language=copied, first=first, second=second)
        for first, second in language.wordings.order_by("pk").values_list("first", "second")
    )


def alike(wanted, left_over):
    """{text: row}: words left over, each offered to the text that is most like the one it was of.

    `wanted` is the texts that have no words.
    """
    counted = {text: counted_words(text) for text in wanted}
    found = {}
    for row in left_over:
        was = counted_words(row.first)
        likeness, text = max(
            ((in_common(each, was), text) for text, each in counted.items()), default=(0, "")
        )
        if likeness >= LIKE_ENOUGH and likeness > found.get(text, (0, None))[0]:
            found[text] = (likeness, row)
    return {text: row for text, (_, row) in found.items()}
