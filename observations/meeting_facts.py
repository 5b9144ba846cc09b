"""What is noted of a meeting: two tables, from which all the rest is made.

The form asks each and the observation tells it. Facts are chosen from a list, and summaries count
them; what has words for a figure is drawn for practice leaders and in briefings. Moments are
numbers, told of their own meeting alone. The field itself, with its choices, is in `MeetingFacts`.
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


@dataclass(frozen=True)
class Moment:
    """Something that happens several times in a meeting, and is counted. `name` is the field.

    `pressed` is on the button of the live tally, `question` on the form, `told` before the number.
    """

    name: str
    pressed: str
    question: str
    told: str


MOMENTS = (
    Moment(
        "jargon",
        "Jargon unexplained",
        "How often was jargon left unexplained?",
        "Jargon left unexplained",
    ),
    Moment(
        "family_words",
        "Family’s words into the plan",
        "How often did the family’s words go into the plan?",
        "The family’s words went into the plan",
    ),
    Moment(
        "expert_view",
        "Expert’s view unchallenged",
        "How often did an expert’s view go unchallenged?",
        "An expert’s view went unchallenged",
    ),
)
MOST_MOMENTS = 999
NAMES = [fact.name for fact in FACTS]
MOMENT_NAMES = [moment.name for moment in MOMENTS]
DRAWN = [fact for fact in FACTS if fact.counted]
