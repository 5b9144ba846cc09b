"""The pieces that the pages of summaries are made of."""

from django.core.paginator import Paginator
from django.utils.safestring import mark_safe

from observations.meeting_facts import DRAWN
from reports import figures
from reports.charts import draw
from reports.figures.level_bars import level_bar, level_key
from reports.summaries import (
    OPPOSITE,
    as_quotable,
    change_words,
    clause_words,
    count_observations,
    counted_row,
    criterion_series,
    every_passage,
    families_words,
    passages_for,
    risk_words,
    theme_series,
)
from reports.summaries.shape import ThemeRow

HALF_A_PAGE = 520
WIDE, NARROW = 620, 280
SHOWN_IN_PRACTICE = 2
SHOWN_OF_A_SUBJECT = 3
PASSAGES_ON_A_PAGE = 20


def criterion_over_time(summary, asked):
    """The row that is asked for by its pk, or the one that its version shows first, or None."""
    rows = [row for row in summary.criteria if not row.apart]
    by_pk = {str(row.criterion.pk): row for row in rows}
    first = summary.version and str(summary.version.shown_first_id)
    return by_pk.get(asked) or by_pk.get(first) or next(iter(rows), None)


def levels_table(summary):
    """Every criterion of the version in force, with its bar."""
    return [
        {"row": row, "bar": bar(row, summary.observations)}
        for row in summary.criteria
        if not row.apart
    ]


def clauses(found):
    """Every clause of a standard: what is said of it, and the bars of its criteria."""
    return [
        {
            "row": each,
            "words": clause_words(found, each),
            "speaks": bool(each.rows or each.apart),
            "criteria": [{"row": row, "bar": bar(row, found.observations)} for row in each.rows],
            "caption": f"Observations in which each criterion of {each.clause} was seen, and how",
        }
        for each in found.clauses
    ]


def bar(row, observations):
    """Two drawings of a criterion's bar, for a page and for a phone."""
    return {
        "wide": level_bar(row, observations, WIDE),
        "narrow": level_bar(row, observations, NARROW),
    }


def drawn(chart, width=None):
    """A chart with its two drawings, as its include takes them."""
    return {
        "chart": chart,
        "wide": mark_safe(draw(chart, "wide", width=width)),
        "narrow": mark_safe(draw(chart, "narrow")),
    }


def charts(chosen, summary, row):
    """The summary's charts, by name; `row` is the criterion shown over time."""
    made = {
        name: drawn(getattr(figures, name)(summary), HALF_A_PAGE)
        for name in (
            "helps_hinders",
            "causes",
            "friction",
            "proximity",
            "talk",
            "risk",
            "risk_then_and_now",
        )
    }
    series = row and series_of(chosen, criterion_series, row.criterion)
    made["noted"] = {fact.told: drawn(figures.noted(summary, fact), HALF_A_PAGE) for fact in DRAWN}
    return made | {"run": drawn(figures.run(series), HALF_A_PAGE) if series else None}


def series_of(chosen, read, *subject):
    return read(chosen.unit, *subject, chosen.window, kind_of_work=chosen.kind_of_work)


def in_practice(chosen, summary):
    """The best passages for and against what gets in the way most often, or helps most often."""
    for side in ("hinders", "helps"):
        row = max(summary.themes, key=lambda row: getattr(row, side), default=None)
        if row and getattr(row, side):
            sides = [
                best(chosen, each, SHOWN_IN_PRACTICE, theme=row.theme)
                for each in (side, OPPOSITE[side])
            ]
            return {"row": row, "side": side, "seen": sides[0], "opposite": sides[1]}
    return None


def quoted_in(in_practice):
    """All that is under "in practice"."""
    return [*in_practice["seen"].chosen, *in_practice["opposite"].chosen] if in_practice else []


def families(chosen, summary):
    """How families answered on their cards, and their newest words."""
    if not summary.families.cards:
        return {"words": [], "table": None}
    rows = [
        (row.label, row.yes, row.partly, row.no, summary.families.cards - row.answered)
        for row in summary.families.questions
    ]
    return {
        "words": families_words(chosen.unit, chosen.window, chosen.kind_of_work),
        "table": {"head": ["Question", "Yes", "A bit", "No", "Left out"], "rows": rows},
    }


