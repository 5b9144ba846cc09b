"""Questions that members are likely to ask of a briefing, with what its figures answer.

Boards and scrutiny committees ask whether it is getting better, where it falls short, and whether it is
so everywhere. A question that no figure answers is left out.
"""

from collections import Counter

from practicelens.numbers import plural
from reports.briefings.candidates import chances
from reports.counts import part_of
from reports.summaries.then_and_now import Change

FEWEST_COMPARED = 3  # parts of the framework, to say which way they went


def text(summary, compared):
    """One question a line, and its answer behind it."""
    found = [better(summary, compared), missed(summary), everywhere(summary)]
    return "\n".join(each for each in found if each)


def better(summary, compared):
    """How many parts of the framework went which way since the stretch before."""
    changes = Counter(each.change for each in compared if each.change is not Change.UNTOLD)
    told = changes.total()
    if told < FEWEST_COMPARED:
        return ""
    more, less = changes[Change.MORE], changes[Change.LESS]
    before = f"the {summary.window.before.length_words} before"
    if not more and not less:
        answer = f"No part that can be compared has clearly changed from {before}"
    else:
        better_and_worse = f"{in_words(more)} clearly better and {less or 'none'} clearly worse"
        answer = f"Of {told} parts that can be compared with {before}, {better_and_worse}"
    return f"Is practice getting better? {answer}."


def in_words(number):
    return "none is" if not number else f"{number} {'is' if number == 1 else 'are'}"


def everywhere(summary):
    """Which kinds of work the evidence is of: a figure is of what was seen, and of nothing else."""
    seen = [
        sum(row.counts[place] for row in summary.coverage)
        for place, column in enumerate(summary.columns)
        if not column.overlaps
    ]
    if not summary.observations or not seen:
        return ""
    kinds = part_of(sum(map(bool, seen)), len(seen)).capitalize()
    return (
        f"Is it so in every part of the work? {kinds} kinds of work were seen, and {summary.direct} of "
        f"{plural(summary.observations, 'observation')} were of practice itself. Nobody is ranked, "
        "so it can’t say which team does best."
    )


def missed(summary):
    """In how many parts of the framework a chance was missed, and in how many half of them or more."""
    rows = [row for row in summary.criteria if not row.apart and chances(row)]
    if len(rows) < FEWEST_COMPARED:
        return ""
    some = [row for row in rows if row.missed]
    often = [row for row in some if row.missed * 2 >= chances(row)]
    if not some:
        answer = f"In none of {len(rows)} parts of the framework was a chance missed"
    else:
        answer = (
            f"In {part_of(len(some), len(rows))} parts of the framework a chance was missed at least "
            f"once; in {len(often) or 'none'} half of them or more"
        )
    return f"Where were chances missed? {answer}."


def question_and_answer(line):
    """{"question", "answer"} of a line; a line without a question mark is all question."""
    question, mark, answer = line.partition("?")
    return {"question": f"{question}{mark}".strip(), "answer": answer.strip()}
