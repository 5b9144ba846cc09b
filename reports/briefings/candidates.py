"""What a briefing could say, as plain candidates in the order in which they are chosen.

docs/how-sentences-are-chosen.md says the order to people. Nothing here reads the database.
"""

from dataclasses import dataclass
from enum import StrEnum

from observations.intervals import wilson
from practicelens.numbers import lowered, plural
from reports.counts import part_of
from reports.summaries.then_and_now import SEEN_OFTEN_ENOUGH, Change

OFTEN_MISSED = 0.2  # of its chances: under this a chance is not missed often


class Kind(StrEnum):
    """What a candidate is, the first chosen first; the words are for whoever writes the briefing."""

    CHANGE = "a clear change"
    GRAVE = "seen once, and kept as an early sign"
    OVERDUE = "a decision whose answer is overdue"
    MISSED = "a chance that is often missed"
    HELD = "what has held"
    CONDITION = "what helps, or gets in the way"

    @property
    def rank(self):
        return list(Kind).index(self)


class Line(StrEnum):
    """The three lines on the first page."""

    ALERT, ADVISE, ASSURE = "alert", "advise", "assure"


@dataclass(frozen=True)
class Candidate:
    """One thing that could be said: short for a title, the longest first, and in a sentence.

    `subject` is the same in every month that has it. `line` is that of the first page where it
    belongs, and `size` its place among others of its kind. `row` is what was counted, if it was.
    """

    kind: Kind
    subject: str
    titles: tuple
    words: str
    line: Line
    size: float = 0.0
    row: object = None

    @property
    def is_good(self):
        return self.line == Line.ASSURE

    @property
    def because(self):
        """Why it was chosen, for its writer."""
        return f"{str(self.kind)[:1].upper()}{str(self.kind)[1:]}. {self.words}"


def in_order(candidates):
    """By kind, and within a kind the largest first."""
    return sorted(candidates, key=lambda each: (each.kind.rank, -each.size))


def parts_from(first, second, whole):
    """Whether 95% intervals of the two shares of a whole do not overlap: only then is it “most”."""
    return clear_of((first, whole), (second, whole))


def clear_of(first, second):
    """Whether the interval of the first (count, whole) lies above that of the second."""
    above, below = wilson(*first), wilson(*second)
    return bool(above and below) and above[0] > below[1]


# Of criteria


def changed(compared, before):
    """What became more, or less, beside the months before, by the rule of then and now."""
    for each in compared:
        if each.change.is_clear:
            more = each.change is Change.MORE
            label = each.now.label
            yield Candidate(
                Kind.CHANGE,
                f"{each.change}: {label}",
                (
                    after(label, f"{each.change} often than before"),
                    after(label, f"{each.change} often"),
                    after(label, each.change),
                ),
                f"“{label}”: {part_of(each.now.upper, each.now.seen)}, {each.change} than in "
                f"{before} ({part_of(each.before.upper, each.before.seen)}).",
                Line.ASSURE if more else Line.ALERT,
                abs(each.points),
                each.now,
            )


def after(label, words):
    """A criterion's name as a sentence with some words after it: families are heard more often."""
    return f"{label}{',' if ',' in label else ''} {words}"


def missed(rows):
    """The chance most often missed: “most” only where its interval is above that of the second."""
    rows = [row for row in rows if row.missed and chances(row) >= SEEN_OFTEN_ENOUGH]
    rows = sorted(rows, key=lambda row: -row.missed / chances(row))
    for at, row in enumerate(rows[:2]):
        share = row.missed / chances(row)
        if share < OFTEN_MISSED:
            return
        rest = rows[at + 1 :]
        is_most = at == 0 and all(clear_of(of_missed(row), of_missed(each)) for each in rest[:1])
        how = "most often" if is_most else "among those most often"
        yield Candidate(
            Kind.MISSED,
            f"missed: {row.label}",
            (f"{'Most often' if is_most else 'Often'} missed: {lowered(row.label)}",),
            f"“{row.label}”: missed in {part_of(row.missed, chances(row))} chances, {how}.",
            Line.ADVISE,
            share,
            row,
        )


