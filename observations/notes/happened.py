"""What happened to an observation, and what is to come, as its page tells it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from observations.life import State
from observations.models.choices import NotShared
from practicelens import spoken_days as days
from practicelens.numbers import lowered


@dataclass(frozen=True)
class Step:
    """One line of it: when it was, with what more is said of it; or what is to come, and until when."""

    what: str
    at: datetime | None = None
    more: str = ""
    to_come: str = ""

    @property
    def when(self):
        return moment_words(self.at)


def steps_of(observation):
    """Its life so far in order, and what is still awaited until it is withdrawn."""
    steps = [step for step in (tried(observation), submitted(observation)) if step]
    steps += shared(observation)
    if observation.withdrawn_at:
        why = observation.withdrawn_because
        return [*steps, Step("Withdrawn", observation.withdrawn_at, f". {why}" if why else "")]
    return [*steps, *to_come(observation)]


def tried(observation):
    by = f", by {observation.observer}"
    return observation.tried_at and Step("Finished", observation.tried_at, by)


def submitted(observation):
    if row := observation.came_in:
        return Step("Imported", observation.submitted_at, f", by {row.of.by}, from {row}")
    by = f", by {observation.observer}"
    return observation.submitted_at and Step("Submitted", observation.submitted_at, by)


def shared(observation):
    """That it was shared, and why not at once; or why it is not."""
    if observation.shared_at is None:
        return []
    late = observation.shared_at > observation.submitted_at
    more = f". Not at first{why_not(observation)}" if late and why_not(observation) else ""
    steps = [Step(f"Shared with {observation.practitioner}", observation.shared_at, more)]
    if observation.opened_at:
        steps.append(Step("First opened", observation.opened_at))
    if hasattr(observation, "reply"):
        given = observation.reply
        steps.append(Step(given.get_verdict_display(), given.replied_at))
    return steps


def why_not(observation):
    """Why it is not shared, or was not at first, to stand after that; empty where nobody said."""
    if observation.not_shared_because in ("", NotShared.NOT_RECORDED):
        return ""
    words = observation.not_shared_words.strip()
    why = lowered(observation.get_not_shared_because_display())
    return f": {why}. {words}" if words else f": {why}"


def to_come(observation):
    """What comes next if nobody withdraws it."""
    if observation.state == State.TRIED:
        return [Step("Erased", to_come="When the version is published")]
    if observation.state == State.SUBMITTED and observation.practitioner:
        return [Step("Shared with the practitioner", to_come=f"Not yet{why_not(observation)}")]
    if observation.state in (State.SHARED, State.OPENED):
        until = days.in_words(observation.reply_by, weekday=True, today=observation.unit.today())
        left = "Until" if observation.is_reply_awaited else "Time to reply ended on"
        return [Step(observation.reply_words, to_come=f"{left} {until}")]
    return []


def lede_of(observation):
    """Its state in a sentence or two."""
    when = moment_words(
        observation.withdrawn_at or observation.tried_at or observation.submitted_at
    )
    if observation.state == State.WITHDRAWN:
        return (
            f"Withdrawn on {when}. It is out of every number and every page, and only you can "
            "open it."
        )
    if observation.state in (State.DRAFT, State.TRIAL):
        return "A draft that was never submitted. Only you can open it, and it counts nowhere."
    if observation.state == State.TRIED:
        return f"Finished on {when}. Only you read it, and it counts nowhere."
    came = "Imported" if observation.is_imported else "Submitted"
    lede = f"By {observation.observer}. {came} on {when}."
    if observation.practitioner:
        lede += f" The practitioner: {observation.reply_words.lower()}."
    return lede


def moment_words(moment):
    """A day and an hour, in words."""
    return date_format(timezone.localtime(moment), "j F Y, H:i") if moment else ""
