"""How practice was observed, and where they have been."""

from reports.figures.chart import chart, one

FEW = {"count": None, "shown": "few"}  # told of within its row alone


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

    For leaders by `parts`, which may be told of (see `reports.telling`).
    """
    counted = list(by_team(summary) if parts is None else by_part(summary, parts))
    heads = [column.label for column in summary.columns]
    place = "team" if parts is None else "part of the service"
    title = reach(summary, parts is not None)
    return chart(
        "coverage",
        title=title,
        counted=f"Observations by {place} and kind of work; evenings and weekends are counted twice",
        alt=f"{title}. The grid has a row for each {place} and a column for each kind of work.",
        data={
            "columns": heads,
            "rows": [{"label": label, "cells": cells} for label, cells in counted],
        },
        head=[place.capitalize(), *heads],
        rows=[[label, *(cell["shown"] for cell in cells)] for label, cells in counted],
        verdict=few_words(counted),
    )


def by_team(summary):
    return [(row.unit.name, [one(count) for count in row.counts]) for row in summary.coverage]


def by_part(summary, parts):
    """A row for each part; of the kinds of work in it that may not be told of, that they are few."""
    for part in parts:
        rows = [row.counts for row in summary.coverage if row.part in part.names]
        counts = [sum(column) for column in zip(*rows, strict=True)]
        yield (
            part.label,
            [
                one(count) if column.overlaps or column.code in part.columns else FEW
                for column, count in zip(summary.columns, counts, strict=True)
            ],
        )


def few_words(counted):
    if not any(cell is FEW for _, cells in counted for cell in cells):
        return ""
    return "“Few”: too few people were observed there to be told of by kind of work."


def reach(summary, for_leaders):
    evenings = "evenings were seen" if summary.evenings else "no evening was"
    if not summary.teams:
        return "There is no team here to be seen"
    if not for_leaders:
        return f"{summary.teams_seen} of {summary.teams} teams were seen; {evenings}"
    every = summary.teams_seen == summary.teams
    return f"{'Every team was' if every else 'Not every team was'} seen; {evenings}"
