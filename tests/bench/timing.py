"""Timing two things side by side, so that a busy minute falls on both alike."""

import gc
from dataclasses import asdict, dataclass
from statistics import median, quantiles
from time import perf_counter

NOISY = 1.5  # the reference's own time moved by more than this between its first and last runs


class Judged:
    """What both kinds of row have. What `must_hold` is no matter of how busy the machine is."""

    @property
    def has_failed(self):
        return self.must_hold and self.verdict == "miss"

    def as_dict(self):
        return asdict(self)


@dataclass
class Line(Judged):
    """One row of the table. `ratio` is what `goal` bounds: at most, or at least."""

    measure: str
    size: int
    product_ms: float
    reference_ms: float
    ratio: float
    goal: str
    verdict: str
    moved: float
    must_hold: bool = False

    def cells(self):
        return [
            self.measure,
            f"{self.size:,}",
            f"{self.product_ms:,.2f}",
            f"{self.reference_ms:,.2f}",
            f"{self.ratio:.2f}",
            self.goal,
            self.verdict,
        ]


@dataclass
class Count(Judged):
    """A row for what is counted and not timed: `found` should be at most, or just, the goal's."""

    measure: str
    size: int
    found: float
    goal: str
    verdict: str
    must_hold: bool = False

    def cells(self):
        return [self.measure, f"{self.size:,}", f"{self.found:,g}", "", "", self.goal, self.verdict]


def counted(measure, size, found, *, at_most):
    verdict = "ok" if found <= at_most else "miss"
    return Count(measure, size, found, f"<= {at_most:g}", verdict)


def all_of(measure, size, found, wanted):
    """What has to be just so."""
    verdict = "ok" if found == wanted else "miss"
    return Count(measure, size, found, f"= {wanted:g}", verdict, must_hold=True)


def milliseconds(function):
    gc.collect()
    begun = perf_counter()
    function()
    return (perf_counter() - begun) * 1000


def side_by_side(measure, size, product, reference, *, times=5, **goal):
    """A Line for `product` against `reference`, run in turn; once more if it was noisy.

    `goal` is `at_most`, which bounds product by reference, or `at_least`, which says how many times
    quicker it should be; or nothing.
    """
    line = once(measure, size, product, reference, times, goal)
    if line.verdict == "noisy":
        line = once(measure, size, product, reference, times, goal)
    return line


def once(measure, size, product, reference, times, goal):
    product()
    reference()
    pairs = [(milliseconds(reference), milliseconds(product)) for _ in range(times)]
    references, products = zip(*pairs, strict=True)
    return judged(measure, size, products, references, **goal)


def judged(
    measure,
    size,
    products,
    references,
    *,
    at_most=None,
    at_least=None,
    middle=median,
    middle_of_product=None,
    must_hold=False,
):
    """The Line for times already taken, in the order in which they were taken."""
    ours, theirs = (middle_of_product or middle)(products), middle(references)
    ratio = ours / theirs if at_least is None else theirs / ours
    good = ratio >= at_least if at_least else ratio <= at_most if at_most else True
    moved = drift(references)
    goal = f">= {at_least}" if at_least else f"<= {at_most}" if at_most else "-"
    verdict = "noisy" if moved > NOISY else "ok" if good else "miss"
    return Line(measure, size, ours, theirs, ratio, goal, verdict, moved, must_hold)


def slowest_in_twenty(times):
    """The 95th percentile; of a single time, that time."""
    return quantiles(times, n=20)[-1] if len(times) > 1 else times[0]


def drift(times):
    """How far the first half of the reference's times lies from the second, as a ratio."""
    half = max(1, len(times) // 2)
    first, last = median(times[:half]), median(times[-half:])
    return max(first, last) / min(first, last)
