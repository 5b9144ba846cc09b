"""A count over the months, read as a run until there are points enough for limits."""

from reports.figures.chart import chart, in_a_row, is_small, threshold
from reports.figures.joins import joins_of, marked, told
from reports.periods import count_words
from reports.statistics import protect, xmr

QUARTER = 3
# Under so many points nothing can be read from their order.
POINTS_FOR_A_RUN = 3
RULES = {
    "astronomical": "outside the limits",
    "shift": "in a row on one side of the mean",
    "trend": "in a row up or down",
    "two_in_three": "near a limit",
}


def run(series, *, protected=False):
    """The months of a series; quarters where months would be too small to be shown."""
    points, joins, unit = _months(series), joins_of(series), "month"
    if protected and any(is_small(value, protected) for _, value in points):
        points, joins, unit = _quarters(series), joins_of(series, QUARTER), "quarter"
    values = [value for _, value in points]
    found = xmr(values)
    known = [value for value in values if value is not None]
    if protected and len(known) < POINTS_FOR_A_RUN:
        points, known, joins = [], [], []
    title = _latest(series, points, found, protected)
    verdict = " ".join([_verdict(found, points, unit), *told(joins, points), *series.notes])
    return chart(
        "run",
        title=title,
        counted=series.counted.replace("each month", f"each {unit}"),
        alt=f"{title}. {verdict}",
        verdict=verdict,
        data={
            "counted": series.counted.replace("each month", f"each {unit}"),
            "points": [
                {"label": label, "value": value, "special": at in found.special}
                for at, (label, value) in enumerate(points)
            ],
            "centre": {"kind": found.kind, "value": _centre(found, protected)},
            "limits": _limits(found),
            "joins": [join.data for join in joins],
        },
        **_table(points, joins, unit),
    )


def _table(points, joins, unit):
    """The points in rows; a column more for what changed, if anything did."""
    head, rows = [unit.capitalize(), "Count"], [[label, _shown(value)] for label, value in points]
    if joins:
        head.append("What changed")
        marks = marked(joins, points)
        rows = [[*row, mark] for row, mark in zip(rows, marks, strict=True)]
    return {"head": head, "rows": rows}


def _months(series):
    pairs = zip(series.months, series.values, strict=True)
    return [(f"{month:%b %Y}", value) for month, value in pairs]


def _quarters(series):
    """Three months each, counted back from the last; None where one is small or would tell one."""
    whole = len(series.values) // QUARTER * QUARTER
    starts = range(len(series.values) - whole, len(series.values), QUARTER)
    values = [sum(series.values[start : start + QUARTER]) for start in starts]
    months = [series.months[start : start + QUARTER] for start in starts]
    shown = list(values)
    # Any two neighbours may add up to a count that is given elsewhere, for a window of six months.
    for at in range(len(values) - 1):
        for place, count in enumerate(protect(values[at : at + 2], threshold(True)), start=at):
            shown[place] = None if count is None else shown[place]
    return [
        (_quarter_words(first, last), value)
        for (first, _, last), value in zip(months, shown, strict=True)
    ]


def _quarter_words(first, last):
    """Aug to Oct 2026; both years where they differ."""
    year = f" {first:%Y}" if first.year != last.year else ""
    return f"{first:%b}{year} to {last:%b %Y}"


def _shown(value):
    return "not shown" if value is None else str(value) if value else "none"


def _centre(found, protected):
    value = found.centre
    if value is None or (protected and is_small(value, protected)):
        return None
    return round(value, 1) if value % 1 else int(value)


def _limits(found):
    if found.upper is None:
        return None
    return {"upper": round(found.upper, 1), "lower": round(found.lower, 1)}


def _latest(series, points, found, protected):
    known = [(label, value) for label, value in points if value is not None]
    if not known:
        return f"{series.label}: too few to show over time"
    label, value = known[-1]
    centre = _centre(found, protected)
    middle = f"; the {found.kind} is {centre}" if centre is not None else ""
    return f"{series.label}: {value or 'none'} in {label}{middle}"


def _verdict(found, points, unit):
    count = sum(value is not None for _, value in points)
    if not count:
        return f"There are too few to show by {unit}."
    if found.upper is None:
        number = count_words(count).capitalize()
        units = unit if count == 1 else f"{unit}s"
        return f"{number} {units}: too few points for limits. Read it as a run, not a trend."
    said = [
        f"{_stretches(points, found.flags[rule])} ({words})"
        for rule, words in RULES.items()
        if found.flags[rule]
    ]
    if said:
        return f"Special cause: {'; '.join(said)}. Look for what was different then."
    return f"No special cause: the {unit}s differ no more than chance would have them."


def _stretches(points, places):
    """Jun to Dec 2025 and Mar 2026: neighbouring points as one stretch."""
    stretches = []
    for place in places:
        if stretches and stretches[-1][-1] == place - 1:
            stretches[-1].append(place)
        else:
            stretches.append([place])
    return in_a_row([_stretch(points[places[0]][0], points[places[-1]][0]) for places in stretches])


def _stretch(first, last):
    return first if first == last else f"{first} to {last}"
