"""A count for each month, for a run chart."""

from django.db.models import Count, Min, Q, Sum

from frameworks.models import Level
from frameworks.themes import mergers
from observations.models import Mention, Rating
from reports.models import CriterionCell, ThemeCell
from reports.periods import month_of, months_after, rolling
from reports.summaries.lines import trend_of
from reports.summaries.scope import scope_of
from reports.summaries.shape import Series, upper_words

MONTHS = 24
STANCES = {"helps": "helped practice", "hinders": "got in the way", "neither": "did neither"}


def criterion_series(unit, criterion, window, months=MONTHS, kind_of_work=""):
    """Observations a month in the upper half of the levels, earlier wordings joined.

    It ends where the window does, and goes further back.
    """
    scope = scope_for(unit, window, months, kind_of_work)
    levels = list(Level.objects.filter(scale=criterion.version.scale_id).order_by("position"))
    upper = levels[len(levels) // 2 :]
    trend = trend_of(criterion, scope.window.last_day)
    if kind_of_work:
        rows, count = scope.parts(Rating), Count("pk")
    else:
        rows, count = scope.cells(CriterionCell), Sum("observations")
    rows = rows.filter(criterion__in=trend.wordings, level__in=upper)
    return series(
        scope,
        criterion.name,
        f"Observations each month in which this was {upper_words([level.name for level in levels])}",
        dict(rows.values_list("month").annotate(count)),
        trend,
    )


def theme_series(unit, theme, stance, window, months=MONTHS, kind_of_work=""):
    """Confirmed passages a month that say a theme helps, or hinders, or does neither."""
    scope = scope_for(unit, window, months, kind_of_work)
    members = mergers.counted_with(theme)
    if kind_of_work or len(members) > 1:
        confirmed = Q(status=Mention.Status.CONFIRMED, stance=stance)
        rows, count = scope.parts(Mention).filter(confirmed), Count("passage", distinct=True)
    else:
        rows, count = scope.cells(ThemeCell), Sum(stance)
    rows = rows.filter(theme__in=members)
    return series(
        scope,
        theme.short,
        f"Confirmed passages each month that say it {STANCES[stance]}",
        dict(rows.values_list("month").annotate(count)),
        joins=[(month_of(day), words) for day, words in mergers.joins_of(theme)],
        notes=mergers.notes_of(theme),
    )


def scope_for(unit, window, months, kind_of_work):
    return scope_of(unit, rolling(window.last_month, months, window.today), kind_of_work)


def series(scope, label, counted, values, trend=None, joins=(), notes=()):
    """Months since the first observation, of a criterion those in which it was in force."""
    first = scope.observations().aggregate(Min("month"))["month__min"]
    months = [month for month in scope.window.months if first and month >= first]
    if trend:
        months, joins, notes = in_force(months, values, trend), trend.joins, trend.notes
    return Series(
        label,
        counted,
        tuple(months),
        tuple(values.get(month, 0) for month in months),
        tuple(places(months, joins)),
        tuple(notes),
        is_open=months[-1:] == [scope.window.last_month] and scope.window.is_running,
    )


def in_force(months, values, trend):
    """Outside them there is nothing to count: no zero is shown, but what was noted late is."""
    began = min([month_of(trend.began), *values])
    ended = trend.ended and max([months_after(month_of(trend.ended), -1), *values])
    return [month for month in months if month >= began and not (ended and month > ended)]


def places(months, joins):
    """(position, words) of what happened between two of the months, or right after the last."""
    after = months_after(months[-1], 1) if months else None
    for month, words in joins:
        if month in months[1:]:
            yield months.index(month), words
        elif month == after:
            yield len(months), words
