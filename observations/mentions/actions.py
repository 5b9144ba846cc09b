"""Decisions about mentions: confirmed, rejected, taken back, added by a person."""

from django.db import transaction
from django.utils import timezone

from observations.models import Mention, Observation
from observations.recounting import recount_mentions
from practicelens.jobs.names import Task
from practicelens.jobs.nudges import nudge
from practicelens.refusals import NotNow

# What a decision about a mention says of it.
DECISION = ["status", "stance", "start", "end", "by_chance", "decided_by", "decided_at"]


@transaction.atomic
def decide_mention(*, mention, by, status, stance=None, edges=None, by_chance=False):
    """Confirm or reject a mention; only confirmed ones are counted as said.

    `edges` are where its quote starts and ends. `by_chance` says that it was drawn, not chosen.
    """
    mention = locked_mention(mention)
    mention.status = status
    mention.stance = stance or mention.stance
    mention.start, mention.end = edges or (mention.start, mention.end)
    mention.by_chance = mention.by_chance or by_chance
    mention.decided_by, mention.decided_at = by, timezone.now()
    mention.save(update_fields=DECISION)
    recount_mentions([mention])
    nudge(Task.ROLL_UP)
    return mention


@transaction.atomic
def undecide(*, mention):
    """Take a decision back: the mention is a suggestion again, or gone if a person had added it.

    In a draft it is gone too: no suggestion is kept before the draft counts.
    """
    mention = locked_mention(mention)
    recount_mentions([mention])
    nudge(Task.ROLL_UP)
    if not (mention.engine and mention.is_counted):
        mention.delete()
        return
    mention.status = Mention.Status.SUGGESTED
    mention.decided_by = mention.decided_at = None
    mention.by_chance = False
    mention.save(update_fields=DECISION)


@transaction.atomic
def add_mention(*, passage, theme, stance, by, edges=None):
    """Code a passage to a theme that nobody suggested; it counts as confirmed.

    `edges` are where the quote starts and ends: without them, the whole passage is the quote.
    Raises NotNow if its observation was withdrawn meanwhile.
    """
    observation = locked_observation(passage.observation_id)
    decided = {
        "stance": stance,
        "status": Mention.Status.CONFIRMED,
        "decided_by": by,
        "decided_at": timezone.now(),
    }
    if edges:
        decided |= dict(zip(["start", "end"], edges, strict=True))
    mention, _ = Mention.objects.update_or_create(
        passage=passage,
        theme=theme,
        defaults=decided,
        create_defaults={**observation.place, "end": len(passage.text), **decided},
    )
    recount_mentions([mention])
    nudge(Task.ROLL_UP)
    return mention


# Rows, held. An observation is always locked before what was found in it, so that two never wait
# for each other.


def locked_observation(pk):
    """An observation that counts, or is a draft still, as it is now, held against a withdrawal."""
    found = Observation.objects.filter(withdrawn_at=None).held([pk]).get(pk)
    if found is None:
        raise NotNow("The observation was withdrawn meanwhile, so nothing is coded in it now.")
    return found


def locked_mention(mention):
    """The mention's row as it is now, held against another decision."""
    rows = Mention.objects.select_for_update(of=("self",))
    rows = rows.select_related("theme", "passage__observation", "decided_by")
    found = rows.filter(pk=mention.pk).first()
    if found is None:
        raise NotNow("That suggestion is gone: its observation was withdrawn or re-checked.")
    return found
