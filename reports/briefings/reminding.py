"""Mail about the dates of recommendations: soon due, overdue, or promised and not done; each once.

It goes out on a working day where the unit is, and says nothing of what was asked.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from practicelens.people.models import know_zones
from reports.briefings import mails
from reports.briefings.recommendations import UNSETTLED
from reports.models import Recommendation, Reminder

DUE_BEFORE = 5  # working days
FROM_HOUR = 8
# What was due longer ago has been told of by briefings since.
LONG_AGO = timedelta(days=30)


def remind_due():
    """Remind of each date that has come near or gone by, once; returns how many were."""
    open_ones = Recommendation.objects.issued().filter(UNSETTLED, owner__isnull=False)
    found = list(open_ones.select_related("briefing__unit", "decision", "owner"))
    know_zones(each.briefing.unit for each in found)
    return sum(remind(each, kind) for each in found for kind in kinds_due(each))


def kinds_due(recommendation):
    """What there is to remind of now, where the unit is."""
    unit = recommendation.briefing.unit
    there = timezone.localtime(timezone=unit.zone)
    today = there.date()
    if there.hour < FROM_HOUR or not unit.is_working_day(today):
        return []
    decision = recommendation.decision_made
    if decision:
        is_late = today - LONG_AGO <= decision.act_by < today
        return [Reminder.Kind.NOT_DONE] if is_late else []
    due = recommendation.due_on
    if today - LONG_AGO <= due < today:
        return [Reminder.Kind.OVERDUE]
    return [Reminder.Kind.DUE] if unit.working_days_from(due, -DUE_BEFORE) <= today <= due else []


@transaction.atomic
def remind(recommendation, kind):
    """Send one mail, unless it was sent; returns whether it was sent here."""
    _, is_new = Reminder.objects.get_or_create(recommendation=recommendation, kind=kind)
    if is_new:
        mails.date_of(recommendation, kind)
    return is_new
