"""Every change of a return visit: made with the decision, planned, told what was seen, or closed."""

from django.db import transaction
from django.utils import timezone

from observations.models import Observation
from observations.planning import actions as planning
from practicelens.audit.actions import record
from practicelens.audit.models import Entry
from practicelens.people.models import Unit
from practicelens.refusals import AlreadySo, NotNow
from reports.models import ReturnVisit
from reports.models.return_visits import due_days


def make(*, decision, by):
    """Someone is to go back after a decision that promises something; made with it."""
    unit = decision.recommendation.briefing.unit
    due_from, due_to = due_days(unit, unit.day_of(decision.decided_at))
    made = ReturnVisit.objects.create(decision=decision, due_from=due_from, due_to=due_to)
    record(by=by, action=Entry.Action.MADE, what=made, unit=unit)
    return made


@transaction.atomic
def plan(*, return_visit, by, **told):
    """Plan the visit on which it will be seen; one that was called off is planned anew."""
    row = still_open(return_visit)
    if not row.to_plan:
        raise AlreadySo("A visit is planned already.", leads_to=row)
    row.visit = planning.plan(by=by, **told)
    row.save(update_fields=["visit"])
    record(by=by, action=Entry.Action.CHANGED, what=row, unit=row.unit)
    return row


@transaction.atomic
def tell(*, return_visit, by, observation, saw, at=None):
    """What was seen on going back, in an observation that counts; the next briefing tells it."""
    row = still_open(return_visit)
    if observation.pk not in observed_since(row).values_list("pk", flat=True):
        raise NotNow("That observation is not of this part of the service, or counts no more.")
    row.observation, row.saw = observation, saw
    row.saw_at, row.saw_by = at or timezone.now(), by
    row.save(update_fields=["observation", "saw", "saw_at", "saw_by"])
    record(by=by, action=Entry.Action.CHANGED, what=row, unit=row.unit)
    return row


@transaction.atomic
def close(*, return_visit, by, because, at=None):
    """Nobody goes back; the next briefing says why."""
    row = still_open(return_visit)
    row.because, row.closed_at, row.closed_by = because, at or timezone.now(), by
    row.save(update_fields=["because", "closed_at", "closed_by"])
    record(by=by, action=Entry.Action.ENDED, what=row, unit=row.unit)
    return row


def observed_since(return_visit):
    """The observations that count, of the unit that was asked about, since the day of the decision."""
    decided_on = return_visit.unit.day_of(return_visit.decision.decided_at)
    below = Unit.objects.below(return_visit.unit)
    return Observation.objects.counted().filter(unit__in=below, observed_on__gte=decided_on)


def still_open(return_visit):
    """Its row, locked, until something was said of it."""
    ReturnVisit.objects.select_for_update(of=("self",)).get(pk=return_visit.pk)
    row = ReturnVisit.objects.for_list().get(pk=return_visit.pk)
    if not row.is_open:
        raise AlreadySo("It is told already.", leads_to=row)
    return row
