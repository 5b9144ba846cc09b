"""Taking back what a family said: also out of briefings that are not issued yet."""

from django.db import transaction
from django.db.models import Q

from observations.family import actions as cards
from observations.models import FamilyCard
from practicelens.audit.actions import record
from practicelens.audit.models import Entry
from reports.briefings import sentences
from reports.briefings.borrowed import Borrowings, holds, without
from reports.models import Briefing, Evidence, Finding, PartSave, Recommendation, Section, Sentence

IN_PLACE = "[taken back]"
TEXTS = {
    Briefing: sentences.ANSWERS,
    Section: ("heading", "text"),
    Sentence: ("words", "anew"),
    Finding: ("claim", "text", "sure_because", "looked"),
    Recommendation: ("question", "what", "cost"),
}


@transaction.atomic
def take_back(*, card):
    """What was said is gone from the observation and from every briefing that is not issued.

    Briefings are locked before the observation, as issuing does. What is issued stays as it is, and
    can't be issued again with it.
    """
    passage = FamilyCard.objects.select_related("passage").get(pk=card.pk).passage
    if passage is not None and passage.text:
        for briefing in unissued_with(passage):
            take_out(briefing, passage)
    return cards.take_back(card=card)


def unissued_with(passage):
    """Briefings that are being written with it, locked in one order."""
    told = Q(figures__good_work__contains=[{"passage": passage.pk}])
    tied = Evidence.objects.filter(passage=passage).values("finding__briefing")
    rows = Briefing.objects.filter(Q(pk__in=tied) | told, issued_at=None)
    return list(rows.select_for_update(of=("self",)).order_by("pk"))


def take_out(briefing, passage):
    """A draft again, without the evidence and without any run of its words."""
    briefing.sent_at = briefing.approved_at = briefing.approved_by = None
    good_work = briefing.figures["good_work"]
    gone = [each for each in good_work if each["passage"] == passage.pk]
    briefing.figures["good_work"] = [each for each in good_work if each not in gone]
    briefing.save(update_fields=["sent_at", "approved_at", "approved_by", "figures"])
    leave_lines_out(briefing, passage, gone)
    borrowings = Borrowings([passage])
    for row in [briefing, *rows_of(briefing)]:
        rewrite(row, borrowings)
    Evidence.objects.filter(finding__briefing=briefing, passage=passage).delete()
    record(by=None, action=Entry.Action.CHANGED, what=briefing, unit=briefing.unit)


def rows_of(briefing):
    return [
        *briefing.sections.all(),
        *briefing.findings.all(),
        *briefing.sentences.all(),
        *briefing.recommendations.all(),
    ]


def leave_lines_out(briefing, passage, told):
    """Lines of good work that hold what was told of the passage."""
    section = briefing.sections.filter(key=Section.Key.GOOD_WORK).first()
    if section is None or not told:
        return
    lines = section.text.splitlines()
    left = [line for line in lines if not any(holds(line, each["text"]) for each in told)]
    if left != lines:
        section.text = "\n".join(left)
        section.save(update_fields=["text"])
        PartSave.last_of(briefing, section.key).count_on()


def rewrite(row, borrowings):
    """Put a mark in place of each run of the passage's words in a row."""
    fields = TEXTS[type(row)]
    changed = []
    for name in fields:
        said = getattr(row, name)
        left = said and without(said, borrowings, IN_PLACE)
        if left != said:
            setattr(row, name, left)
            changed.append(name)
    if changed:
        row.save(update_fields=changed)
        if isinstance(row, Section):
            PartSave.last_of(row.briefing, row.key).count_on()
