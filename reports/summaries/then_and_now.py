"""Then and now: a criterion beside itself in the stretch of the same length before, by one rule.

Where it was seen fewer than ten times in either, it is too little to tell. Otherwise it was more, or
less, where the 95% interval of the difference between the two shares leaves zero out; else there is
no clear change.
"""

from dataclasses import dataclass
from enum import StrEnum

from observations.intervals import difference
from reports.summaries.criteria import criterion_rows
from reports.summaries.scope import scope_of
from reports.summaries.shape import CriterionRow

SEEN_OFTEN_ENOUGH = 10  # under this the interval says nothing that a reader could use


class Change(StrEnum):
    """What can be said of a share beside the one before."""

    MORE = "more"
    LESS = "less"
    NONE = "no clear change"
    UNTOLD = "too little to tell"

    @property
    def is_clear(self):
        return self in (Change.MORE, Change.LESS)


@dataclass(frozen=True)
class ThenAndNow:
    """A criterion's row now and before; `before` is None where nothing joins it there."""

    now: CriterionRow
    before: CriterionRow | None

    @property
    def was_seen(self):
        """Whether there is anything before to set it beside."""
        return self.before is not None and self.before.seen > 0

    @property
    def change(self):
        return change_of(self.now, self.before)

    @property
    def points(self):
        """How far the share moved, in points of a hundred; 0 where it can't be told."""
        if self.change is Change.UNTOLD:
            return 0
        return 100 * (share(self.now) - share(self.before))


def then_and_now(summary):
    """Each criterion of the version in force beside itself before, in the version's order.

    One that began after the stretch before is left out: there is nothing to compare it with yet.
    """
    window = summary.window.before
    _, _, rows = criterion_rows(
        scope_of(summary.unit, window, summary.kind_of_work), summary.version
    )
    return [
        ThenAndNow(row, joining(row, rows))
        for row in summary.criteria
        if not row.apart and not (row.began and row.began > window.last_day)
    ]


def joining(row, rows):
    """The row before of the same criterion, in whatever wording; or None."""
    return next((each for each in rows if each.wordings & row.wordings), None)


def change_of(now, before):
    """What can be said of the upper half of one CriterionRow beside another, which may be None."""
    if before is None or min(now.seen, before.seen) < SEEN_OFTEN_ENOUGH:
        return Change.UNTOLD
    low, high = difference(now.upper, now.seen, before.upper, before.seen)
    if low > 0:
        return Change.MORE
    return Change.LESS if high < 0 else Change.NONE


def risk_change(risk):
    """What can be said of the risk statements of a RiskTalk that named a harm, beside before.

    Statements of one observation go together, so that it takes as many observations in either
    stretch as it otherwise takes statements.
    """
    known = risk.before and min(risk.observations, risk.before.observations)
    if not known or known < SEEN_OFTEN_ENOUGH:
        return Change.UNTOLD
    return change_of(risk, risk.before)


def share(row):
    return row.upper / row.seen
