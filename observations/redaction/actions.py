"""What is done about words that may name somebody."""

from django.db import transaction
from django.utils import timezone

from observations.marks import mark_mentions
from observations.models import (
    Identifier,
    Observation,
)
from observations.redaction import finding, replacing
from observations.refusals import NotNow
from practicelens.audit.actions import record
from practicelens.audit.models import Entry
from practicelens.jobs.names import Task
from practicelens.jobs.nudges import nudge


@transaction.atomic
def replace_identifier(*, identifier, by, replacement):
    """Write another word in place of what may name somebody, everywhere it stands there."""
    identifier = held(identifier, settled="")
    replacing.replace(identifier, replacement)
    settle(identifier, by, Identifier.Settled.REPLACED)
    after_replacing(identifier)
    log_settling(identifier, by, Entry.Action.MASKED)


@transaction.atomic
def put_back_identifier(*, identifier, by):
    """Write the words again where their replacement stands; they are then to be settled anew.

    Raises replacing.CannotBePlaced, and changes nothing, where the text has moved on.
    """
    identifier = held(identifier, settled=Identifier.Settled.REPLACED)
    replacing.put_back(identifier)
    identifier.put_back_at = timezone.now()
    identifier.save(update_fields=["put_back_at"])
    settle(identifier, None, "")
    after_replacing(identifier)
    log_settling(identifier, by, Entry.Action.UNMASKED)


@transaction.atomic
def keep_identifier(*, identifier, by, reason):
    """Let the words stand, because they name nobody who could be harmed by it."""
    identifier = held(identifier, settled="")
    settle(identifier, by, Identifier.Settled.KEPT, reason)
    log_settling(identifier, by, Entry.Action.KEPT)


def held(identifier, settled):
    """The finding as it stands now, its note locked against another save of the same text."""
    Observation.objects.select_for_update(of=("self",)).get(pk=identifier.observation_id)
    found = Identifier.objects.select_related("observation__unit", "passage", "voice")
    try:
        return found.get(pk=identifier.pk, settled=settled)
    except Identifier.DoesNotExist as error:
        raise NotNow from error


def settle(identifier, by, how, reason=""):
    identifier.settled, identifier.reason = how, reason
    identifier.settled_by, identifier.settled_at = by, timezone.now() if how else None
    identifier.save(
        update_fields=[
            "settled",
            "reason",
            "replacement",
            "replaced_places",
            "settled_by",
            "settled_at",
        ]
    )


def after_replacing(identifier):
    """Look again at the text that was changed, and suggest themes for it again."""
    holder, field = replacing.holder_of(identifier)
    where = {"passage": holder} if identifier.passage_id else {"voice": holder}
    finding.refresh_one(where, identifier.observation, getattr(holder, field))
    recode(holder, identifier)


def log_settling(identifier, by, action):
    """Which note it was, never which words."""
    observation = identifier.observation
    record(by=by, action=action, what=observation, unit=observation.unit)


def recode(holder, identifier):
    """Offsets of suggestions move with the text: suggest again, leave what a person decided."""
    coded = Observation.objects.filter(pk=identifier.observation_id, coded_at__isnull=False)
    if identifier.passage_id and coded.update(coded_at=None):
        stale = holder.mentions.suggested()
        mark_mentions(stale)
        stale.delete()
        nudge(Task.CODE, identifier.observation_id)
