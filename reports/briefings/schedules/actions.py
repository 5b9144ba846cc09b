from django.db import IntegrityError, transaction

from practicelens.audit.actions import as_it_stands, changed, record
from practicelens.audit.models import Entry
from practicelens.refusals import NotNow
from reports.models import BriefingSchedule

FIELDS = ("unit", "day", "starts_on", "approver", "ended_on")


@transaction.atomic
def make(*, unit, day, starts_on, approver, by):
    """Have a briefing of the unit drafted each month from now on."""
    try:
        with transaction.atomic():
            schedule = BriefingSchedule.objects.create(
                unit=unit, day=day, starts_on=starts_on, approver=approver
            )
    except IntegrityError as error:
        raise NotNow from error
    changes = changed(dict.fromkeys(FIELDS), schedule)
    record(by=by, action=Entry.Action.MADE, what=schedule, unit=unit, changes=changes)
    return schedule


@transaction.atomic
def change(*, schedule, day, starts_on, approver, by):
    """Change what comes from now on; what was drafted stays."""
    held = locked_schedule(schedule)
    before = as_it_stands(held, *FIELDS)
    held.day, held.starts_on, held.approver = day, starts_on, approver
    held.save(update_fields=["day", "starts_on", "approver"])
    if changes := changed(before, held):
        action = Entry.Action.CHANGED
        record(by=by, action=action, what=held, unit=held.unit, changes=changes)
    return held


@transaction.atomic
def end(*, schedule, by):
    """No draft is made any more; what was drafted stays, and the unit may have another schedule."""
    held = locked_schedule(schedule)
    before = as_it_stands(held, *FIELDS)
    held.ended_on = held.unit.today()
    held.save(update_fields=["ended_on"])
    changes = changed(before, held)
    record(by=by, action=Entry.Action.ENDED, what=held, unit=held.unit, changes=changes)
    return held


def locked_schedule(schedule):
    """Its row, locked, as it is now: two people may have it open."""
    rows = BriefingSchedule.objects.running().select_for_update(of=["self"])
    held = rows.select_related("unit", "approver").filter(pk=schedule.pk).first()
    if held is None:
        raise NotNow
    return held
