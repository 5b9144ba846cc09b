"""What is done about words that may name someone."""

from django.db import transaction
from django.utils import timezone

from observations import sharing
from observations.models import Observation, Passage, Redaction
from observations.models.redaction import HOLDERS
from observations.recounting import recount_mentions
from observations.redaction import finding, remembering, replacing
from practicelens.audit.actions import record
from practicelens.audit.models import Entry
from practicelens.jobs.names import Task
from practicelens.jobs.nudges import nudge
from practicelens.refusals import NotNow


@transaction.atomic
def replace(*, redaction, by, replacement):
    """Write another word in place of what may name someone, everywhere it is there.

    It is then that person's through the whole observation. Returns whether it was the last name
    for which the sharing waited: then it is shared.
    """
    redaction = held(redaction, settled="")
    replacing.replace(redaction, replacement)
    settle(redaction, by, Redaction.Settled.REPLACED)
    remembering.give(
        observation=redaction.observation,
        words=redaction.words,
        kind=redaction.kind,
        role=replacement,
    )
    after_replacing(redaction)
    log_settling(redaction, by, Entry.Action.MASKED)
    return sharing.share_if_settled(redaction.observation, by=by)


@transaction.atomic
def put_back(*, redaction, by):
    """Write the words again where their replacement is; they are then to be settled anew.

    Raises replacing.CannotBePlaced, and changes nothing, where the text has moved on.
    """
    redaction = held(redaction, settled=Redaction.Settled.REPLACED)
    role = redaction.replacement
    replacing.put_back(redaction)
    forget_role(redaction, role)
    redaction.put_back_at = timezone.now()
    redaction.save(update_fields=["put_back_at"])
    settle(redaction, None, "")
    after_replacing(redaction)
    log_settling(redaction, by, Entry.Action.UNMASKED)


def forget_role(redaction, role):
    """Unless it stands for the same name elsewhere in the observation."""
    observation = redaction.observation
    of_name = observation.redactions.replaced().filter(words=redaction.words, replacement=role)
    if not of_name.exclude(pk=redaction.pk).exists():
        remembering.forget(observation=observation, words=redaction.words, kind=redaction.kind)


@transaction.atomic
def keep(*, redaction, by, reason):
    """Let the words stand, because they name nobody who could be harmed by it.

    Returns whether it is shared now, as `replace` does.
    """
    redaction = held(redaction, settled="")
    settle(redaction, by, Redaction.Settled.KEPT, reason)
    log_settling(redaction, by, Entry.Action.KEPT)
    return sharing.share_if_settled(redaction.observation, by=by)


def held(redaction, settled):
    """The finding as it is now, its observation locked against another save of the same text."""
    Observation.objects.select_for_update(of=("self",)).get(pk=redaction.observation_id)
    found = Redaction.objects.select_related("observation__unit", *HOLDERS)
    try:
        return found.get(pk=redaction.pk, settled=settled)
    except Redaction.DoesNotExist as error:
        raise NotNow from error


def settle(redaction, by, how, reason=""):
    redaction.settled, redaction.reason = how, reason
    redaction.settled_by, redaction.settled_at = by, timezone.now() if how else None
    redaction.save(
        update_fields=[
            "settled",
            "reason",
            "replacement",
            "replaced_places",
            "settled_by",
            "settled_at",
        ]
    )


def after_replacing(redaction):
    """Look again at the text that was changed, and suggest themes for it again."""
    holder, field = replacing.holder_of(redaction)
    finding.refresh_one(redaction.where, redaction.observation, getattr(holder, field))
    recode(holder, redaction)


def log_settling(redaction, by, action):
    """Which observation it was, never which words."""
    observation = redaction.observation
    record(by=by, action=action, what=observation, unit=observation.unit)


def recode(holder, redaction):
    """Offsets of suggestions move with the text: suggest again, leave what a person decided."""
    coded = Observation.objects.filter(pk=redaction.observation_id, coded_at__isnull=False)
    if redaction.passage_id and coded.update(coded_at=None):
        stale = holder.mentions.suggested()
        recount_mentions(stale)
        stale.delete()
        Passage.objects.filter(pk=redaction.passage_id).update(perhaps=[])
        nudge(Task.CODE, redaction.observation_id)
