"""Who reads what is written in an observation: one table, which boxes tell and reading pages obey.

Practice leaders whose part of the organisation it is read an observation once it is submitted; the
practitioner once it is shared. Some of it is read by fewer. Whoever wrote something always reads
it.
"""

from copy import copy

from django.db import models

from observations import meeting_facts
from practicelens.people.permissions import Act


class Readers(models.TextChoices):
    """Who reads it besides its writer, in the words that are beside its box."""

    NOTE = (
        "note",
        (
            "Read by practice leaders here once you submit it, and by the practitioner once you share "
            "it."
        ),
    )
    QUOTED = (
        "quoted",
        (
            "Read by practice leaders here once you submit it, and by the practitioner once you share "
            "it. What is seen or heard can be quoted to senior leaders, after a check of each quotation."
        ),
    )
    LEADERS = (
        "leaders",
        "Read by practice leaders here once you submit it. The practitioner does not see it.",
    )
    CHOSEN = (
        "chosen",
        "Only you read this, unless you choose below to show it to everybody who reads the observation.",
    )
    REPLY = (
        "reply",
        (
            "Read by the observer and by practice leaders here. Where senior leaders are quoted "
            "something that you see differently, what you say of it goes with it."
        ),
    )
    AGREED = ("agreed", "Read by practice leaders here, and by the practitioner once it is shared.")
    TOLD = (
        "told",
        (
            "Read by practice leaders here, and by the practitioner under My data, also while it is "
            "not shared. Senior leaders are told how many were not shared and for which of these "
            "reasons, never your words."
        ),
    )
    WRITER = ("writer", "Only you read this.")
    FELT = (
        "felt",
        (
            "Only you see this on the observation. Once five people have replied, the summary says how many "
            "felt what, never who."
        ),
    )


TRIAL = "Only you read this. It is erased when the version is published."

R = Readers
# Every field of an observation, by its model.
TABLE = {
    "Observation": {
        **dict.fromkeys(
            [
                "unit",
                "practitioner",
                "kind_of_work",
                "observed_on",
                "part_of_day",
                "minutes",
                "setting",
                "mode",
                "proximity",
                "present",
                "family_asked",
                "reflection_effect",
            ],
            R.NOTE,
        ),
        "reflection_asks": R.CHOSEN,
        "withdrawn_because": R.WRITER,
        **dict.fromkeys(["not_shared_because", "not_shared_words"], R.TOLD),
    },
    "Passage": {
        **dict.fromkeys(["prompt", "kind", "risk"], R.NOTE),
        "text": R.QUOTED,
        "is_marked": R.LEADERS,
    },
    "Rating": dict.fromkeys(["outcome", "level", "cause", "evidence"], R.NOTE),
    "MeetingFacts": dict.fromkeys(
        [*meeting_facts.NAMES, *meeting_facts.MOMENT_NAMES, "counted"], R.NOTE
    ),
    "TalkShare": {"minutes": R.NOTE},
    "Friction": dict.fromkeys(
        ["system", "called", "step", "effect", "minutes", "family", "workaround"], R.NOTE
    ),
    "Voice": dict.fromkeys(["who", "words"], R.NOTE),
    "Conversation": dict.fromkeys(
        ["strengths", "questions", "next_step", "look_again_on"], R.AGREED
    ),
    "ConversationAddition": {"words": R.AGREED},
    "ReplyPart": {"verdict": R.REPLY, "words": R.REPLY},
    "Reply": {"verdict": R.REPLY, "words": R.REPLY, "fairness": R.FELT},
}


def readers_of(name):
    """Who reads a field, named by its model: "Voice.words"."""
    model, _, field = name.partition(".")
    return TABLE[model][field]


def words_for(name, *, is_trial=False):
    """What the box of a field says of who will read it."""
    return TRIAL if is_trial else readers_of(name).label


def is_read_by(name, observation, user):
    """Whether a person who can open the observation reads this field of it there."""
    readers = readers_of(name)
    if readers in (R.REPLY, R.FELT):
        return user.pk == observation.practitioner_id or readers == R.REPLY
    if user.pk == observation.observer_id:
        return True
    leads = observation.unit_id in user.reach(Act.READ_OBSERVATIONS)
    if readers == R.CHOSEN:
        return observation.shows_reflection
    if readers == R.LEADERS:
        return leads and user.pk != observation.practitioner_id
    return readers in (R.NOTE, R.QUOTED, R.AGREED, R.TOLD)


def as_read_by(row, observation, user):
    """A copy of the observation, or of a part of it, without what this person does not read."""
    read = copy(row)
    for field in row._meta.concrete_fields:
        name = f"{row._meta.object_name}.{field.name}"
        if field.name in TABLE.get(row._meta.object_name, {}) and not is_read_by(
            name, observation, user
        ):
            setattr(read, field.name, None if field.null else field.get_default())
    return read
