"""Over how much a claim was looked at: observations, people, teams, and both of its sides."""

from dataclasses import dataclass

from django.db.models import Count

from frameworks.themes import mergers
from observations.models import Mention, Rating
from reports.summaries.scope import scope_of


@dataclass(frozen=True)
class Spread:
    """All that was counted of a claim in a window, whether or not a passage of it may be quoted.

    `agree` and `oppose` count its two sides: ratings of a criterion, or confirmed passages of a theme.
    """

    observations: int
    people: int
    teams: int
    agree: int
    oppose: int


def spread_of_criterion(summary, row, side):
    """Of a CriterionRow: the upper half of its levels, against the lower half and what was missed."""
    scope = scope_of(summary.unit, summary.window, summary.kind_of_work)
    rated = scope.parts(Rating).filter(criterion__in=row.wordings)
    rated = rated.exclude(outcome=Rating.Outcome.NOT_SEEN)
    upper, lower = row.upper, row.seen - row.upper + row.missed
    return Spread(**reach(rated), **dict(zip(SIDES[side == "for"], (upper, lower), strict=True)))


def spread_of_theme(summary, row, side):
    """Of a ThemeRow: confirmed passages where it helps, against those where it gets in the way."""
    scope = scope_of(summary.unit, summary.window, summary.kind_of_work)
    said = scope.parts(Mention).filter(theme__in=mergers.counted_with(row.theme))
    both = row.helps, row.hinders
    return Spread(**reach(said.confirmed()), **dict(zip(SIDES[side == "helps"], both, strict=True)))


SIDES = {True: ("agree", "oppose"), False: ("oppose", "agree")}


def reach(rows):
    return rows.aggregate(
        observations=Count("observation", distinct=True),
        people=Count("observation__observer", distinct=True),
        teams=Count("unit", distinct=True),
    )