def chances(row):
    return row.seen + row.missed


def of_missed(row):
    return row.missed, chances(row)


def held(compared, rows, before):
    """In use more often than not, with no clear change; or simply in use where nothing is before."""
    beside = {each.now.criterion.pk: each for each in compared}
    for row in rows:
        if row.upper * 2 <= row.seen:
            continue
        then = beside.get(row.criterion.pk)
        if then is None or then.change is Change.UNTOLD:
            titles = tuple(
                f"{how}, {lowered(row.label)}" for how in ("More often than not", "Mostly")
            )
            words = "more often than not"
        elif then.change is Change.NONE:
            titles = (f"{row.label}, as before",)
            was = part_of(then.before.upper, then.before.seen)
            words = f"no clear change on {before} ({was})"
        else:
            continue
        yield Candidate(
            Kind.HELD,
            f"held: {row.label}",
            titles,
            f"“{row.label}”: {part_of(row.upper, row.seen)}, {words}.",
            Line.ASSURE,
            row.upper / row.seen,
            row,
        )


# Of themes


def good_work(rows, since):
    """Good work is told as good work, whatever its theme is called."""
    for row in rows:
        if row.helps:
            yield Candidate(
                Kind.HELD,
                f"good work: {row.label}",
                (f"Good work seen: {lowered(row.label)}",),
                f"Good work seen: “{row.label}”, in {plural(row.helps, 'passage')} {since}.",
                Line.ASSURE,
                # After every criterion that has held, whose size is a share.
                -1 / row.helps,
            )


SIDES = {
    "helps": ("hinders", Line.ASSURE, "helps most", "helps"),
    "hinders": ("helps", Line.ADVISE, "is most in the way", "is in the way"),
}


def conditions(rows, side):
    """What helps, or gets in the way, in most passages; “most” only where the intervals part."""
    other, line, most, verb = SIDES[side]
    foremost = first_of(rows, side, other)
    if foremost is None:
        return
    row, is_most = foremost
    count = getattr(row, side)
    how_much = most if is_most else verb
    how = "more than any other" if is_most else "among the most"
    yield Candidate(
        Kind.CONDITION,
        f"{side}: {row.label}",
        (f"“{row.label}” {how_much}",),
        f"“{row.label}” {verb} in {plural(count, 'passage')}, {how}.",
        line,
        count,
    )


def first_of(rows, side, other):
    """(row, whether it is clearly the most) of one side, or None; of those with more there than not."""
    rows = [row for row in rows if getattr(row, side) > getattr(row, other)]
    rows = sorted(rows, key=lambda row: -getattr(row, side))
    if not rows:
        return None
    counts = [getattr(row, side) for row in rows]
    return rows[0], len(rows) == 1 or parts_from(counts[0], counts[1], sum(counts))


# Of single sightings and of what was asked


def grave(claims):
    """Kept early signs: [(key, claim)], the newest first."""
    for at, (key, claim) in enumerate(claims):
        opening, _, what = claim.partition(", and it may matter: ")
        yield Candidate(
            Kind.GRAVE,
            f"early sign: {key}",
            (f"{opening}: {lowered(what)}", f"Something {lowered(opening)} may matter"),
            f"{claim}.",
            Line.ALERT,
            -at,
        )


def overdue(rows):
    """Decisions that nobody has answered: [(key, question, the issue that asked)].

    Without a date, which in words would pass for a birthday; the table has it.
    """
    for at, (key, question, asked) in enumerate(rows):
        yield Candidate(
            Kind.OVERDUE,
            f"overdue: {key}",
            (f"An answer asked for in {asked} is overdue", "An answer is overdue"),
            f"An answer asked for in {asked} is overdue. {question}",
            Line.ALERT,
            -at,
        )