def lenses(summary):
    """What the questions of lenses led to, and what became of how risk is spoken of."""
    rows = [(row.label, row.passages, row.observations) for row in summary.lenses]
    head = ["Lens", "Passages from its questions", "Observations"]
    return {"table": {"head": head, "rows": rows} if rows else None, "risk": risk_words(summary)}


def systems(summary):
    """Systems and processes by what they are called here, as a table; None where none is named."""
    rows = [(row.label, row.entries, row.lost or "none") for row in summary.systems]
    return (
        {"head": ["What it is called", "Entries", "Minutes lost"], "rows": rows} if rows else None
    )


def best(chosen, side, limit, **subject):
    return passages_for(
        chosen.unit,
        chosen.window,
        side=side,
        kind_of_work=chosen.kind_of_work,
        limit=limit,
        **subject,
    )


def theme_over_time(chosen, theme):
    """A theme's counts, beside those before, and the run of what it mostly does."""
    row = row_of(chosen, chosen.window, theme=theme)
    side = "hinders" if row and row.hinders > row.helps else "helps"
    series = series_of(chosen, theme_series, theme, side)
    return {"row": row, "run": drawn(figures.run(series)), "change": change(chosen, row)}


def a_criterion_over_time(chosen, criterion):
    """A criterion's counts, beside those before, and its run."""
    row = row_of(chosen, chosen.window, criterion=criterion)
    observations = count_observations(chosen.unit, chosen.window, chosen.kind_of_work)
    return {
        "row": row,
        "bar": bar(row, observations) if row else None,
        "key": level_key(row.levels) if row else [],
        "run": drawn(figures.run(series_of(chosen, criterion_series, criterion))),
        "change": change(chosen, row),
    }


def change(chosen, row):
    """A row's counts beside those of the months before, in words; "" where there is no row."""
    if row is None:
        return ""
    before = chosen.window.before
    if isinstance(row, ThemeRow):
        return change_words(row, row_of(chosen, before, theme=row.theme), before)
    # In the words of today's version, where they meant the same then.
    version = row.criterion.version
    was = row_of(chosen, before, criterion=row.criterion, version=version)
    return change_words(row, was, before)


def row_of(chosen, window, **subject):
    return counted_row(chosen.unit, window, chosen.kind_of_work, **subject)


def both_sides(request, chosen, sides, **subject):
    """The best of each of two sides, its asked page, and the page of the longer one to turn by."""
    pages = [pages_of(chosen, side, subject) for side in sides]
    page = max(pages, key=lambda pages: pages.count).get_page(request.GET.get("page"))
    shown = [side_of(each, page.number, chosen.unit.zone) for each in pages]
    for side, each in zip(sides, shown, strict=True):
        each["best"] = best(chosen, side, SHOWN_OF_A_SUBJECT, **subject)
    return {"sides": shown, "page": page}


def quoted_on(sides):
    """All that a page shows of both sides."""
    return [each for side in sides for each in (*side["passages"], *side["best"].chosen)]


def pages_of(chosen, side, subject):
    found = every_passage(
        chosen.unit, chosen.window, side=side, kind_of_work=chosen.kind_of_work, **subject
    )
    return Paginator(found, PASSAGES_ON_A_PAGE)


def side_of(pages, number, zone):
    there = number in pages.page_range
    return {
        "count": pages.count,
        "passages": as_quotable(pages.page(number), zone) if there else [],
    }


def grid(summary):
    """The coverage grid, each count with the shade that repeats it."""
    return [
        {
            "unit": row.unit,
            "cells": [{"count": each, "shade": shade_of(each)} for each in row.counts],
        }
        for row in summary.coverage
    ]


def shade_of(count):
    for least, shade in ((10, "many"), (5, "some"), (1, "few")):
        if count >= least:
            return shade
    return "none"
