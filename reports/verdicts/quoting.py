"""Words that leaders were told before and that bear on a verdict file: it releases none of its own."""

from dataclasses import dataclass

from observations.models import Rating
from practicelens.people.models import Unit
from reports.briefings.beside import Beside
from reports.briefings.content import paragraphs
from reports.briefings.quotations import Released
from reports.models import Briefing, Evidence
from reports.telling.planning import EVERYTHING
from reports.verdicts.subject import Subject

MOST = 12  # that are offered, the newest first


@dataclass(frozen=True)
class Offer:
    """A released quotation of an issued briefing, and on which side it is."""

    release: object
    passage: object
    is_for: bool
    how: str

    @property
    def content(self):
        """As page and paper show it: never whose it is."""
        answer = paragraphs(self.release.answer)
        return {
            "text": self.release.words.strip(),
            "how": self.how,
            **({"answer": answer} if answer else {}),
        }


def offers(verdict):
    """What issued briefings of the unit, or below it, quoted of passages that its marks rest on.

    Whoever reads a paper of a unit reads those of all units below it, so nobody is told anything new.
    """
    whole = verdict.told_groups.filter(name=EVERYTHING).first()
    if whole is None:
        return []
    subject = Subject(verdict)
    rows = quoted_evidence(verdict, subject, whole.notes)
    released = Released(list({row.passage_id: row.passage for row in rows}.values()))
    upper, beside = upper_passages(subject, whole.notes), Beside(verdict)
    found = {}
    for row in rows:
        release = released.of(row.passage_id, row.start, row.end)
        if release and release.pk not in found:
            how = beside.words(row.passage)
            found[release.pk] = Offer(release, row.passage, row.passage_id in upper, how)
    return list(found.values())[:MOST]


def quoted_evidence(verdict, subject, observations):
    rows = Evidence.objects.filter(
        is_quoted=True,
        finding__dropped_at=None,
        finding__briefing__in=Briefing.objects.standing(),
        finding__briefing__unit__in=Unit.objects.below(verdict.unit),
        passage__observation__in=observations,
        passage__ratings__criterion__in=subject.wordings,
    )
    passages = ("passage__observation__unit", "passage__observation__reply")
    return list(
        rows.select_related(*passages)
        .prefetch_related("passage__observation__reply__parts")
        .distinct()
        .order_by("-finding__briefing__issued_at", "pk")
    )


def upper_passages(subject, observations):
    """The passages that a mark in the upper half of the levels rests on."""
    upper = subject.ratings(observations).filter(
        outcome=Rating.Outcome.LEVEL, level__in=subject.upper
    )
    return set(upper.values_list("passages", flat=True))


def chosen(verdict):
    """The quotations that its writer chose, so far as they are still released."""
    wanted = set(verdict.quotations.values_list("pk", flat=True))
    return [each for each in offers(verdict) if each.release.pk in wanted] if wanted else []
