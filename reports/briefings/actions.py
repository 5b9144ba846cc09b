"""What happens to a briefing and to what it asks: sent, approved, issued, decided, done.

Who may do it is asked by the views; what must be true first is held here.
"""

import json
from contextlib import contextmanager

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from observations.notes.actions import mark_quoted
from practicelens.audit.actions import record
from practicelens.audit.models import Entry
from practicelens.refusals import AlreadySo, NotNow
from reports.briefings import (
    build_content,
    check_content,
    fingerprint,
    quotations_in,
    sentences,
    what_stops,
)
from reports.briefings.checking import told_no_longer, without_glyph
from reports.briefings.mails import approval_waits, approved, decided, is_out
from reports.briefings.recommendations import decided_of, same_ask
from reports.briefings.return_visits import actions as return_visits
from reports.models import (
    Briefing,
    Decision,
    Evidence,
    Finding,
    Recommendation,
    Scene,
    Section,
    ToldGroup,
)

LOCK = 0x746F6C64  # the advisory locks of this module, one an organisation


class NotReady(NotNow):
    """Something stops approval; `left` says what, as [(words, url)]."""

    def __init__(self, left):
        count = "One thing stops" if len(left) == 1 else f"{len(left)} things stop"
        super().__init__(f"{count} approval: {'; '.join(words for words, _ in left)}.")
        self.left = left


class NeedsAnother(Exception):
    """Who wrote some of it may not approve it: there is a practice leader who did not."""


@contextmanager
def held_draft(briefing):
    """The row of a draft, locked until the block ends; refused once it is sent or approved."""
    with locked_briefing(briefing) as held:
        if held.sent_at or held.approved_at:
            raise NotNow
        yield held


def wrote(*, briefing, by):
    """Someone changed a draft that they hold: they are one of its writers from here on."""
    briefing.changed_at = timezone.now()
    briefing.written_by = briefing.written_by or by
    briefing.save(update_fields=["changed_at", "written_by"])
    briefing.writers.add(by)


def send_for_approval(*, briefing, by, at=None):
    """Close the draft for writing until it is approved or taken back."""
    with locked_briefing(briefing) as held:
        if held.sent_at or held.approved_at:
            raise AlreadySo("It was sent before.")
        refuse_what_is_left(held)
        if held.written_by is None:
            wrote(briefing=held, by=by)
        held.sent_at = at or timezone.now()
        held.save(update_fields=["sent_at"])
        record(by=by, action=Entry.Action.SUBMITTED, what=held, unit=held.unit)
        approval_waits(held, by=by)
    return held


def take_back(*, briefing, by):
    """A draft again, for everybody who writes it; an approval is undone with it."""
    with locked_briefing(briefing) as held:
        if not held.sent_at:
            raise AlreadySo("It is a draft already.")
        if held.is_issued:
            raise NotNow("It is issued, so it can’t be taken back.")
        held.sent_at = held.approved_at = held.approved_by = None
        held.save(update_fields=["sent_at", "approved_at", "approved_by"])
        record(by=by, action=Entry.Action.CHANGED, what=held, unit=held.unit)
    return held


def approve(*, briefing, by, at=None):
    """Someone who wrote none of it approves it; a writer only where there is nobody else."""
    with locked_briefing(briefing) as held:
        if held.approved_at:
            raise AlreadySo("It is approved already.")
        if not held.sent_at:
            raise NotNow("It can’t be approved: it is a draft.")
        if not held.can_be_approved_by(by):
            raise NeedsAnother
        refuse_what_is_left(held)
        held.approved_at, held.approved_by = at or timezone.now(), by
        held.save(update_fields=["approved_at", "approved_by"])
        record(by=by, action=Entry.Action.APPROVED, what=held, unit=held.unit)
        approved(held, by=by)
    return held


def issue(*, briefing, by, at=None):
    """Freeze it: from here on neither its words nor its figures can change."""
    with locked_briefing(briefing) as held:
        # Two issues of an organisation at once could each be safe alone, and not beside the other.
        hold_telling(held.unit)
        if held.is_issued:
            raise AlreadySo("It is issued already.")
        if not held.approved_at:
            raise NotNow("Only an approved briefing can be issued.")
        if not held.can_be_issued_by(by):
            raise NeedsAnother
        at = at or timezone.now()
        quoted = {each.passage.observation_id for each in quotations_in(held)}
        mark_quoted(observations=quoted, at=at)
        # What was put forward may have been withdrawn, or replied to, since it was approved.
        refuse_what_is_left(held)
        content = build_content(held, issued_on=held.unit.day_of(at))
        check_content(content)
        held.issued_at, held.issued_by = at, by
        held.content, held.sha256 = content, fingerprint(content)
        held.save(update_fields=["issued_at", "issued_by", "content", "sha256"])
        keep_decisions(held)
        record(by=by, action=Entry.Action.ISSUED, what=held, unit=held.unit)
        is_out(held, by=by)
    return held


def keep_decisions(later):
    """What was decided of an issue stays decided of the one that takes its place."""
    for decision in decided_of(later.supersedes):
        asked = same_ask(later, decision.recommendation)
        Decision.objects.filter(pk=decision.pk).update(recommendation=asked)


