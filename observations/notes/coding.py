"""Themes suggested for the passages of a submitted observation."""

from django.db import transaction
from django.utils import timezone

from observations.early_signs import finding as early_signs
from observations.engine import suggestions_for
from observations.models import (
    Mention,
    Observation,
    Passage,
)
from observations.recounting import recount_mentions
from practicelens.jobs.names import Task
from practicelens.jobs.nudges import nudge


@transaction.atomic
def code(*, observation):
    """Suggest themes for the passages of a submitted observation; twice is once."""
    waiting = Observation.objects.select_for_update(of=("self",), skip_locked=True).filter(
        pk=observation.pk, is_counted=True, coded_at=None
    )
    observation = waiting.first()
    if observation is None:
        return 0
    mentions = Mention.objects.bulk_create(suggestions_for(observation), ignore_conflicts=True)
    Passage.objects.bulk_update(observation.passages.all(), ["perhaps"])
    recount_mentions(mentions)
    early_signs.look(observation)
    observation.coded_at = timezone.now()
    observation.save(update_fields=["coded_at"])
    nudge(Task.ROLL_UP)
    return len(mentions)
