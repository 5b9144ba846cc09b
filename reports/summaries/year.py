"""How often practice showed what the framework asks, month by month, for the year's story."""

from dataclasses import dataclass

from django.db.models import Sum

from frameworks.models import FrameworkVersion, Level
from observations.models import Rating
from reports.models import CriterionCell
from reports.periods import Window, month_of, months_after
from reports.summaries.scope import scope_of
from reports.summaries.shape import Series

BACK = 24  # months, as far as a run goes


@dataclass(frozen=True)
class Month:
    """Chances in a month, seen or missed, and in how many of them practice was in the upper half."""

    upper: int = 0
    chances: int = 0

    def __add__(self, other):
        return Month(self.upper + other.upper, self.chances + other.chances)


@dataclass(frozen=True)
class Year:
    """The chances of each month, of the `criteria` that run from its first month to its last.

    `left_out` came later than its first month. `series` has its months, and where versions changed.
    """

    criteria: int
    left_out: int
    months: dict
    series: Series


def year_of(summary):
    """The Year up to a summary's last month, from the day on which most of its criteria applied."""
    rows = [row for row in summary.criteria if not row.apart]
    last = summary.window.last_month
    first = months_after(last, 1 - BACK)
    if rows:
        began = sorted(month_of(row.began) for row in rows)
        first = max(first, began[len(began) // 2])
    through = [row for row in rows if month_of(row.began) <= first]
    window = Window(min(first, last), last, summary.window.today)
    counted = counted_in(summary.unit, window, {pk for row in through for pk in row.wordings})
    series = Series("", "", tuple(window.months), (), versions_in(summary.version, window))
    return Year(len(through), len(rows) - len(through), counted, series)


def counted_in(unit, window, criteria):
    """{month: Month} of these criteria, earlier wordings among them."""
    cells = scope_of(unit, window).cells(CriterionCell).filter(criterion__in=criteria)
    rows = cells.exclude(outcome=Rating.Outcome.NOT_SEEN)
    rows = rows.values_list("month", "level").annotate(Sum("observations"))
    upper, found = upper_levels(criteria), {}
    for month, level, count in rows:
        more = Month(count if level in upper else 0, count)
        found[month] = found.get(month, Month()) + more
    return found


def upper_levels(criteria):
    """The upper half of the levels of each scale that these criteria were rated by."""
    levels = Level.objects.filter(scale__framework_versions__criteria__in=criteria).distinct()
    by_scale = {}
    for level in levels.order_by("position"):
        by_scale.setdefault(level.scale_id, []).append(level.pk)
    return {pk for found in by_scale.values() for pk in found[len(found) // 2 :]}


def versions_in(version, window):
    """((position, words), ...) of the versions that came into force after its first month."""
    if version is None:
        return ()
    found = FrameworkVersion.objects.followed().filter(
        framework=version.framework_id, effective_on__lte=window.last_day
    )
    came = [(month_of(each.effective_on), each.number) for each in found.order_by("effective_on")]
    months = window.months
    return tuple(
        (months.index(month), f"Version {number}") for month, number in came if month in months[1:]
    )
