"""How practice was observed, and where they have been."""

from itertools import groupby

from practicelens.numbers import lowered
from reports.counts import part_of
from reports.figures.chart import chart, fewer, is_small, one, threshold
from reports.statistics import join_neighbours, protect


def proximity(summary, *, protected=False):
    """Observations by closeness, closest first, with a bracket round direct observation."""
    total = sum(row.observations for row in summary.proximity)
    title = closeness(total, summary.direct, protected)
    bars, bracket = bars_of(summary.proximity, protected)
    return chart(
        "bars",
        title=title,
        counted="Observations by how practice was observed",
        alt=f"{title}. Closest first: own practice, alongside, shadowed, remote, talked or read about.",
        data={"rows": bars, "bracket": bracket},
        head=["How observed", "Observations"],
        rows=[[bar["label"], bar["shown"]] for bar in bars],
    )


def told_apart(there, others, protected):
    """Whether the direct ones and the others may both be shown."""
    return not any(is_small(count, protected) for count in (there, others))


def closeness(total, there, protected):
    if is_small(total, protected):
        return f"There were {fewer()} observations"
    if not total:
        return "There was no observation in these months"
    words = f"{there or 'None'} of {total}" if not protected else part_of(there, total)
    return f"{words[:1].upper()}{words[1:]} observations were direct"


def bars_of(rows, protected):
    near, far = ([row for row in rows if row.is_direct is is_direct] for is_direct in (True, False))
    there, others = (sum(row.observations for row in side) for side in (near, far))
    if is_small(there + others, protected):
        return [], None
    if not told_apart(there, others, protected):
        return joined(rows, protected, main=False), None
    bars = joined(near, protected, main=True)
    words = f"{there} of {there + others} direct observations"
    bracket = {"first": 0, "last": len(bars) - 1, "words": words} if there else None
    return bars + joined(far, protected, main=False), bracket


def joined(rows, protected, main):
    """Neighbours in closeness joined, until no bar is small."""
    bars = []
    for part in join_neighbours([row.observations for row in rows], threshold(protected)):
        first, *further = (rows[at].label for at in part["levels"])
        label = " or ".join([first, *(lowered(name) for name in further)])
        shown = str(part["count"]) if part["count"] else "none"
        bars.append({"label": label, "count": part["count"], "shown": shown, "main": main})
    return bars


def coverage(summary, *, protected=False):
    """Observations by team and kind of work, with evenings and weekends beside them.

    For leaders by what is directly under the unit: teams would mostly be too few to count.
    """
    counted = (
        parts(summary) if protected else [(row.unit.name, row.counts) for row in summary.coverage]
    )
    labels = [label for label, _ in counted]
    rows = (
        cells_of(summary, counted)
        if protected
        else [[one(count, False) for count in row] for _, row in counted]
    )
    heads = [column.label for column in summary.columns]
    title = reach(summary, protected)
    place = "part of the service" if protected else "team"
    return chart(
        "coverage",
        title=title,
        counted=f"Observations by {place} and kind of work; evenings and weekends are counted twice",
        alt=f"{title}. The grid has a row for each {place} and a column for each kind of work.",
        data={
            "columns": heads,
            "rows": [
                {"label": label, "cells": cells} for label, cells in zip(labels, rows, strict=True)
            ],
        },
        head=[place.capitalize(), *heads],
        rows=[
            [label, *(cell["shown"] for cell in cells)]
            for label, cells in zip(labels, rows, strict=True)
        ],
    )


def parts(summary):
    """The coverage of each unit directly under the summary's, in the order of their names."""
    counted = {}
    for row in summary.coverage:
        so_far = counted.get(row.part, [0] * len(row.counts))
        counted[row.part] = [a + b for a, b in zip(so_far, row.counts, strict=True)]
    return sorted(counted.items())


def cells_of(summary, counted):
    """Cells safe to show: each block of columns that add up to a known whole is judged as one."""
    blocks = [
        list(block)
        for _, block in groupby(
            range(len(summary.columns)),
            lambda at: at if summary.columns[at].overlaps else -1,
        )
    ]
    made = [[None] * len(summary.columns) for _ in counted]
    for block in blocks:
        places = [(row, at) for row in range(len(made)) for at in block]
        counts = [counted[row][1][at] for row, at in places]
        for (row, at), cell in zip(places, safe(counts), strict=True):
            made[row][at] = cell
    return made


def safe(counts):
    """Where leaving out small counts would not do, cells only say whether anything was seen."""
    shown = protect(counts, threshold(True))
    needed = [None if is_small(count, True) else count for count in counts]
    if shown == needed:
        return [one(count, True) for count in counts]
    return [{"count": None, "shown": "seen"} if count else one(0, True) for count in counts]


def reach(summary, protected):
    evenings = "evenings were seen" if summary.evenings else "no evening was"
    if not summary.teams:
        return "There is no team here to be seen"
    if not protected:
        return f"{summary.teams_seen} of {summary.teams} teams were seen; {evenings}"
    every = summary.teams_seen == summary.teams
    return f"{'Every team was' if every else 'Not every team was'} seen; {evenings}"