def reissue(*, briefing, by):
    """A new draft of the same issue that will supersede this one, with all that it says."""
    with locked_briefing(briefing) as held:
        if hasattr(held, "superseded_by"):
            raise AlreadySo("There is a later version already.", leads_to=held.superseded_by)
        if not held.is_issued:
            raise NotNow("It was never issued, so it can be changed as it is.")
        later = copy_of(held, by)
        ToldGroup.objects.keep(later, list(held.told_groups.order_by("pk")))
        copy_sections(held, later)
        sentences.copy(held, later, copy_findings(held, later))
        copy_recommendations(held, later)
        record(by=by, action=Entry.Action.MADE, what=later, unit=later.unit)
    return later


def decide_recommendation(*, recommendation, by, answer, reason, act_by=None, at=None):
    """The owner's answer to a recommendation. No is an answer."""
    with transaction.atomic():
        held = (
            Recommendation.objects.select_for_update(of=["self"])
            .select_related("briefing")
            .get(pk=recommendation.pk)
        )
        if Decision.objects.filter(recommendation=held).exists():
            raise AlreadySo("It was decided before.")
        if is_moved_on(held):
            raise NotNow("It is not asked any more, or asked again in a later version.")
        decision = Decision(
            recommendation=held,
            answer=answer,
            reason=reason,
            act_by=act_by,
            by=by,
            decided_at=at or timezone.now(),
        )
        if not decision.promises:
            decision.act_by = None
        decision.save()
        if decision.promises:
            return_visits.make(decision=decision, by=by)
        record(by=by, action=Entry.Action.DECIDED, what=decision, unit=held.briefing.unit)
        decided(held, by=by)
    return decision


@transaction.atomic
def mark_done(*, decision, by, done_on, became):
    """What was promised has happened, and what became of it."""
    decision = Decision.objects.select_for_update(of=["self"]).get(pk=decision.pk)
    if decision.done_on:
        raise AlreadySo("It is marked as done already.")
    if not decision.promises:
        raise NotNow("Nothing was promised, so there is nothing to mark.")
    decision.done_on, decision.became = done_on, became
    decision.save(update_fields=["done_on", "became"])
    unit = decision.recommendation.briefing.unit
    record(by=by, action=Entry.Action.CHANGED, what=decision, unit=unit)
    return decision


@contextmanager
def locked_briefing(briefing):
    """A briefing's row, locked until the block ends, so that two people can't both be first."""
    with transaction.atomic():
        rows = Briefing.objects.select_for_update(of=["self"])
        yield rows.select_related("unit", "supersedes").get(pk=briefing.pk)


def hold_telling(unit):
    """One issue at a time in an organisation, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, unit.organisation_id])


def refuse_what_is_left(briefing):
    left = what_stops(briefing) or told_no_longer(briefing) or unprintable_elsewhere(briefing)
    if left:
        raise NotReady(left)


def unprintable_elsewhere(briefing):
    """What no font has in words that are written elsewhere: the name of a team, a theme, a person."""
    everything = json.dumps(build_content(briefing), ensure_ascii=False)
    return without_glyph("The paper", everything, reverse("reports:preview", args=[briefing.key]))


def is_moved_on(recommendation):
    """Not issued, or asked again in a later issue of the same paper."""
    return not Recommendation.objects.issued().filter(pk=recommendation.pk).exists()


def copy_of(briefing, by):
    """With its writers: what they wrote is in the new one too."""
    later = Briefing.objects.create(
        unit=briefing.unit,
        month=briefing.month,
        issue=briefing.issue,
        version=briefing.version + 1,
        supersedes=briefing,
        figures=briefing.figures,
        gathered_at=briefing.gathered_at,
        written_by=by,
        **{name: getattr(briefing, name) for name in sentences.ANSWERS},
    )
    later.writers.set([by, *briefing.writers.all()])
    return later


def copy_sections(briefing, later):
    Section.objects.bulk_create(
        Section(briefing=later, key=each.key, heading=each.heading, text=each.text)
        for each in briefing.sections.all()
    )
    for each in Scene.objects.filter(briefing=briefing):
        Scene.objects.create(briefing=later, text=each.text, altered=each.altered, asked=each.asked)


def copy_findings(briefing, later):
    """{the key of a finding: that of its copy}"""
    subjects, copies = {}, {}
    for finding in briefing.findings.standing().prefetch_related("evidence"):
        copied = Finding.objects.create(
            briefing=later,
            **{
                name: getattr(finding, name)
                for name in ("section", "position", "claim", "text", "sure", "sure_because")
            },
            looked=finding.looked,
        )
        copies[finding.pk] = copied.pk
        Evidence.objects.bulk_create(
            Evidence(
                finding=copied,
                passage_id=each.passage_id,
                side=each.side,
                start=each.start,
                end=each.end,
                is_quoted=each.is_quoted,
            )
            for each in finding.evidence.all()
        )
        if (subject := briefing.figures["subjects"].get(str(finding.pk))) is not None:
            subjects[str(copied.pk)] = subject
    later.figures = {**later.figures, "subjects": subjects}
    later.save(update_fields=["figures"])
    return copies


def copy_recommendations(briefing, later):
    Recommendation.objects.bulk_create(
        Recommendation(
            briefing=later,
            number=each.number,
            question=each.question,
            what=each.what,
            cost=each.cost,
            equality=each.equality,
            owner_id=each.owner_id,
            due_on=each.due_on,
        )
        for each in briefing.recommendations.all()
    )
