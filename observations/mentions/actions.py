"""Decisions about mentions: confirmed, rejected, taken back, added by a person."""

from django.db import transaction
from django.utils import timezone

from observations.models import (
    Mention,
)
from observations.recounting import recount_mentions
from practicelens.jobs.names import Task
from practicelens.jobs.nudges import nudge

# What a decision about a mention says of it.
DECISION = ["status", "stance", "start", "end", "by_chance", "decided_by", "decided_at"]


@transaction.atomic
def decide_mention(*, mention, by, status, stance=None, edges=None, by_chance=False):
    """Confirm or reject a mention; only confirmed ones are counted as said.

    `edges` are where its quote starts and ends. `by_chance` says that it was drawn, not chosen.
    """
    mention = Mention.objects.select_for_update(of=("self",)).get(pk=mention.pk)
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
    """Take a decision back: the mention is a suggestion again, or gone if a person had added it."""
    mention = Mention.objects.select_for_update(of=("self",)).get(pk=mention.pk)
    recount_mentions([mention])
    nudge(Task.ROLL_UP)
    if not mention.engine:
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
    """
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
        create_defaults={**passage.observation.place, "end": len(passage.text), **decided},
    )
    recount_mentions([mention])
    nudge(Task.ROLL_UP)
    return mention
