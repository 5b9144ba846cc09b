"""Showing an observation to the practitioner: when it is submitted, later, or once names are settled."""

from django.utils import timezone

from observations import mails
from observations.life import State
from observations.models.choices import NotShared
from practicelens.audit.actions import record
from practicelens.audit.models import Entry


def share(observation, *, by):
    """From here on the practitioner reads it and can reply. The caller holds its row."""
    observation.shared_at = timezone.now()
    observation.save(update_fields=["shared_at"])
    tell(observation, by=by)


def tell(observation, *, by):
    """Write to the practitioner that it is shared, and put that on record."""
    mails.shared(observation)
    record(by=by, action=Entry.Action.SHARED, what=observation, unit=observation.unit)


def share_if_settled(observation, *, by):
    """Share what waited for its names alone, once none of them is open; returns whether it was."""
    waits = (
        observation.state == State.SUBMITTED and observation.not_shared_because == NotShared.NAMES
    )
    if not waits or observation.redactions.open().exists():
        return False
    share(observation, by=by)
    return True
