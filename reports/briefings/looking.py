"""What a person looks at before words of an observation go to leaders."""

from dataclasses import dataclass, replace
from functools import cached_property, partial

from django.conf import settings

from observations import identifiers
from observations.coding.sentences import sentences
from observations.identifiers.kinds import UNREAD
from observations.models import Passage, Redaction
from observations.redaction.wide_use import is_in_wide_use
from practicelens.people.models import User


@dataclass(frozen=True)
class Tick:
    """Something left in the words, and why it is pointed at."""

    code: str
    start: int
    end: int
    words: str
    why: str


class ReleaseCheck:
    """One quotation, read as closely as it can be: for the page, and again for the act.

    `found` may name someone, whether its observer kept it or not; `words` is what leaders would
    read, with other words in its place; `ticks` is everything left in those. `answer` is what
    they would read of the practitioner's answer, if there is one. Where the finder fails,
    `could_look` is false and there is nothing that could be released.
    """

    def __init__(self, quotation, people, places):
        self.quotation = quotation
        try:
            self._read(people, places)
            self.could_look = True
        except identifiers.CouldNotLook:
            self.could_look, self.found, self.still_found = False, [], []
            self.masked = self.masked_answer = identifiers.Masked("", ())
            self.found_in_answer = []
        self.words, self.answer = self.masked.text, self.masked_answer.text
        is_known = partial(is_in_wide_use, quotation.passage.observation.unit.organisation_id)
        in_answer = kept_in_answer(quotation)
        self.ticks_in_words = ticks(self.masked, kept_in(quotation.passage), is_known)
        self.ticks_in_answer = ticks(self.masked_answer, in_answer, is_known, "answer-")
        self.ticks = [*self.ticks_in_words, *self.ticks_in_answer]
        self.small_team = small_team(quotation.passage.observation.unit_id)

    def _read(self, people, places):
        def find(text):
            return identifiers.find(text, people=people, allow=places)

        self.found = found_inside(self.quotation, find)
        self.masked = identifiers.mask(self.quotation.original, self.found)
        self.found_in_answer = find(self.quotation.answer)
        self.masked_answer = identifiers.mask(self.quotation.answer, self.found_in_answer)
        self.still_found = [*find(self.masked.text), *find(self.masked_answer.text)]

    @cached_property
    def cannot_go(self):
        """Why it can't be released at all; empty if it can."""
        if not Passage.objects.quotable().filter(pk=self.quotation.passage.pk).exists():
            return "This passage can no longer be quoted"
        if self.quotation.quoted_in:
            return (
                f"These words were quoted within a year, in {self.quotation.quoted_in}. "
                "The same words are quoted once a year"
            )
        if self.quotation.answer and not self.quotation.evidence:
            return (
                "The practitioner sees this differently. Quote it as evidence of a finding, where "
                "their answer goes with it, or change the words"
            )
        if not self.could_look:
            return "These words could not be read for names, so they can’t be released now"
        everything = [*self.found, *self.found_in_answer]
        if self.still_found or any(each.kind == UNREAD for each in everything):
            return "A name would still be in it, so it can’t be released"
        if self.found and not self.quotation.evidence:
            return "Someone may be named here, so it can’t be released. Change the words"
        return ""

    @property
    def as_written(self):
        """The observation's own words in pieces, (words, whether they may name someone)."""
        return pieces_of(self.quotation.original, self.found)

    @property
    def as_leaders_read(self):
        """What leaders would read in pieces, (words, whether they are to be looked at)."""
        return pieces_of(self.words, self.ticks_in_words)

    @property
    def answer_as_leaders_read(self):
        """The practitioner's answer in the same pieces; empty if there is none."""
        return pieces_of(self.answer, self.ticks_in_answer) if self.answer else []

    @property
    def around(self):
        """What is before and after the words, to the ends of the sentences there."""
        text, quotation = self.quotation.passage.text, self.quotation
        spans = sentences(text)
        before = [start for start, _ in spans if start < quotation.start][-1:]
        after = [end for _, end in spans if end > quotation.end][:1]
        return (
            text[before[0] : quotation.start].strip() if before else "",
            text[quotation.end : after[0]].strip() if after else "",
        )


