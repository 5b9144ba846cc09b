"""Releasing a quotation, withdrawing that, leaving one out: the only way of words to leaders."""

from django.db import transaction
from django.utils import timezone

from observations.models import Passage
from observations.redaction.finding import people_known, places_known
from practicelens.audit.actions import record
from practicelens.audit.models import Entry
from reports.briefings.borrowed import holds
from reports.briefings.looking import ReleaseCheck
from reports.briefings.wording import pieces_of_good_work
from reports.models import PartSave, Release, Section


class NotReleased(Exception):
    """What is in the way, as [(code of a tick or "", words)]."""

    def __init__(self, left):
        super().__init__("; ".join(words for _, words in left))
        self.left = left


@transaction.atomic
def release(*, quotation, by, ticked, nobody_could_tell=False, at=None):
    """Release words to leaders: a person has looked at everything that is left in them.

    `ticked` has the codes of what was looked at; `nobody_could_tell` answers what is asked of a
    small team. Safe to do twice.
    """
    passage = hold(quotation)
    check = ReleaseCheck(quotation, people_known(), places_known())
    if left := what_is_left(check, ticked, nobody_could_tell):
        raise NotReleased(left)
    standing = Release.objects.filter(
        passage=passage, start=quotation.start, end=quotation.end, withdrawn_at=None
    )
    answers = {"original_answer": quotation.answer, "answer": check.answer}
    if same := standing.holding().filter(words=check.words, **answers).first():
        return same
    at = at or timezone.now()
    standing.update(withdrawn_at=at)
    made = Release.objects.create(
        passage=passage,
        start=quotation.start,
        end=quotation.end,
        original=quotation.original,
        words=check.words,
        **answers,
        looked_at=[{"words": tick.words, "why": tick.why} for tick in check.ticks],
        small_team=check.small_team,
        released_by=by,
        released_at=at,
    )
    record(by=by, action=Entry.Action.RELEASED, what=made, unit=passage.observation.unit)
    return made


def hold(quotation):
    """The passage, locked, so that it says the same until the words are released."""
    rows = Passage.objects.select_for_update(of=["self"]).with_answers()
    held = rows.get(pk=quotation.passage.pk)
    may_be_quoted = Passage.objects.quotable().filter(pk=held.pk).exists()
    is_same = held.text[quotation.start : quotation.end] == quotation.original
    if not (is_same and held.answer == quotation.answer and may_be_quoted):
        raise NotReleased([("", "The observation has changed, or can no longer be quoted")])
    return held


def what_is_left(check, ticked, nobody_could_tell):
    """[(code of a tick or "", words)] of what stops it from being released."""
    if check.cannot_go:
        return [("", check.cannot_go)]
    left = [
        (tick.code, f"Tick “{tick.words}” once you have looked at it")
        for tick in check.ticks
        if tick.code not in ticked
    ]
    if check.small_team is not None and not nobody_could_tell:
        left.append(("", "Say whether someone in this small team could tell who it is about"))
    return left


@transaction.atomic
def withdraw_release(*, release, by):
    """No longer released: a briefing that is being written with it stops until it is looked at."""
    held = Release.objects.select_for_update(of=["self"]).get(pk=release.pk)
    if held.withdrawn_at is None:
        held.withdrawn_at = timezone.now()
        held.save(update_fields=["withdrawn_at"])
        record(by=by, action=Entry.Action.WITHDREW, what=held, unit=held.passage.observation.unit)
    return held


@transaction.atomic
def leave_out(*, quotation, briefing):
    """The briefing goes without it: quoted no longer, or its line of good work taken out."""
    if quotation.evidence:
        quotation.evidence.is_quoted = False
        quotation.evidence.save(update_fields=["is_quoted"])
        return
    section = briefing.sections.select_for_update().get(key=Section.Key.GOOD_WORK)
    lines = section.text.splitlines()
    section.text = "\n".join(line for line in lines if not holds(line, quotation.original))
    kept = pieces_of_good_work(len(section.text.splitlines()))
    if section.heading == pieces_of_good_work(len(lines)):
        section.heading = kept
    section.save(update_fields=["text", "heading"])
    briefing.sentences.filter(place="good_work.heading").update(words=kept)
    PartSave.last_of(briefing, section.key).count_on()
