"""Writing a draft: its words, findings, evidence and recommendations, under its lock and on record."""

from contextlib import contextmanager

from django.db.models import Max
from django.utils import timezone

from practicelens.audit.actions import record, record_writing
from practicelens.audit.models import Entry
from practicelens.people import two_windows
from practicelens.refusals import NotNow
from reports.briefings import actions, sentences
from reports.models import Evidence


@contextmanager
def being_written(briefing, by):
    """The draft, locked until the block ends; whoever changes it is one of its writers."""
    with actions.held_draft(briefing) as held:
        yield held
        actions.wrote(briefing=held, by=by)


def changed(what, briefing, by):
    record(by=by, action=Entry.Action.CHANGED, what=what, unit=briefing.unit)


def standing_finding(briefing, pk):
    found = briefing.findings.standing().filter(pk=pk).first()
    if found is None:
        raise NotNow
    return found


def save_words(*, briefing, make_form, base, by):
    """Save a form of words that was read at `base`; returns it, and what someone else wrote since.

    `make_form` makes the form on the draft as it is now, under its lock. Nothing is saved where it
    has a fault or another window saved the same words. A page that saves by itself is one line an
    hour in the log.
    """
    with actions.held_draft(briefing) as held:
        form = make_form(held)
        is_valid = form.is_valid()
        theirs = form.theirs() if two_windows.clashes(form.saves, base) else []
        if is_valid and not theirs:
            before = sentences.words_at(held)
            form.save(base)
            settle_changed(held, before)
            actions.wrote(briefing=held, by=by)
            record_writing(by=by, what=form.instance, unit=held.unit)
    return held, form, theirs


def settle_changed(briefing, before):
    """What a person has changed is theirs: what a rule would say in its place is looked at."""
    now = sentences.words_at(briefing)
    changed = {place for place, words in now.items() if words != before.get(place)}
    sentences.settle(briefing, None, changed)


def take_words(*, briefing, part, seen, by):
    """A person says that a rule's words in a part are theirs; refused where they read others."""
    with being_written(briefing, by) as held:
        found = sentences.to_take(held, part)
        if seen != sentences.stamp_of(found):
            raise NotNow("The words have changed since you read them. Read them again.")
        sentences.take(held, part, by)
        sentences.settle(held, part)
        changed(held, held, by)


def add_finding(*, briefing, claim, section, subject, by):
    """A finding at the end; `subject` says what its passages are looked for by."""
    with being_written(briefing, by) as held:
        last = held.findings.aggregate(last=Max("position"))["last"] or 0
        made = held.findings.create(claim=claim, section=section, position=last + 1)
        held.figures["subjects"][str(made.pk)] = subject
        held.save(update_fields=["figures"])
        record(by=by, action=Entry.Action.MADE, what=made, unit=held.unit)
    return made


def drop_finding(*, briefing, pk, by):
    """Out of the briefing; its evidence stays with it, so that it can come back."""
    with being_written(briefing, by) as held:
        found = standing_finding(held, pk)
        found.dropped_at = timezone.now()
        found.save(update_fields=["dropped_at"])
        changed(found, held, by)


def undo_drop(*, briefing, pk, by):
    with being_written(briefing, by) as held:
        found = held.findings.filter(pk=pk, dropped_at__isnull=False).first()
        if found is None:
            raise NotNow
        found.dropped_at = None
        found.save(update_fields=["dropped_at"])
        changed(found, held, by)


def add_evidence(*, briefing, finding, passage, side, quote, by):
    """Add a passage to one side of a finding; `quote` is where the quoted words start and end."""
    start, end = quote
    place = {"side": side, "start": start, "end": end}
    with being_written(briefing, by) as held:
        found = standing_finding(held, finding.pk)
        row, _ = Evidence.objects.update_or_create(finding=found, passage=passage, defaults=place)
        changed(row, held, by)


def held_evidence(briefing, finding, pk):
    row = standing_finding(briefing, finding).evidence.filter(pk=pk).first()
    if row is None:
        raise NotNow
    return row


def take_out(*, briefing, finding, evidence, by):
    """A passage is no longer evidence for the finding."""
    with being_written(briefing, by) as held:
        row = held_evidence(held, finding, evidence)
        changed(row, held, by)
        row.delete()


def quote(*, briefing, finding, evidence, is_quoted, by):
    """Whether leaders are to read the words of this evidence."""
    with being_written(briefing, by) as held:
        row = held_evidence(held, finding, evidence)
        row.is_quoted = is_quoted
        row.save(update_fields=["is_quoted"])
        changed(row, held, by)


def put_aside(*, briefing, finding, passage, by):
    """A passage that was suggested as a counter-example is none: it is not suggested again."""
    with being_written(briefing, by) as held:
        found = standing_finding(held, finding)
        subject = held.figures["subjects"].get(str(found.pk))
        if subject is None:
            return
        subject["not"] = sorted({*subject.get("not", []), passage})
        held.save(update_fields=["figures"])
        changed(found, held, by)


def save_recommendation(*, briefing, form, by):
    """A recommendation as its form has it; a new one comes last, and so does one that was removed."""
    with being_written(briefing, by) as held:
        recommendation = form.instance
        is_new = not held.recommendations.filter(pk=recommendation.pk).exists()
        if is_new:
            recommendation.pk, recommendation.revision = None, 0
            last = held.recommendations.aggregate(last=Max("number"))["last"] or 0
            recommendation.number = last + 1
        elif form.has_changed():
            recommendation.number = two_windows.count_on(recommendation, form.base).number
        saved = form.save()
        action = Entry.Action.MADE if is_new else Entry.Action.CHANGED
        record(by=by, action=action, what=saved, unit=held.unit)


def remove_recommendation(*, briefing, pk, by):
    """Take a recommendation out, and number the others anew."""
    with being_written(briefing, by) as held:
        found = held.recommendations.filter(pk=pk).first()
        if found is None:
            raise NotNow
        changed(found, held, by)
        found.delete()
        for number, each in enumerate(held.recommendations.order_by("number"), start=1):
            each.number = number
            each.save(update_fields=["number"])
