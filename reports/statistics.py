"""The statistics behind the summaries and the briefing, as plain functions without a database."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import combinations, pairwise, permutations
from statistics import mean, median

# Shewhart's limits for single values (an XmR chart): 3 / 1.128, rounded as the NHS
# "Making Data Count" tools round it. No moving range is screened out, again as they do.
LIMITS_FACTOR = 2.66
# Under twelve points the limits move too much to be worth drawing.
POINTS_FOR_LIMITS = 12
# NHS "Making Data Count": seven points on one side of the mean; seven that rise or fall.
SHIFT_POINTS = 7
TREND_POINTS = 7
# Two of three points on one side, beyond two thirds of the way to the limit and within it.
NEAR_LIMIT = 2 / 3


def ordinal_alpha(units):
    """Krippendorff's alpha of ordered values: how far observers agree beyond what chance would do.

    `units` holds, for each thing that was rated, what each observer said: a number for the place in
    the order, or None where they said nothing. Things with fewer than two values are left out.

    Alpha = 1 - (n - 1) · Σ o(c,k)·δ²(c,k) / Σ n(c)·n(k)·δ²(c,k), over all pairs of values c < k.
    o(c,k) counts pairs of values within units, each unit of m values weighing 1 / (m - 1); n(c) is
    how often c was said, n all that was said. The ordinal difference δ(c,k) is the sum of n(g) for
    all g from c to k, less half of n(c) and n(k): how many values lie between, not how many steps.
    1 is full agreement, 0 what chance would do; below 0 they differ more than by chance.

    None where it says nothing: fewer than two things with two values, or one value said of all.
    Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), University of
    Pennsylvania, sections D and E.
    """
    told = [[value for value in unit if value is not None] for unit in units]
    told = [values for values in told if len(values) > 1]
    said = Counter(value for values in told for value in values)
    if len(told) < 2 or len(said) < 2:
        return None
    together = Counter()
    for values in told:
        for pair in permutations(values, 2):
            together[pair] += 1 / (len(values) - 1)
    apart = {pair: ordinal_difference(said, *pair) for pair in combinations(sorted(said), 2)}
    seen = sum(together[pair] * far for pair, far in apart.items())
    expected = sum(said[low] * said[high] * far for (low, high), far in apart.items())
    return 1 - (said.total() - 1) * seen / expected


def ordinal_difference(said, low, high):
    """δ²: the values between two, with half of those at either end, squared."""
    between = sum(count for value, count in said.items() if low <= value <= high)
    return (between - (said[low] + said[high]) / 2) ** 2


@dataclass(frozen=True)
class Run:
    """What a series of monthly values says.

    `kind` is "median" (a run chart: `upper` and `lower` are None, nothing is flagged) or "mean"
    (an XmR chart). `flags` holds, for each rule, the positions in the series that it marks.
    """

    kind: str
    centre: float | None
    upper: float | None = None
    lower: float | None = None
    flags: dict = field(default_factory=dict)

    @property
    def special(self):
        """The positions marked by any rule."""
        return set().union(*self.flags.values())


def xmr(values):
    """The centre, limits and special-cause points of a series; a month without a value is None.

    Centre: the mean. Limits: mean ± 2.66 x the mean of the ranges between neighbouring values.
    Under twelve values it is a run chart: a median, no limits and no flags.
    Source: NHS England, "Making Data Count"; the run lengths are those of its R package,
    NHSRplotthedots. A gap is passed over: the values on either side count as neighbours.
    """
    places = [place for place, value in enumerate(values) if value is not None]
    known = [values[place] for place in places]
    if len(known) < POINTS_FOR_LIMITS:
        return Run(kind="median", centre=median(known) if known else None)

    centre = mean(known)
    reach = LIMITS_FACTOR * mean(abs(after - before) for before, after in pairwise(known))
    found = {
        "astronomical": beyond(known, centre, reach),
        "shift": shift(known, centre),
        "trend": trend(known),
        "two_in_three": two_in_three(known, centre, reach),
    }
    flags = {rule: sorted(places[at] for at in marked) for rule, marked in found.items()}
    return Run("mean", centre, upper=centre + reach, lower=centre - reach, flags=flags)


def beyond(values, centre, reach):
    """One point outside the limits."""
    return {at for at, value in enumerate(values) if abs(value - centre) > reach}


def shift(values, centre):
    """Seven points or more in a row, all above the mean or all below it."""
    return runs([sign(value - centre) for value in values], SHIFT_POINTS)


def trend(values):
    """Seven points or more in a row, each higher (or each lower) than the one before."""
    steps = [sign(after - before) for before, after in pairwise(values)]
    # A run of six steps joins seven points: the step and the point it leads to.
    marked = runs(steps, TREND_POINTS - 1)
    return marked | {at + 1 for at in marked}


def two_in_three(values, centre, reach):
    """Two of three points in a row near the same limit, all three on that side of the mean."""
    marked = set()
    for first in range(len(values) - 2):
        three = range(first, first + 3)
        sides = {sign(values[at] - centre) for at in three}
        near = {at for at in three if NEAR_LIMIT * reach < abs(values[at] - centre) <= reach}
        if len(sides) == 1 and len(near) >= 2:
            marked |= near
    return marked


def runs(signs, length):
    """The positions inside unbroken runs of `length` or more of one sign; zeros break a run."""
    marked, start = set(), 0
    for at in range(1, len(signs) + 1):
        if at == len(signs) or signs[at] != signs[start]:
            if at - start >= length and signs[start] != 0:
                marked |= set(range(start, at))
            start = at
    return marked


def sign(number):
    return (number > 0) - (number < 0)
