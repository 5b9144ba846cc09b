"""The life of an observation: its states, and who can do what in which of them.

One table, MOVES. What a page offers, what a view lets through and what an action does all ask it,
and docs/life-of-an-observation.md is drawn from it.
"""

from dataclasses import dataclass

from django.db import models

from practicelens.people.permissions import Act


class State(models.TextChoices):
    """The state of an observation."""

    DRAFT = "draft", "Draft"
    TRIAL = "trial", "Trial draft"
    TRIED = "tried", "Finished trial"
    SUBMITTED = "submitted", "Submitted"
    SHARED = "shared", "Shared, not opened yet"
    OPENED = "opened", "Shared and opened"
    REPLIED = "replied", "Replied"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Who(models.TextChoices):
    """Whose a move is."""

    OBSERVER = "observer", "Its observer, while they write observations there"
    PRACTITIONER = "practitioner", "The practitioner, wherever they work now"
    LEADER = "leader", "A practice leader there, unless it is their own practice"
    LEADING_OBSERVER = (
        "leading_observer",
        "Its observer, if a practice leader there, unless it is their own practice",
    )
    EITHER = "either", "Its observer or the practitioner"


class Do(models.TextChoices):
    """What is done with an observation."""

    WRITE = "write", "Write in it"
    SUBMIT = "submit", "Submit it"
    FINISH = "finish", "Finish it"
    SETTLE_NAMES = "settle_names", "Settle name checks"
    SHARE = "share", "Share it"
    TAKE_BACK = "take_back", "Take the sharing back"
    REPLY = "reply", "Reply to it"
    ADD_TO_REPLY = "add_to_reply", "Add to the reply"
    SETTLE_REPLY = "settle_reply", "Settle name checks in the reply"
    CONVERSE = "converse", "Write down the conversation"
    AGREE = "agree", "Agree to the conversation"
    ADD = "add", "Add to the conversation"
    PAIR = "pair", "Pair it with another"
    ASK_FAMILY = "ask_family", "Give a card to the family"
    CODE_FRESH = "code_fresh", "Decide what its passages speak to, while it is fresh"
    CODE = "code", "Decide what its passages speak to"
    WITHDRAW = "withdraw", "Withdraw it"


@dataclass(frozen=True)
class Move:
    """One act: in which states it can be done, by whom, where it leads, and where it is asked for."""

    do: Do
    states: tuple
    who: Who
    button: str  # its words on the observation's page; empty where that offers it elsewhere
    address: str  # in `observations:`
    to: State | None = None  # None: it stays where it is
    or_to: State | None = None  # where else it may lead
    # The states in which it is so already, and what is then said to whoever asks once more.
    so_in: tuple = ()
    so: str = ""
    needs: str = ""  # what the observation must have
    unless: str = ""  # what it must not have: then it is so already
    is_main: bool = False  # what most come for: a button, where others are links


WRITTEN = (State.DRAFT, State.TRIAL)
READ = (State.OPENED, State.REPLIED)  # by the practitioner
SEEN = (State.SHARED, *READ)
COUNTED = (State.SUBMITTED, *SEEN)

MOVES = (
    Move(Do.WRITE, WRITTEN, Who.OBSERVER, "", "section"),
    Move(
        Do.SUBMIT,
        (State.DRAFT,),
        Who.OBSERVER,
        "Check and submit",
        "check",
        to=State.SHARED,
        or_to=State.SUBMITTED,  # where nobody is named, a reason is given, or names wait
        so_in=COUNTED,
        so="It is submitted already.",
    ),
    Move(
        Do.FINISH,
        (State.TRIAL,),
        Who.OBSERVER,
        "Check and finish",
        "check",
        to=State.TRIED,
        so_in=(State.TRIED,),
        so="It is finished already.",
    ),
    Move(
        Do.SHARE,
        (State.SUBMITTED,),
        Who.OBSERVER,
        "Share with {practitioner}",
        "share",
        to=State.SHARED,
        so_in=SEEN,
        so="It is shared already.",
        needs="practitioner_id",
        is_main=True,
    ),
    Move(
        Do.TAKE_BACK,
        (State.SHARED,),
        Who.OBSERVER,
        "Take the sharing back",
        "take_sharing_back",
        to=State.SUBMITTED,
        so_in=(State.SUBMITTED,),
        so="It is not shared.",
    ),
    Move(
        Do.REPLY,
        (State.SHARED, State.OPENED),
        Who.PRACTITIONER,
        "Reply",
        "reply",
        to=State.REPLIED,
        so_in=(State.REPLIED,),
        so="You have replied already. You can add to it until a briefing that quotes it is issued.",
    ),
    Move(
        Do.ADD_TO_REPLY,
        (State.REPLIED,),
        Who.PRACTITIONER,
        "Add to your reply",
        "add_to_reply",
        unless="quoted_at",
        so="A briefing that quotes this observation is issued, with your reply as it was then. So "
        "nothing can be added to it any more.",
    ),
    Move(Do.SETTLE_REPLY, (State.REPLIED,), Who.PRACTITIONER, "", "settle"),
    Move(
        Do.CONVERSE,
        COUNTED,
        Who.OBSERVER,
        "{note} the conversation",
        "conversation",
        unless="agreed_conversation",
        so="You have both agreed to the conversation, so it stays as it is. You can add to it.",
    ),
    Move(
        Do.AGREE,
        READ,
        Who.PRACTITIONER,
        "Say whether that is what you agreed",
        "agree",
        needs="conversation",
        unless="agreed_conversation",
        so="You have agreed to the conversation already. You can add to it.",
    ),
    Move(
        Do.ADD,
        READ,
        Who.EITHER,
        "Add to the conversation",
        "add_to_conversation",
        needs="agreed_conversation",
    ),
    Move(Do.PAIR, COUNTED, Who.OBSERVER, "Pair with another observation", "pair"),
    Move(Do.SETTLE_NAMES, (*WRITTEN, State.TRIED, *COUNTED), Who.OBSERVER, "", "settle"),
    Move(
        Do.ASK_FAMILY,
        (State.DRAFT, *COUNTED),
        Who.OBSERVER,
        "Ask the family",
        "family_cards",
        needs="family_there",
    ),
    Move(Do.CODE_FRESH, (State.DRAFT,), Who.LEADING_OBSERVER, "", "fresh_themes"),
    Move(Do.CODE, COUNTED, Who.LEADER, "", "add_mention"),
    Move(
        Do.WITHDRAW,
        (*WRITTEN, State.TRIED, *COUNTED),
        Who.OBSERVER,
        "Withdraw this {what}",
        "withdraw",
        to=State.WITHDRAWN,
        so_in=(State.WITHDRAWN,),
        so="It is withdrawn already.",
    ),
)
MOVE = {move.do: move for move in MOVES}


