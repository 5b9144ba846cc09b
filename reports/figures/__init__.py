"""Charts of a summary, each with its finding as a title and the same figures as a table.

    levels(summary)   helps_hinders(summary)   run(series)   friction(summary)   causes(summary)
    proximity(summary)   coverage(summary)   talk(summary)   noted(summary, fact)
    decided(summary)   risk(summary)   risk_then_and_now(summary)   year(summary, stretches)

Every count is as it is: which groups leaders are told of is decided in `reports.telling`. What is
made `for_leaders`, of `parts` or of `stretches` is what they read.
A chart of nothing has no rows (or points), and its title says so.
"""

from reports.figures.conditions import causes, friction
from reports.figures.meetings import decided, noted, talk
from reports.figures.practice import helps_hinders, levels
from reports.figures.reach import coverage, proximity
from reports.figures.risk import risk, risk_then_and_now
from reports.figures.runs import run
from reports.figures.years import year

__all__ = [
    "causes",
    "coverage",
    "decided",
    "friction",
    "helps_hinders",
    "levels",
    "noted",
    "proximity",
    "risk",
    "risk_then_and_now",
    "run",
    "talk",
    "year",
]
