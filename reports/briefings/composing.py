"""Composes the draft of a month: counts, first words by rule, and suggested findings."""

from contextlib import suppress
from datetime import date

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from practicelens.jobs.heartbeats import finished
from practicelens.jobs.ledger import ledger
from practicelens.jobs.models import Part, Run
from reports.briefings import sentences
from reports.briefings.mails import draft_waits
from reports.briefings.opposites import count_opposites
from reports.briefings.quoted_before import QuotedBefore
from reports.briefings.since import overdue_answers
from reports.briefings.suggesting import add_findings, good_work, said_again
from reports.briefings.telling import told_again, told_of
from reports.briefings.wording import first_words, words_without_counts
from reports.models import Briefing, BriefingSchedule, ToldGroup
from reports.periods import month_of, month_words, months_after, rolling
from reports.summaries import summarise

LOCK = 0x62726966  # the advisory locks of this module, one a unit


@transaction.atomic
def compose(*, unit, month, by=None):
    """The briefing of a unit and month: made if there is none, else as it is."""
    hold(unit)
    made = unit.briefings.filter(month=month).order_by("-version").first()
    return made or compose_draft(unit, month, by)


@transaction.atomic
def gather_again(briefing):
    """Count again, so far as it may be told, and say anew what nobody changed or took over.

    What a person changed stays as it is, with what the rule would say now beside it. Findings,
    their evidence and recommendations stay.
    """
    told = told_again(briefing) if briefing.supersedes_id else told_of(briefing)
    kept = {name: briefing.figures[name] for name in ("subjects", "good_work")}
    briefing.figures = {**told.figures, **kept, "overdue": overdue_of(briefing)}
    briefing.gathered_at = timezone.now()
    briefing.save(update_fields=["figures", "gathered_at"])
    ToldGroup.objects.keep(briefing, told.groups)
    say_again(briefing, told)
    return briefing


def say_again(briefing, told):
    """Every sentence that a rule made, of the figures of now; those that stand are said as they are."""
    if told.stands and told.stands.pk == briefing.supersedes_id:
        return
    summary = summary_of(briefing, told)
    made = words_of(briefing, summary, told)
    del made["good_work.heading"]  # it counts the lines below it, and no figure
    if told.plan.window:
        made |= said_again(briefing, summary)
        count_opposites(briefing, summary)
        briefing.save(update_fields=["figures"])
    sentences.say_again(briefing, made)


def compose_due(today=None):
    """Draft what the schedules ask for and nobody has: the last month that ended, and any missed.

    Safe to run at any time, and twice at once. Finished once nothing that is due is missing.
    """
    schedules = BriefingSchedule.objects.running().filter(unit__closed_on=None)
    drafted = [
        is_drafted(schedule.unit, month)
        for schedule in schedules.select_related("unit").order_by("unit")
        for month in missing_months(schedule, today or today_there(schedule.unit))
    ]
    if all(drafted):
        finished(Part.COMPOSING)


def missing_months(schedule, today):
    """Months whose day of drafting has come and that have no briefing, oldest first."""
    ended = months_after(month_of(today), -1 if today.day >= schedule.day else -2)
    first = month_of(schedule.starts_on)
    length = (ended.year - first.year) * 12 + ended.month - first.month + 1
    months = [months_after(first, at) for at in range(max(0, length))]
    there = set(schedule.unit.briefings.values_list("month", flat=True))
    return [month for month in months if month not in there]


def today_there(unit):
    """The unit's day by the database's clock, so that every machine means the same one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (now() AT TIME ZONE %s)::date", [unit.zone.key])
        day = cursor.fetchone()[0]
    return date(day.year, day.month, day.day)


def hold(unit):
    """One composer at a time for a unit, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, unit.pk])


def is_drafted(unit, month):
    """Draft one; whether that went through. One that fails stops no other."""
    with suppress(Exception):  # the ledger and the log have it
        compose_on_ledger(unit, month)
        return True
    return False


def compose_on_ledger(unit, month):
    with ledger(Run.Kind.COMPOSE, unit=unit) as run:
        briefing = compose_and_tell(unit=unit, month=month)
        run.result = f"Draft of {month_words(month)}, issue {briefing.issue}"


@transaction.atomic
def compose_and_tell(*, unit, month):
    """The draft that a schedule asks for, and mail to its writers; nothing where it is there already."""
    hold(unit)
    there = unit.briefings.filter(month=month).order_by("-version").first()
    if there:
        return there
    made = compose(unit=unit, month=month)
    draft_waits(made)
    return made


def compose_draft(unit, month, by):
    briefing = Briefing(
        unit=unit,
        month=month,
        issue=(unit.briefings.aggregate(last=Max("issue"))["last"] or 0) + 1,
        written_by=by,
    )
    told = told_of(briefing)
    summary = summary_of(briefing, told)
    before = QuotedBefore(unit, month)
    own = {"subjects": {}, "good_work": good_work(summary, before), "overdue": overdue_of(briefing)}
    briefing.figures = {**told.figures, **own}
    made = words_of(briefing, summary, told)
    sections = sentences.put(briefing, made)
    briefing.save()
    ToldGroup.objects.keep(briefing, told.groups)
    if by:
        briefing.writers.add(by)
    briefing.sections.bulk_create(sections)
    made |= add_findings(briefing, summary, before, counted=told.plan.window is not None)
    sentences.keep(briefing, made)
    return briefing


def overdue_of(briefing):
    """The recommendations whose answer its words may say is overdue."""
    return [key for key, *_ in overdue_answers(briefing)]


def summary_of(briefing, told):
    """What its words are made of: the window that is told of."""
    unit = briefing.unit
    return summarise(unit, told.plan.window or rolling(briefing.month, today=unit.today()))


def words_of(briefing, summary, told):
    """{place: Said} by rule from the counts; where none is told anew, of the issue that stands."""
    if told.plan.window:
        return first_words(briefing, summary, told.plan)
    return words_without_counts(briefing, told.stands)