def state_of(observation):
    """Its state, from what happened to it."""
    if observation.withdrawn_at:
        return State.WITHDRAWN
    if observation.is_trial:
        return State.TRIED if observation.tried_at else State.TRIAL
    if observation.submitted_at is None:
        return State.DRAFT
    if observation.shared_at is None:
        return State.SUBMITTED
    if hasattr(observation, "reply"):
        return State.REPLIED
    return State.OPENED if observation.opened_at else State.SHARED


def is_theirs(observation, who, user):
    """Whether a person is the one whose move it is.

    Whoever wrote it and has moved on keeps it to read, and changes nothing in it. The right of
    reply goes with the practitioner.
    """
    if who == Who.OBSERVER:
        is_there = observation.unit_id in user.reach(Act.WRITE_OBSERVATIONS)
        return user.pk == observation.observer_id and is_there
    if who == Who.PRACTITIONER:
        return user.pk == observation.practitioner_id
    if who == Who.EITHER:
        both = (Who.OBSERVER, Who.PRACTITIONER)
        return any(is_theirs(observation, each, user) for each in both)
    if who == Who.LEADING_OBSERVER:
        both = (Who.OBSERVER, Who.LEADER)
        return all(is_theirs(observation, each, user) for each in both)
    is_there = observation.unit_id in user.reach(Act.DECIDE_THEMES)
    return is_there and user.pk != observation.practitioner_id


def allows(observation, do, user):
    """Whether a person can do this with it now."""
    move = MOVE[do]
    return (
        state_of(observation) in move.states
        and is_theirs(observation, move.who, user)
        and (not move.needs or has(observation, move.needs))
        and not (move.unless and has(observation, move.unless))
    )


def has(observation, name):
    return getattr(observation, name, None) is not None


def is_so(observation, do, user):
    """Whether what a person asks for, and had a right to, is so already."""
    move, state = MOVE[do], state_of(observation)
    is_over = move.unless and state in move.states and has(observation, move.unless)
    return bool(state in move.so_in or is_over) and is_theirs(observation, move.who, user)


@dataclass(frozen=True)
class Offered:
    """What a person can do with an observation now, as its page says it."""

    do: Do
    words: str
    address: str
    is_main: bool


def offered(observation, user):
    """What the page of an observation offers the person, in the order of the table."""
    named = {
        "practitioner": observation.practitioner.first_name if observation.practitioner_id else "",
        "what": "draft" if state_of(observation) in WRITTEN else "observation",
        "note": "Change" if hasattr(observation, "conversation") else "Write down",
    }
    return [
        Offered(
            move.do,
            move.button.format(**named),
            f"observations:{move.address}",
            move.is_main,
        )
        for move in MOVES
        if move.button and allows(observation, move.do, user)
    ]


def as_table():
    """The table as the documents show it, a line for each move."""
    head = ["| what | by whom | while it is | it then is |", "|---|---|---|---|"]
    return "\n".join(
        [
            *head,
            *(
                f"| {move.do.label} | {move.who.label} "
                f"| {'; '.join(state.label for state in move.states)} "
                f"| {leads_to(move)} |"
                for move in MOVES
            ),
        ]
    )


def leads_to(move):
    """The states that an act may lead to, in words."""
    return "; or ".join(state.label for state in (move.to, move.or_to) if state) or "As it was"
