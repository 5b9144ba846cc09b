"""Reading two years of the whole organisation: from the cells, and from every mention."""

from django.db.models import Count, Q, Sum

from observations.models import Mention, choices
from practicelens.people.models import Unit
from reports.models import ThemeCell
from reports.periods import month_of, rolling
from reports.summaries.scope import scope_of
from tests.bench.frame import today
from tests.bench.timing import side_by_side

MONTHS = 24
# In a small archive there are as many cells as mentions.
AT_LEAST = {1_000_000: 5}


def measure(databases, run):
    for size in run.sizes:
        with databases.of(size):
            scope = scope_of(Unit.objects.get(parent=None), rolling(month_of(today()), MONTHS))
            assert from_cells(scope) == from_mentions(scope)
            yield side_by_side(
                "24 months of the organisation from cells, to every mention",
                size,
                lambda scope=scope: from_cells(scope),
                lambda scope=scope: from_mentions(scope),
                at_least=AT_LEAST.get(size),
                times=run.times,
            )


def from_cells(scope):
    """{(month, theme): confirmed passages that help, hinder, do neither}."""
    sums = [Sum(stance.value) for stance in choices.Stance]
    return counted(scope.cells(ThemeCell), sums)


def from_mentions(scope):
    confirmed = Q(status=Mention.Status.CONFIRMED)
    counts = [Count("pk", filter=confirmed & Q(stance=stance)) for stance in choices.Stance]
    return counted(scope.parts(Mention).exclude(status=Mention.Status.REJECTED), counts)


def counted(rows, each):
    found = rows.values("month", "theme_id").annotate(a=each[0], b=each[1], c=each[2])
    return {(row["month"], row["theme_id"]): (row["a"], row["b"], row["c"]) for row in found}
