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


def protect(parts, threshold):
    """The counts of one row whose total is known, with None for each that must be withheld.

    Counts of 1 to `threshold` - 1 are withheld. That alone would not do, since a single gap is
    the total less the rest. So, while what is withheld could still be worked out, the smallest
    count left that is not zero is withheld too, and at last the zeros.
    The threshold is three or more. A row of one part is its own total: whoever shows the total
    must withhold that as well.

    Equal counts are withheld together. So the rule never looks at the order of the parts, and even
    one who knows it cannot tell which gap holds which count.
    """
    hidden = {at for at, count in enumerate(parts) if 0 < count < threshold}
    left = sorted({count for count in parts if not 0 < count < threshold}, key=zeros_last)
    while left and gives_itself_away([parts[at] for at in hidden], threshold):
        smallest = left.pop(0)
        hidden |= {at for at, count in enumerate(parts) if count == smallest}
    return [None if at in hidden else count for at, count in enumerate(parts)]


def zeros_last(count):
    return count == 0, count


def gives_itself_away(hidden, threshold):
    """Whether the withheld counts can be told from their sum, or their sum is small itself."""
    if not hidden:
        return False
    # With nearly as many gaps as people in them, each gap must be a single person. Where each is
    # the largest small count, no other small counts make the same sum.
    all_single = sum(hidden) - len(hidden) < 2
    all_largest = set(hidden) == {threshold - 1}
    return len(hidden) == 1 or sum(hidden) < threshold or all_single or all_largest


def halves(counts):
    """Where the lower half of ordered levels ends: the upper half starts there."""
    return len(counts) // 2


def protect_levels(counts, threshold):
    """The counts of one row of ordered levels, with the small ones kept out.

    Each part is {"levels": [positions], "count": n}. Where a level is small, its half (lower or
    upper) is told together. Where a half is small, the row is told together, with "leaning" saying
    which half most of it is in: only where the other half could still hold any small count,
    and an empty "leaning" where that would be told too closely. Where the whole row is under the
    threshold, it is one part with a count of None.
    """
    seen, middle = sum(counts), halves(counts)
    everything = list(range(len(counts)))
    if 0 < seen < threshold:
        return [{"levels": everything, "count": None}]
    sides = [everything[:middle], everything[middle:]]
    sums = [sum(counts[level] for level in side) for side in sides]
    if any(0 < count < threshold for count in sums):
        return [{"levels": everything, "count": seen, "leaning": leaning(sums, threshold)}]
    return [part for side in sides for part in joined_if_small(side, counts, threshold)]


def leaning(sums, threshold):
    """The half in which all but a few are; empty where saying so would bound the small one too well."""
    if sum(sums) < 2 * threshold - 1:
        return ""
    return "upper" if sums[1] > sums[0] else "lower"


def joined_if_small(levels, counts, threshold):
    if any(0 < counts[level] < threshold for level in levels):
        return [{"levels": levels, "count": sum(counts[level] for level in levels)}]
    return [{"levels": [level], "count": counts[level]} for level in levels]


def join_neighbours(counts, threshold):
    """The counts of one row of ordered kinds, neighbours joined until none is small.

    Each part is {"levels": [positions], "count": n}, with n zero or at least `threshold`.
    Where the whole row is under the threshold it is one part with a count of None.
    A small level is joined with those above it; what is left at the top, with those below.
    Never with the smaller neighbour, since the choice would then tell which of them was small.
    """
    if 0 < sum(counts) < threshold:
        return [{"levels": list(range(len(counts))), "count": None}]
    parts = []
    for level, count in enumerate(counts):
        if parts and is_small(parts[-1], threshold):
            add(parts[-1], [level], count)
        else:
            parts.append({"levels": [level], "count": count})
    while parts and is_small(parts[-1], threshold):
        last = parts.pop()
        add(parts[-1], last["levels"], last["count"])
    return parts


def is_small(part, threshold):
    return 0 < part["count"] < threshold


def add(part, levels, count):
    part["levels"] += levels
    part["count"] += count
