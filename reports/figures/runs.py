"""A count over the months, read as a run until there are points enough for limits."""

from dataclasses import dataclass

from practicelens.numbers import count_words, in_a_row
from reports.figures import joins as joining
from reports.figures.chart import chart
from reports.figures.joins import joins_of, marked
from reports.periods import Window, months_after
from reports.statistics import xmr

QUARTER = 3
# Under so many points nothing can be read from their order.
POINTS_FOR_A_RUN = 3
RULES = {
    "astronomical": "outside the limits",
    "shift": "in a row on one side of the mean",
    "trend": "in a row up or down",
    "two_in_three": "near a limit",
}


@dataclass(frozen=True)
class Points:
    """What is drawn: (words, value) for each month or quarter, oldest first.

    While `is_open` the last is not over: it is shown, and stays out of centre, limits and rules.
    """

    all: list
    unit: str
    joins: list
    is_open: bool

    @property
    def finished(self):
        return self.all[:-1] if self.is_open else self.all

    @property
    def running(self):
        """The one that is not over, where its count can be shown."""
        return next(
            (point for point in self.all[len(self.finished) :] if point[1] is not None), None
        )

    @property
    def known(self):
        return [point for point in self.finished if point[1] is not None]


def run(series, stretches=None):
    """The months of a series; for leaders the `stretches` that may be told of (see `reports.telling`)."""
    points = points_of(series, stretches)
    found = xmr([value for _, value in points.finished])
    title = latest(series, points, found)
    said = [verdict_of(found, points), not_over(points, found)]
    verdict = " ".join(
        filter(None, [*said, *joining.told(points.joins, points.all), *series.notes])
    )
    counted = series.counted.replace("each month", f"each {points.unit}")
    return chart(
        "run",
        title=title,
        counted=counted,
        alt=f"{title}. {verdict}",
        verdict=verdict,
        data={
            "counted": counted,
            "points": [
                {
                    "label": label,
                    "value": value,
                    "special": at in found.special,
                    "open": at >= len(points.finished),
                }
                for at, (label, value) in enumerate(points.all)
            ],
            "centre": {"kind": found.kind, "value": centre_of(found)},
            "limits": limits(found),
            "joins": [join.data for join in points.joins],
        },
        **table(points),
    )


def points_of(series, stretches):
    if stretches is None:
        return Points(months_of(series), "month", joins_of(series), series.is_open)
    size = max((Window(*each).length for each in stretches), default=1)
    unit = "month" if size == 1 else "quarter"
    told = [each for each in stretches if set(Window(*each).months) <= set(series.months)]
    if len(told) < POINTS_FOR_A_RUN:
        return Points([], unit, [], is_open=False)
    points = stretches_told(series, told, size)
    joins = joins_of(series, size, series.months.index(told[0][0]))
    return Points(points, unit, [join for join in joins if join.at <= len(points)], is_open=False)


def stretches_told(series, told, size):
    """A point for each stretch from the first told to the last; None for one that is not told."""
    values = dict(zip(series.months, series.values, strict=True))
    starts = Window(told[0][0], told[-1][1]).months[::size]
    stretches = [(start, months_after(start, size - 1)) for start in starts]
    return [
        (
            stretch_label(*each),
            sum(values[month] for month in Window(*each).months) if each in told else None,
        )
        for each in stretches
    ]


def stretch_label(first, last):
    """Oct 2026, or Aug to Oct 2026; both years where they differ."""
    if first == last:
        return f"{last:%b %Y}"
    year = f" {first:%Y}" if first.year != last.year else ""
    return f"{first:%b}{year} to {last:%b %Y}"


def table(points):
    """The points in rows; a column more for what changed, if anything did."""
    head = [points.unit.capitalize(), "Count"]
    rows = [[label, shown_value(value)] for label, value in points.finished]
    rows += [[f"{label}, not over yet", so_far(value)] for label, value in points.all[len(rows) :]]
    if points.joins:
        head.append("What changed")
        marks = marked(points.joins, points.all)
        rows = [[*row, mark] for row, mark in zip(rows, marks, strict=True)]
    return {"head": head, "rows": rows}


def months_of(series):
    pairs = zip(series.months, series.values, strict=True)
    return [(f"{month:%b %Y}", value) for month, value in pairs]


def shown_value(value):
    return "not shown" if value is None else str(value) if value else "none"


def so_far(value):
    return shown_value(value) if value is None else f"{shown_value(value)} so far"


def centre_of(found):
    value = found.centre
    if value is None:
        return None
    return round(value, 1) if value % 1 else int(value)


def limits(found):
    if found.upper is None:
        return None
    return {"upper": round(found.upper, 1), "lower": round(found.lower, 1)}


def latest(series, points, found):
    if not points.known and points.running:
        label, value = points.running
        return f"{series.label}: {value or 'none'} so far in {label}"
    if not points.known:
        return f"{series.label}: too few to show over time"
    label, value = points.known[-1]
    centre = centre_of(found)
    middle = f"; the {found.kind} is {centre}" if centre is not None else ""
    return f"{series.label}: {value or 'none'} in {label}{middle}"


def verdict_of(found, points):
    count, unit = len(points.known), points.unit
    if not count:
        return "" if points.running else f"There are too few to show by {unit}."
    if found.upper is None:
        number = count_words(count).capitalize()
        units = unit if count == 1 else f"{unit}s"
        return f"{number} {units}: too few points for limits. Read it as a run, not a trend."
    said = [
        f"{stretches_of(points.all, found.flags[rule])} ({words})"
        for rule, words in RULES.items()
        if found.flags[rule]
    ]
    if said:
        return f"Special cause: {'; '.join(said)}. Look for what was different then."
    return f"No special cause: the {unit}s differ no more than chance would have them."


def not_over(points, found):
    """What is said of a month that is still running, or of the quarter that it is in."""
    if not points.running:
        return ""
    label, value = points.running
    middle = f"the {found.kind}" if found.upper is None else f"the {found.kind} and the limits"
    left_out = f" It is left out of {middle}." if points.known else ""
    return f"{label} is not over: {so_far(value)}.{left_out}"


def stretches_of(points, places):
    """Jun to Dec 2025 and Mar 2026: neighbouring points as one stretch."""
    stretches = []
    for place in places:
        if stretches and stretches[-1][-1] == place - 1:
            stretches[-1].append(place)
        else:
            stretches.append([place])
    return in_a_row([stretch(points[places[0]][0], points[places[-1]][0]) for places in stretches])


def stretch(first, last):
    return first if first == last else f"{first} to {last}"
