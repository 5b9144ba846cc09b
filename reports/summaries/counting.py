"""Every count of a summary, in a number of queries that does not grow with the observations."""

from datetime import datetime, time, timedelta

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q, Sum
from django.utils import timezone

from frameworks.models import Cause
from observations.models import Friction, Observation, Rating, Reply, choices
from reports.summaries.coverage import COLUMNS, coverage_rows, places
from reports.summaries.criteria import criterion_rows
from reports.summaries.families import family_cards
from reports.summaries.lenses import lens_rows, risk_talk, system_rows
from reports.summaries.meetings import meetings
from reports.summaries.scope import scope_of
from reports.summaries.shape import CauseRow, FrictionRow, ProximityRow, Replies, Summary
from reports.summaries.themes import theme_rows


def summarise(unit, window, kind_of_work="", *, version=None):
    """The Summary of a unit and everything below it, for one kind of work or for all.

    The criteria are those of the version in force at the window's end, or of `version`: pass the
    version of now for a window before, so that the rows of both are of the same criteria.
    """
    scope = scope_of(unit, window, kind_of_work)
    found = places(scope)
    version, levels, criteria = criterion_rows(scope, version)
    return Summary(
        unit,
        window,
        kind_of_work,
        **how_much(scope, found),
        **by_whom(scope),
        called_off=scope.called_off().count(),
        version=version,
        levels=levels,
        criteria=criteria,
        themes=theme_rows(scope),
        causes=causes_of(scope),
        friction=friction(scope),
        proximity=proximity(scope),
        columns=tuple(COLUMNS),
        coverage=coverage_rows(scope, found),
        replies=replies(scope),
        meetings=meetings(scope, found),
        families=family_cards(scope),
        risk=risk_talk(scope),
        lenses=lens_rows(scope),
        systems=system_rows(scope),
    )


def counted_row(unit, window, kind_of_work="", *, theme=None, criterion=None, version=None):
    """The row of one theme or criterion as `summarise` has it, without all the rest; or None."""
    scope = scope_of(unit, window, kind_of_work)
    if theme:
        return next((row for row in theme_rows(scope) if row.theme.pk == theme.pk), None)
    _, _, rows = criterion_rows(scope, version)
    return next((row for row in rows if criterion.pk in row.wordings), None)


def count_observations(unit, window, kind_of_work=""):
    return scope_of(unit, window, kind_of_work).observations().count()


def how_much(scope, found):
    teams = {team.pk for team in scope.teams}
    return {
        "observations": sum(place["count"] for place in found),
        "month_observations": sum(place["in_month"] for place in found),
        "minutes": sum(place["minutes"] for place in found),
        "teams": len(teams),
        "teams_seen": len(teams & {place["unit_id"] for place in found}),
        "month_teams_seen": len(teams & {place["unit_id"] for place in found if place["in_month"]}),
        "evenings": sum(place["count"] for place in found if place["is_evening"]),
        "weekends": sum(place["count"] for place in found if place["is_weekend"]),
    }


def by_whom(scope):
    rows = (
        scope.observations()
        .values("observer")
        .annotate(count=Count("pk"), watched=Count("pk", filter=~Q(reflection_effect="")))
    )
    rows = sorted(rows, key=lambda row: -row["count"])
    return {
        "observers": tuple(row["count"] for row in rows),
        "watched": sum(row["watched"] for row in rows),
    }


def causes_of(scope):
    """Most often named first; causes that nobody named are left out."""
    missed = scope.parts(Rating).filter(outcome=Rating.Outcome.MISSED, cause__isnull=False)
    # Rows and no column of them are counted, so that the index alone is read.
    counted = dict(missed.values_list("cause_id").annotate(missed=Count("*")).order_by("cause_id"))
    causes = Cause.objects.filter(pk__in=counted).order_by("position")
    rows = [CauseRow(cause.code, cause.name, counted[cause.pk]) for cause in causes]
    return tuple(sorted(rows, key=lambda row: -row.missed))


def friction(scope):
    """The system that cost most minutes first."""
    hindered = Q(effect=Friction.Effect.HINDERED)
    helped = Q(effect=Friction.Effect.HELPED)
    rows = (
        scope.parts(Friction)
        .exclude(system="")
        .values("system")
        .annotate(
            hindered=Count("pk", filter=hindered),
            helped=Count("pk", filter=helped),
            lost=Sum("minutes", filter=hindered, default=0),
            gained=Sum("minutes", filter=helped, default=0),
        )
    )
    named = [FrictionRow(label=choices.FrictionSystem(row["system"]).label, **row) for row in rows]
    return tuple(sorted(named, key=lambda row: (-row.lost, -row.entries, row.label)))


def proximity(scope):
    counted = dict(scope.observations().values_list("proximity").annotate(Count("pk")))
    return tuple(
        ProximityRow(code, code.label, counted.get(code.value, 0), code in choices.DIRECT)
        for code in choices.Proximity
    )


# How being observed felt is told once so many people said: of fewer, someone could be known.
REPLIERS_TO_TELL = 5


def replies(scope):
    replied = Q(reply__isnull=False)
    open_ones = Q(practitioner__isnull=False, reply=None)
    too_late = Q(shared_at__lt=reply_awaited_since(scope.unit))
    counted = scope.observations().aggregate(
        agreed=Count("pk", filter=Q(reply__verdict=Reply.Verdict.AGREED)),
        disagreed=Count("pk", filter=Q(reply__verdict=Reply.Verdict.DISAGREED)),
        no_reply=Count("pk", filter=open_ones & too_late),
        waiting=Count("pk", filter=open_ones & Q(shared_at__isnull=False) & ~too_late),
        not_shared=Count("pk", filter=open_ones & Q(shared_at=None)),
        no_practitioner=Count("pk", filter=Q(practitioner=None) & ~replied),
        repliers=Count("reply__by", distinct=True),
        of_someone=Count("pk", filter=Q(practitioner__isnull=False)),
        withheld=Count("pk", filter=Q(practitioner__isnull=False, shared_at=None)),
        codes=ArrayAgg(
            "not_shared_because",
            filter=Q(practitioner__isnull=False, shared_at=None),
            distinct=True,
            default=[],
        ),
        **{felt: Count("pk", filter=Q(reply__fairness=felt)) for felt in Reply.Fairness},
    )
    felt = [(felt.label.lower(), counted.pop(felt)) for felt in Reply.Fairness]
    enough = counted.pop("repliers") >= REPLIERS_TO_TELL
    codes = counted.pop("codes")
    why = tuple(each.label for each in choices.NotShared if each in codes)
    return Replies(**counted, felt=tuple(felt) if enough else (), why=why)


def reply_awaited_since(unit):
    """When the first day of sharing began there whose days to answer are not over yet."""
    now, today = timezone.now(), unit.today()
    days = 0
    while Observation(unit=unit, shared_at=now - timedelta(days=days + 1)).reply_by >= today:
        days += 1
    return datetime.combine(today - timedelta(days=days), time.min, unit.zone)
