"""What is counted of a group of observations, from the marks that they gave; no database.

An observation is counted once, however many criteria are looked at: it had a chance to show them
where any was seen or missed, and it shows them where at least half of those were in the upper half
of their levels. So one criterion is counted as everywhere else, and the interval of a whole framework
is no narrower than it should be.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from reports.summaries.then_and_now import SEEN_OFTEN_ENOUGH, Change, change_of


class Mark(NamedTuple):
    """One criterion in one observation: seen in the upper half of its levels or not, or missed."""

    observation: int
    is_upper: bool
    is_missed: bool
    cause: str = ""


@dataclass(frozen=True)
class Tally:
    """Of a group: observations, those with a chance, those that show it; opportunities missed by cause."""

    observations: int = 0
    chances: int = 0
    shows: int = 0
    missed: int = 0
    causes: Counter = field(default_factory=Counter)

    @property
    def seen(self):
        """The base of its share, by the name that the rule of then and now asks for."""
        return self.chances

    @property
    def upper(self):
        return self.shows

    @property
    def is_thin(self):
        """Whether so few had a chance that the share says little."""
        return self.chances < SEEN_OFTEN_ENOUGH

    def without(self, part):
        """What is left of this group without a part of it; of chances alone."""
        return Tally(
            observations=self.observations - part.observations,
            chances=self.chances - part.chances,
            shows=self.shows - part.shows,
        )


def tally(observations, marks):
    """The Tally of a group of observations, by their keys."""
    group, of_each = set(observations), defaultdict(list)
    for mark in marks:
        if mark.observation in group:
            of_each[mark.observation].append(mark)
    missed = [mark for given in of_each.values() for mark in given if mark.is_missed]
    return Tally(
        observations=len(group),
        chances=len(of_each),
        shows=sum(is_shown(given) for given in of_each.values()),
        missed=len(missed),
        causes=Counter(mark.cause for mark in missed if mark.cause),
    )


def is_shown(marks):
    """Whether at least half of what could be seen was in the upper half of its levels."""
    return 2 * sum(mark.is_upper for mark in marks) >= len(marks)


BESIDE = {
    Change.MORE: "more than elsewhere",
    Change.LESS: "less than elsewhere",
    Change.NONE: "no clear difference",
    Change.UNTOLD: "too little to tell",
}


def beside_the_rest(part, whole):
    """A part beside all that is in the whole and not in it, by the rule of then and now."""
    return change_of(part, whole.without(part))


def observations_that_show(marks):
    """The keys of the observations that show it."""
    of_each = defaultdict(list)
    for mark in marks:
        of_each[mark.observation].append(mark)
    return {key for key, given in of_each.items() if is_shown(given)}