def found_inside(quotation, find):
    """What may name someone in the words; the whole passage gives away what they alone do not."""
    inside = [
        clipped(each, quotation)
        for each in find(quotation.passage.text)
        if each.start < quotation.end and quotation.start < each.end
    ]
    alone = [each for each in find(quotation.original) if not overlaps(each, inside)]
    return sorted([*inside, *alone])


def clipped(each, quotation):
    """A finding in a passage, as it is in the words quoted from it."""
    start = max(each.start - quotation.start, 0)
    end = min(each.end, quotation.end) - quotation.start
    return each._replace(start=start, end=end, words=quotation.original[start:end])


def overlaps(each, others):
    return any(each.start < other.end and other.start < each.end for other in others)


def ticks(masked, kept, is_known, place=""):
    """What its writer kept, every word, number and pair of initials left, and what is rare.

    `kept` is {words: why they stay}; `is_known` says of a word whether the archive has it often; the
    codes begin with `place`.
    """
    if not masked.text:
        return []
    in_kept = kept_ticks(kept, masked.text)
    known = {tick.words for tick in in_kept}
    left = [tick for tick in left_ticks(masked) if tick.words not in known]
    rare = [
        tick_at("rare", masked.text, each.start, each.end, each.reason)
        for each in identifiers.rare_features(masked.text)
    ]
    seen = [*in_kept, *left, *rare]
    uncommon = [
        tick_at("uncommon", masked.text, each.start, each.end, each.reason)
        for each in identifiers.uncommon(masked.text, is_known)
        if not overlaps(each, [*seen, *put_in(masked)])
    ]
    found = [*sorted([*in_kept, *left], key=lambda tick: tick.start), *rare, *uncommon]
    return [replace(tick, code=f"{place}{tick.code}") for tick in found]


def kept_in(passage):
    """{words: why they stay} of what its observer kept."""
    rows = Redaction.objects.filter(passage=passage)
    return reasons_of(rows, "Its observer kept it")


def kept_in_answer(quotation):
    """The same of what the practitioner kept in their reply."""
    if not quotation.answer:
        return {}
    rows = Redaction.objects.filter(observation=quotation.passage.observation_id).in_reply()
    return reasons_of(rows, "The practitioner kept it")


def reasons_of(rows, who):
    kept = rows.filter(settled=Redaction.Settled.KEPT).order_by("start", "pk")
    return {words: f"{who}: {reason}" for words, reason in kept.values_list("words", "reason")}


def kept_ticks(kept, text):
    return [
        tick_at("kept", text, at, at + len(words), why)
        for words, why in kept.items()
        if (at := text.find(words)) >= 0
    ]


def left_ticks(masked):
    """The first of each; words that were put in are ours and name nobody."""
    seen = set()
    for each in identifiers.remaining(masked.text, put_in(masked)):
        if each.words not in seen:
            seen.add(each.words)
            yield tick_at("left", masked.text, each.start, each.end, each.why)


def put_in(masked):
    """Where words of ours stand in place of a name."""
    return [Span(piece[2], piece[3]) for piece in masked.pieces if piece[4]]


@dataclass(frozen=True)
class Span:
    start: int
    end: int


def tick_at(kind, text, start, end, why):
    return Tick(f"{kind}-{start}", start, end, text[start:end], why)


def small_team(unit):
    """How many people work there, if they are so few that it is always asked about; else None."""
    here = User.objects.filter(roles__unit=unit, roles__ended_at=None, is_active=True)
    people = here.distinct().count()
    return people if people < settings.SMALL_COUNT_THRESHOLD else None


def pieces_of(text, marked):
    pieces, last = [], 0
    for each in sorted(marked, key=lambda place: (place.start, -place.end)):
        if each.start >= last:
            pieces += [(text[last : each.start], False), (text[each.start : each.end], True)]
            last = each.end
    return [*pieces, (text[last:], False)]
