"""Every change of a planned visit, and of the address at which calendars read them."""

import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from observations.life import Do
from observations.models import CalendarAddress, PlannedVisit
from observations.models.choices import PartOfDay
from observations.models.planning import EMPTIED
from observations.notes.actions import NoFramework, described, held, start
from observations.planning import mails
from practicelens.audit.actions import record
from practicelens.audit.models import Entry
from practicelens.people import two_windows
from practicelens.people.two_windows import UNREAD
from practicelens.refusals import AlreadySo, NotNow

# For so long after its day a plan keeps its words and who it was with.
WORDS_KEPT = timedelta(days=365)
# Until which hour a visit that starts then is in which part of the day.
UNTIL = [(12, PartOfDay.MORNING), (17, PartOfDay.AFTERNOON), (22, PartOfDay.EVENING)]
EARLY = 6

ALREADY = {
    PlannedVisit.State.BEGUN: "An observation is begun from this visit already.",
    PlannedVisit.State.DECLINED: "It is said already that this visit does not suit that day.",
    PlannedVisit.State.CANCELLED: "This visit is cancelled already.",
    PlannedVisit.State.UNSETTLED: "The day of this visit is over a year ago, and its words went.",
}


@transaction.atomic
def plan(*, by, key, unit, kind_of_work, base=UNREAD, **told):
    """A planned visit, made once for a key: sent twice it is still one. The practitioner is told."""
    visit, is_new = PlannedVisit.objects.get_or_create(
        key=key,
        defaults={
            "observer": by,
            "unit": unit,
            "kind_of_work": kind_of_work,
            **described(unit, kind_of_work),
            **told,
        },
    )
    if visit.observer_id != by.pk:
        raise NotNow
    if is_new:
        two_windows.remember(visit, base)
        mails.planned(visit)
        record(by=by, action=Entry.Action.MADE, what=visit, unit=unit)
    return visit


@transaction.atomic
def change(*, visit, by, base, unit, kind_of_work, **told):
    """Change what is planned; the practitioner is told where the time or they themselves changed.

    What was saved of it in another window since it was read, at `base`, raises Meanwhile.
    """
    row = still_planned(visit)
    before = row.practitioner, row.visit_on, row.visit_at
    if (row.unit_id, row.kind_of_work) != (unit.pk, kind_of_work):
        told |= described(unit, kind_of_work)
    write(row, base, unit=unit, kind_of_work=kind_of_work, **told)
    if before[0] != row.practitioner:
        if before[0]:
            mails.tell(before[0], mails.CANCELLED, mails.TO_PRACTITIONER)
        mails.planned(row)
    elif before[1:] != (row.visit_on, row.visit_at):
        mails.moved(row)
    record(by=by, action=Entry.Action.CHANGED, what=row, unit=row.unit)
    return row


@transaction.atomic
def focus(*, visit, by, words, base):
    """The practitioner says what they would like to be looked at."""
    row = still_planned(visit)
    write(row, base, practitioners_focus=words)
    record(by=by, action=Entry.Action.CHANGED, what=row, unit=row.unit)
    return row


def write(row, base, **fields):
    two_windows.count_on(row, base)
    for name, value in fields.items():
        setattr(row, name, value)
    row.changed_at = timezone.now()
    row.save()


@transaction.atomic
def decline(*, visit, by, why="", because=""):
    """The practitioner says not today. It needs no reason, and is no mark against them."""
    row = still_planned(visit)
    call_off(row, by, "declined_at", why, because)
    mails.declined(row)
    return row


@transaction.atomic
def cancel(*, visit, by, why, because=""):
    """The observer cancels it, with a reason that is kept."""
    row = still_planned(visit)
    call_off(row, by, "cancelled_at", why, because)
    mails.cancelled(row)
    return row


def call_off(row, by, how, why, because):
    setattr(row, how, timezone.now())
    row.why, row.because, row.changed_at = why, because, timezone.now()
    row.revision += 1
    row.save()
    record(by=by, action=Entry.Action.ENDED, what=row, unit=row.unit)


@transaction.atomic
def begin(*, visit, by):
    """An observation with what was planned filled in: made once, and the visit is then done.

    How long it took, and what was seen, is known only by then: that is left to be said.
    """
    row = still_planned(visit, or_its_observation=True)
    today = row.unit.today()
    try:
        observation = start(
            by=by,
            key=row.key,
            unit=row.unit,
            kind_of_work=row.kind_of_work,
            observed_on=min(row.visit_on, today),
        )
    except NoFramework:
        words = f"No framework is in use for {row.unit}. Ask a framework admin, then begin."
        raise NotNow(words, leads_to=row) from None
    observation = held(observation, Do.WRITE, by)
    observation.practitioner = row.practitioner
    observation.family_asked = row.family_asked
    observation.part_of_day = part_of_day(row.visit_at)
    observation.save(update_fields=["practitioner", "family_asked", "part_of_day"])
    row.observation, row.begun_at, row.changed_at = observation, timezone.now(), timezone.now()
    row.save(update_fields=["observation", "begun_at", "changed_at"])
    record(by=by, action=Entry.Action.CHANGED, what=row, unit=row.unit)
    return observation


def part_of_day(at):
    """The part of the day in which something starts; empty where it is not said when."""
    if at is None:
        return ""
    if at.hour < EARLY:
        return PartOfDay.NIGHT
    return next((part for until, part in UNTIL if at.hour < until), PartOfDay.NIGHT)


def still_planned(visit, or_its_observation=False):
    """Its row, locked, while it is planned; else how it ended is said, where that can be seen."""
    row = PlannedVisit.objects.select_for_update(of=("self",)).select_related(
        "unit", "observer", "practitioner", "observation"
    )
    row = row.get(pk=visit.pk)
    if not row.is_planned:
        leads_to = row.observation if or_its_observation else None
        raise AlreadySo(ALREADY[row.state], leads_to=leads_to or row)
    return row


def forget_words():
    """A year after its day a plan loses its words and its practitioner; that it was stays counted."""
    old = PlannedVisit.objects.filter(
        emptied_at=None, visit_on__lt=timezone.localdate() - WORDS_KEPT
    )
    return old.update(**EMPTIED, emptied_at=timezone.now())


@transaction.atomic
def make_address(*, by):
    """An address of one's own for calendars; one that there was leads nowhere from here on."""
    address, is_new = CalendarAddress.objects.select_for_update(of=("self",)).get_or_create(user=by)
    if not is_new:
        address.key, address.made_at = uuid.uuid4(), timezone.now()
        address.save()
    record(by=by, action=Entry.Action.LINKED, what=address, unit=by.organisation)
    return address


@transaction.atomic
def end_address(*, by):
    """From here on the address leads nowhere."""
    address = CalendarAddress.objects.select_for_update(of=("self",)).filter(user=by).first()
    if address is None:
        raise AlreadySo("There is no calendar address.")
    record(by=by, action=Entry.Action.ENDED, what=address, unit=by.organisation)
    address.delete()
