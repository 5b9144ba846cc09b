"""The words of observations that a briefing would carry to leaders, and which are released."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from observations.models import Passage
from observations.redaction.finding import found_in, people_known, places_known
from reports.briefings.borrowed import Borrowings, holds
from reports.briefings.quoted_before import QuotedBefore
from reports.models import Evidence, Release, Section


@dataclass(frozen=True)
class Quotation:
    """Words of a passage on their way to leaders, as evidence or taken over into a text.

    `release` is what released them, if anything did and it is still valid; `quoted_in` is the issue
    that quoted them within a year, if any did.
    """

    passage: Passage
    start: int
    end: int
    where: str
    url: str
    evidence: Evidence | None = None
    section: str = ""
    release: Release | None = None
    quoted_in: str = ""

    @property
    def key(self):
        return f"q{self.passage.pk}-{self.start}-{self.end}"

    @property
    def original(self):
        return self.passage.text[self.start : self.end]

    @property
    def answer(self):
        """What the practitioner says against it, which must go with it; else empty."""
        return self.passage.answer

    @property
    def can_be_left_out(self):
        """Evidence is quoted no longer, a line of good work goes; other texts are rewritten."""
        return bool(self.evidence) or self.section == Section.Key.GOOD_WORK


class Released:
    """What of some passages was released and still is, with nothing found in it since.

    Words that were quoted within a year, which `before` knows, are not released again.
    """

    def __init__(self, passages, before=None):
        self.before = before
        self.borrowings = Borrowings(passages)
        people, places = people_known(), places_known()
        held = Release.objects.holding().filter(passage__in=passages)
        answers = {passage.pk: passage.answer for passage in passages}
        self.releases = [
            each
            for each in held.select_related("released_by")
            if each.original_answer == answers[each.passage_id]
            and not (before and before.where(each.original))
            and not found_in(f"{each.words}\n\n{each.answer}", people, places)
        ]

    def of(self, passage_id, start, end):
        """The release of exactly this place, or None."""
        place = (passage_id, start, end)
        return next((each for each in self.releases if place_of(each) == place), None)

    def of_words(self, passage_id, words):
        """A release of the passage that holds these words, or None."""
        return next(
            (
                each
                for each in self.releases
                if each.passage_id == passage_id and holds(each.words, words)
            ),
            None,
        )

    def taken_over(self, text):
        """[(borrowed words, what released them or None)] of a text.

        There an answer can't stand beside them, so what is disputed is never released in a text.
        """
        return [
            (each, None if each.passage.answer else self.of_words(each.passage.pk, each.words))
            for each in self.borrowings.of(text)
        ]

    def holds_back(self, text):
        """Whether a text has words of a passage that were not released."""
        return any(release is None for _, release in self.taken_over(text))


def place_of(release):
    return release.passage_id, release.start, release.end


def quotations_of(briefing, findings, texts):
    """Every quotation once, in page order: the quoted evidence, then what texts took over.

    `findings` are those not dropped, with their evidence; `texts` have name, words, url and
    section.
    """
    released = released_in(briefing)
    found = [*of_evidence(findings, released), *of_texts(texts, released)]
    return list({each.key: each for each in reversed(found)}.values())[::-1]


def released_in(briefing):
    """What of a briefing's passages is released, and was not quoted within a year."""
    return Released(passages_of(briefing), QuotedBefore(briefing.unit, briefing.month))


def passages_of(briefing):
    """The passages that the briefing rests on, or took good work from."""
    told = [each["passage"] for each in briefing.figures["good_work"]]
    found = (
        Passage.objects.filter(Q(evidence_in__finding__briefing=briefing) | Q(pk__in=told))
        .with_answers()
        .defer("search")
        .distinct()
        .order_by("pk")
    )
    return list(found)


def of_evidence(findings, released):
    for number, finding in enumerate(findings, start=1):
        for row in finding.evidence.all():
            if not row.is_quoted:
                continue
            otherwise = ", counter-example" if row.side == Evidence.Side.AGAINST else ""
            yield Quotation(
                row.passage,
                row.start,
                row.end,
                f"Finding {number}{otherwise}",
                finding_url(finding),
                evidence=row,
                release=released.of(row.passage_id, row.start, row.end),
                quoted_in=released.before.where(row.passage.text[row.start : row.end]),
            )


def finding_url(finding):
    return reverse("reports:finding", args=[finding.briefing.key, finding.pk])


def of_texts(texts, released):
    for text in texts:
        for each, release in released.taken_over(text.words):
            yield Quotation(
                each.passage,
                each.start,
                each.end,
                text.name,
                text.url,
                section=text.section,
                release=release,
                quoted_in=released.before.where(each.words),
            )
