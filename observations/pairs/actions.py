"""Putting two observations of one occasion beside each other, and taking them apart."""

from django.db import transaction

from observations.life import Do
from observations.models import Observation, Pair
from observations.notes.actions import opened
from practicelens.audit.actions import record
from practicelens.audit.models import Entry
from practicelens.refusals import NotNow


@transaction.atomic
def pair(*, observation, other, by):
    """One pair for two observations, however often and from whichever side it is asked for."""
    own = Observation.objects.select_for_update(of=("self",)).select_related("framework_version")
    observation = own.get(pk=observation.pk)
    if not observation.allows(Do.PAIR, by):
        raise NotNow
    if not Observation.objects.visible_to(by).beside(observation).filter(pk=other.pk).exists():
        raise NotNow
    first, second = sorted((observation.pk, other.pk))
    made, is_new = Pair.objects.get_or_create(
        first_id=first, second_id=second, defaults={"made_by": by}
    )
    if is_new:
        seen_by_practitioner(observation, other)
        record(by=by, action=Entry.Action.MADE, what=made, unit=observation.unit)
    return made


def seen_by_practitioner(*observations):
    """A practitioner who pairs their own observation with one that was shared has read that one."""
    for observation, beside in (observations, observations[::-1]):
        if observation.shared_at and observation.practitioner_id == beside.observer_id:
            opened(observation=observation, by=beside.observer)


@transaction.atomic
def unpair(*, pair, by):
    """The two observations are apart again; nothing in either changes."""
    if not pair.can_be_undone_by(by):
        raise NotNow
    record(by=by, action=Entry.Action.CHANGED, what=pair, unit=pair.first.unit)
    pair.delete()
