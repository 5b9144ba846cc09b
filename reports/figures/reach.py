"""How practice was observed, and where they have been."""

from reports.figures.chart import chart, one


def proximity(summary):
    """Observations by closeness, closest first, with a bracket round direct observation."""
    rows = summary.proximity
    total = sum(row.observations for row in rows)
    title = closeness(total, summary.direct)
    bars = [{"label": row.label, **one(row.observations), "main": row.is_direct} for row in rows]
    bars = bars if total else []
    return chart(
        "bars",
        title=title,
        counted="Observations by how practice was observed",
        alt=f"{title}. Closest first: own practice, alongside, shadowed, remote, talked or read about.",
        data={"rows": bars, "bracket": bracket(summary, total)},
        head=["How observed", "Observations"],
        rows=[[bar["label"], bar["shown"]] for bar in bars],
    )


def closeness(total, there):
    if not total:
        return "There was no observation in these months"
    return f"{there or 'None'} of {total} observations were direct"


def bracket(summary, total):
    if not summary.direct:
        return None
    near = sum(row.is_direct for row in summary.proximity)
    return {
        "first": 0,
        "last": near - 1,
        "words": f"{summary.direct} of {total} direct observations",
    }


def coverage(summary, parts=None):
    """Observations by team and kind of work, with evenings and weekends beside them.

    For leaders by `parts`, which may be told of (see `reports.telling`), and not by kind of work.
    """
    if parts is None:
        heads = [column.label for column in summary.columns]
        counted = by_team(summary)
        place, by = "team", "team and kind of work"
    else:
        heads = ["All", *(column.label for column in summary.columns if column.overlaps)]
        counted = [(part.label, of_part(summary, part)) for part in parts]
        place = by = "part of the service"
    title = reach(summary, parts is not None)
    return chart(
        "coverage",
        title=title,
        counted=f"Observations by {by}; evenings and weekends are counted twice",
        alt=f"{title}. The grid has a row for each {place} and a column for each count.",
        data={
            "columns": heads,
            "rows": [{"label": label, "cells": cells} for label, cells in counted],
        },
        head=[place.capitalize(), *heads],
        rows=[[label, *(cell["shown"] for cell in cells)] for label, cells in counted],
    )


def by_team(summary):
    return [(row.unit.name, [one(count) for count in row.counts]) for row in summary.coverage]


def of_part(summary, part):
    """All that was observed in it, and of that how much in evenings and at weekends."""
    rows = [row.counts for row in summary.coverage if row.part in part.names]
    counts = [sum(column) for column in zip(*rows, strict=True)]
    counted = list(zip(summary.columns, counts, strict=True))
    total = sum(count for column, count in counted if not column.overlaps)
    return [one(total), *(one(count) for column, count in counted if column.overlaps)]


def reach(summary, for_leaders):
    evenings = "evenings were seen" if summary.evenings else "no evening was"
    if not summary.teams:
        return "There is no team here to be seen"
    if not for_leaders:
        return f"{summary.teams_seen} of {summary.teams} teams were seen; {evenings}"
    every = summary.teams_seen == summary.teams
    return f"{'Every team was' if every else 'Not every team was'} seen; {evenings}"
