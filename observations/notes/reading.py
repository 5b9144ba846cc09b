"""An observation as one person reads it: what the table of readers leaves them."""

from observations.models import Passage, Rating
from observations.readers import as_read_by


def reading_context(observation, user):
    """What templates/observations/_as_read.html takes: the observation as this reader reads it."""

    def read(rows):
        return [as_read_by(row, observation, user) for row in rows]

    ratings = read(ratings_of(observation))
    meeting = getattr(observation, "meeting", None)
    return {
        "observation": as_read_by(observation, observation, user),
        "sees_version": observation.framework_version.can_be_read_by(user),
        **{name: hanging(observation, name, user) for name in ("meeting", "conversation", "reply")},
        "additions": read(additions_to(observation)),
        "added_to_reply": read(parts_of_reply(observation).get(None, [])),
        "passages": passages_read(observation, user),
        "ratings": [rating for rating in ratings if rating.outcome != "not_seen"],
        "not_seen": [rating for rating in ratings if rating.outcome == "not_seen"],
        "family_cards": family_cards_of(observation),
        "frictions": read(observation.frictions.order_by("pk")),
        "voices": read(observation.voices.order_by("pk")),
        "shares": read(meeting.shares.order_by("-minutes", "pk")) if meeting else [],
    }


def as_submitted(observation, user):
    """The same of a draft, as it is once it is submitted: what nobody rated is then not seen."""
    context = reading_context(observation, user)
    rated = observation.ratings.values("criterion")
    unrated = observation.framework_version.criteria.exclude(pk__in=rated)
    not_seen = [*context["not_seen"], *(Rating(criterion=each) for each in unrated)]
    not_seen.sort(key=lambda rating: rating.criterion.position)
    return context | {"not_seen": not_seen}


def kept_back(observation):
    """What of an observation its practitioner does not read, though its observer wrote it."""
    read = as_read_by(observation, observation, observation.practitioner)
    asks = observation.reflection_asks
    return {
        "reflection": "" if read.reflection_asks else asks,
        "marked": observation.passages.filter(is_marked=True).exclude(text="").count(),
        "themes": observation.mentions.confirmed().count(),
    }


def passages_read(observation, user):
    """The passages as this reader reads them, each with what was replied to it in `replied`."""
    found = observation.passages.exclude(text="").select_related("prompt")
    if not observation.is_in_hands_of(user):
        found = found.exclude(pk__in=waiting_for_names(observation))
    passages = [as_read_by(row, observation, user) for row in found.order_by("position", "pk")]
    said = parts_of_reply(observation)
    for passage in passages:
        parts = said.get(passage.pk, [])
        passage.replied = [as_read_by(part, observation, user) for part in parts]
    return passages


def waiting_for_names(observation):
    """A family's words in which a name is to be settled: the observer's alone to read until then."""
    open_ones = observation.redactions.open().order_by()
    return open_ones.filter(passage__kind=Passage.Kind.FAMILY).values("passage")


def family_cards_of(observation):
    """The cards of a family that came in, and say what they said still."""
    cards = observation.family_cards.came_in().select_related("passage")
    return list(cards.order_by("used_at", "pk"))


def parts_of_reply(observation):
    """{pk of a passage: what was said beside it}, the first first; of None, about the whole."""
    found = {}
    reply = getattr(observation, "reply", None)
    for part in reply.parts.all() if reply else ():
        found.setdefault(part.passage_id, []).append(part)
    return found


def additions_to(observation):
    """What was added to the conversation about it, the first first."""
    conversation = getattr(observation, "conversation", None)
    return conversation.additions.select_related("by") if conversation else []


def ratings_of(observation):
    return (
        observation.ratings.select_related("criterion", "level", "cause")
        .prefetch_related("passages")
        .order_by("criterion__position")
    )


def hanging(observation, name, user):
    """What hangs on the observation alone, if there is one."""
    found = getattr(observation, name, None)
    return found and as_read_by(found, observation, user)
