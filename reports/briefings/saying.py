"""The sentences of the first page, each with why it was chosen and what came second.

All are chosen from the same candidates, in their stated order. Nothing here reads the database.
"""

from dataclasses import dataclass, field
from datetime import date
from math import ceil

from practicelens.numbers import lowered
from reports.briefings.candidates import Kind, Line, in_order
from reports.periods import month_words

TITLE = 95  # as long as the field of a briefing
TITLE_LINES, TITLE_LINE = 2, 46  # of the title on paper, and the characters of one
LINE = 200  # characters of a line of the first page, as long as its field
# So long may two sentences of a line be; whatever leaders are to be alerted to goes before room.
OF_TWO = {Line.ALERT: LINE, Line.ADVISE: 125, Line.ASSURE: 125}


@dataclass(frozen=True)
class Said:
    """Words made by a rule, why they were chosen and what came second.

    `lead` is the subject of the first candidate; `others` those of all there was to choose from.
    """

    words: str
    why: str = ""
    second: str = ""
    lead: str = ""
    others: tuple = ()


@dataclass(frozen=True)
class Led:
    """What led the title of an earlier issue, and what its rule had to choose from."""

    month: date
    lead: str
    subjects: frozenset = field(default=frozenset())


def title(candidates, issues):
    """The first that can be said in two lines with what balances it: good news and difficulty.

    `issues` are the earlier ones, newest first. What led the last gives way to what did not, unless
    that is only what has held, or a condition; if it leads again it says since when it has been so.
    """
    last = issues[0].lead if issues else ""
    subjects = tuple(each.subject for each in candidates)
    ordered = sorted(in_order(candidates), key=lambda each: gives_way(each, last))
    said = [(each, words) for each in ordered if (words := led_by(each, ordered, issues))]
    if not said:
        return Said("", others=subjects)
    first, words = said[0]
    second = f"Came second: {said[1][1]}" if len(said) > 1 else "Nothing else could be said."
    why = first.because
    if first.subject == last:
        why = f"{why} It led the last issue too, and nothing new comes before it."
    elif any(each.subject == last and each.kind.rank <= first.kind.rank for each in candidates):
        why = f"{why} What led the last issue gave way."
    return Said(words, why, second, first.subject, subjects)


def gives_way(candidate, last):
    settled = candidate.kind in (Kind.HELD, Kind.CONDITION)
    return (settled, candidate.subject == last)


def led_by(lead, ordered, issues):
    """A title that this candidate leads, in the longest form that fits; empty where none does."""
    since = led_since(lead.subject, issues)
    others = [each for each in ordered if each.is_good != lead.is_good]
    openings = [opening_of(form, since) for form in lead.titles]
    for opening in openings:
        for other in others:
            for balance in other.titles:
                if fits(words := f"{opening}. {balance}."):
                    return words
    return next((f"{opening}." for opening in openings if fits(f"{opening}.")), "")


def opening_of(form, since):
    """Since March 2027, families are heard."""
    return f"Since {month_words(since)}, {lowered(form)}" if since else form


def led_since(subject, issues):
    """Since which month it has been so, if it led an issue and could be said in each since; or None."""
    since = None
    for each in issues:
        if each.lead == subject:
            since = each.month
        elif subject not in each.subjects:
            break
    return since


def fits(words):
    """Whether a title has its lines on paper, broken at the sentence, and reads as sentences do."""
    lines = sum(ceil(len(sentence) / TITLE_LINE) for sentence in words.split(". "))
    return len(words) <= TITLE and lines <= TITLE_LINES and words.count(":") <= 1


def lines(candidates):
    """{line: Said} of alert, advise and assure; empty where there is nothing to say.

    The first, and the second too where there is room. A condition is said where nothing else is.
    """
    return {line: line_of(line, candidates) for line in Line}


def line_of(line, candidates):
    ordered = [each for each in in_order(candidates) if each.line == line]
    ordered = [each for each in ordered if len(each.words) <= LINE]
    if not ordered:
        return Said("")
    first, *rest = ordered
    words, why, left = first.words, first.because, rest
    if rest and len(f"{words} {rest[0].words}") <= OF_TWO[line]:
        words = f"{words} {rest[0].words}"
        why, left = f"{why} Then: {lowered(rest[0].because)}", rest[1:]
    second = f"Came next: {left[0].words}" if left else "Nothing else could be said."
    return Said(words, why, second, first.subject)


def of_criteria(candidates):
    """(first, the first of the other tone or None) of what is counted of criteria, for “what we know”."""
    counted = [each for each in in_order(candidates) if each.row is not None]
    if not counted:
        return None, None
    first = counted[0]
    others = (
        each
        for each in counted
        if each.is_good != first.is_good and each.row.criterion != first.row.criterion
    )
    return first, next(others, None)
