"""What is noted of a meeting by choosing from a list: one table, from which all the rest is made.

The form asks each, the observation tells it, summaries count it; what has words for a figure is
drawn for practice leaders and in briefings. The field itself, with its choices, is in
`MeetingFacts`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """`name` is the field. `question` is asked on the form, `told` comes before the answer.

    Where the answer `is_role`, its choices are the roles of the unit's own list, and those of its
    field otherwise. `counted` says, after "meetings", which of them a figure counts; empty for what is not drawn.
    """

    name: str
    question: str
    told: str
    counted: str = ""
    is_role: bool = False


FACTS = (
    Fact("asked_first", "Who was asked first?", "Asked first", is_role=True),
    Fact(
        "account",
        "Whose account of risk prevailed?",
        "Whose account of risk prevailed",
        is_role=True,
    ),
    Fact(
        "decided",
        "How were decisions made?",
        "Decisions were made",
        counted="in which it was noted how decisions were made",
    ),
)
NAMES = [fact.name for fact in FACTS]
DRAWN = [fact for fact in FACTS if fact.counted]
