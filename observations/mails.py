"""The mail of the right of reply: that something is shared, replied to, or soon out of time.

It waits in line until the mail server takes it, and never says what is in an observation.
"""

from datetime import timedelta

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from observations.models import Observation
from practicelens import spoken_days as days
from practicelens.mail.actions import write
from practicelens.people.models import know_zones

# Working days before the time to reply runs out, and the hour of that day there, to remind
# someone.
REMIND_BEFORE = 2
FROM_HOUR = 8
# Longer ago than any time to reply: not looked at.
LONG_AGO = timedelta(days=60)


def shared(observation):
    tell(observation.practitioner, "an observation was shared with you", "shared", observation)


def taken_back(observation):
    tell(observation.practitioner, "an observation was taken back", "taken_back", observation)


def replied(observation):
    tell(observation.observer, "a reply to an observation of yours", "replied", observation)


def family_answered(observation):
    tell(observation.observer, "a family’s card came in", "family_answered", observation)


def tell(to, subject, template, observation):
    until = observation.shared_at and days.in_words(
        observation.reply_by, weekday=True, today=observation.unit.today()
    )
    text = render_to_string(f"observations/mail/{template}.txt", {"until": until})
    write(to=[to], subject=f"PracticeLens: {subject}", text=text)


def remind_due():
    """Remind each practitioner whose time to reply is nearly over, once; returns how many were."""
    waiting = Observation.objects.waiting_for_reply().filter(
        reminded_at=None, shared_at__gt=timezone.now() - LONG_AGO
    )
    found = list(waiting.select_related("unit"))
    know_zones(each.unit for each in found)
    return sum(remind(each.pk) for each in found if is_due(each))


def is_due(observation):
    """From that day on till the last; what was missed on the day is caught up while there is time."""
    there = timezone.localtime(timezone=observation.unit.zone)
    first = observation.unit.working_days_from(observation.reply_by, -REMIND_BEFORE)
    return first <= there.date() <= observation.reply_by and there.hour >= FROM_HOUR


@transaction.atomic
def remind(pk):
    """Remind one, unless another process does or just did; returns whether it was done here."""
    rows = Observation.objects.waiting_for_reply().filter(pk=pk, reminded_at=None)
    row = rows.select_for_update(of=("self",), skip_locked=True).first()
    if row is None:
        return False
    row.reminded_at = timezone.now()
    row.save(update_fields=["reminded_at"])
    tell(row.practitioner, "the time to reply is nearly over", "time_runs_out", row)
    return True
