"""Questions that members are likely to ask of a briefing, with what its figures answer.

Boards and scrutiny committees ask whether it is getting better, whether families say so too, whether
it is so everywhere, and what became of what they decided. A question that no figure answers is left
out; at most three are put forward.
"""

from collections import Counter

from practicelens.numbers import count_words, plural
from reports.briefings.since import rows_of
from reports.counts import part_of
from reports.periods import months_after
from reports.summaries.then_and_now import Change

MOST = 3
FEWEST_COMPARED = 3  # parts of the framework, to say which way they went


def text(briefing, summary, compared):
    """One question a line, and its answer behind it."""
    found = [
        better(summary, compared),
        everywhere(summary),
        decided(briefing),
    ]
    return "\n".join([each for each in found if each][:MOST])


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
        answer = f"Of {told} parts that can be compared with {before}, {in_words(more)} clearly better and {less or 'none'} clearly worse"
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
    kinds = part_of(sum(map(bool, seen)), len(seen))
    return (
        f"Is it so in every part of the work? {kinds} kinds of work were seen, and {summary.direct} of "
        f"{plural(summary.observations, 'observation')} were of practice itself. Nobody is ranked, "
        "so it can’t say which team does best."
    )


def decided(briefing):
    """What became of what was asked before, as the paper's own table has it."""
    states = Counter(row["state"] for row in rows_of(briefing, months_after(briefing.month, 1)))
    if not states:
        return ""
    named = [f"{count_words(number)} {state.lower()}" for state, number in sorted(states.items())]
    return f"What became of what we were asked before? {', '.join(named).capitalize()}."


def question_and_answer(line):
    """{"question", "answer"} of a line; a line without a question mark is all question."""
    question, mark, answer = line.partition("?")
    return {"question": f"{question}{mark}".strip(), "answer": answer.strip()}
