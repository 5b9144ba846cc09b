"""A count for each month, for a run chart."""

from django.db.models import Count, Min, Q, Sum

from frameworks import mapping
from frameworks.models import Level
from observations.models import Mention, Rating
from reports.models import CriterionCell, ThemeCell
from reports.periods import month_of, rolling
from reports.summaries.criteria import lineage_to
from reports.summaries.scope import scope_of
from reports.summaries.shape import Series, upper_words

MONTHS = 24
STANCES = {"helps": "helped practice", "hinders": "got in the way", "neither": "did neither"}


def criterion_series(unit, criterion, last_month, months=MONTHS, kind_of_work=""):
    """Observations a month in the upper half of the levels, earlier wordings joined."""
    scope = scope_of(unit, rolling(last_month, months), kind_of_work)
    levels = list(Level.objects.filter(scale=criterion.version.scale_id).order_by("position"))
    upper = levels[len(levels) // 2 :]
    wordings, joins = lineage_to(criterion)
    if kind_of_work:
        rows, count = scope.parts(Rating), Count("pk")
    else:
        rows, count = scope.cells(CriterionCell), Sum("observations")
    rows = rows.filter(criterion__in=wordings, level__in=upper)
    return _series(
        scope,
        criterion.name,
        f"Observations each month in which this was {upper_words([level.name for level in levels])}",
        dict(rows.values_list("month").annotate(count)),
        joins,
    )


def theme_series(unit, theme, stance, last_month, months=MONTHS, kind_of_work=""):
    """Confirmed passages a month that say a theme helps, or hinders, or does neither."""
    scope = scope_of(unit, rolling(last_month, months), kind_of_work)
    members = mapping.counted_with(theme)
    if kind_of_work or len(members) > 1:
        confirmed = Q(status=Mention.Status.CONFIRMED, stance=stance)
        rows, count = scope.parts(Mention).filter(confirmed), Count("passage", distinct=True)
    else:
        rows, count = scope.cells(ThemeCell), Sum(stance)
    rows = rows.filter(theme__in=members)
    return _series(
        scope,
        theme.short,
        f"Confirmed passages each month that say it {STANCES[stance]}",
        dict(rows.values_list("month").annotate(count)),
        [(month_of(day), words) for day, words in mapping.joins_of(theme)],
    )


def _series(scope, label, counted, values, joins=()):
    """Months since the first observation; joins at the month from which the new wording holds."""
    first = scope.observations().aggregate(Min("month"))["month__min"]
    months = tuple(month for month in scope.window.months if first and month >= first)
    return Series(
        label,
        counted,
        months,
        tuple(values.get(month, 0) for month in months),
        tuple((months.index(month), words) for month, words in joins if month in months[1:]),
    )
