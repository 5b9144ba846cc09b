"""What the notes add up to, for practice leaders: counts, and the passages behind them."""

import csv

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import mark_safe

from frameworks.models import Criterion, FrameworkVersion, Theme
from observations.models.choices import Stance
from practicelens.audit.actions import record
from practicelens.audit.models import Entry
from reports import figures
from reports.charts import draw
from reports.figures.level_bars import level_bar
from reports.filters import chosen_by
from reports.periods import month_words
from reports.summaries import (
    as_quotable,
    change_words,
    criterion_series,
    every_passage,
    in_short,
    last_seen_words,
    not_seen_lately,
    passages_for,
    summarise,
    table,
    theme_series,
)

HALF_A_PAGE = 520
SHOWN_IN_PRACTICE = 2
PASSAGES_ON_A_PAGE = 20
# What is put first unless somebody chooses another.
FAMILYS_OWN_WORDS = "1.3"


def summary(request):
    chosen = chosen_by(request)
    found = summarise(chosen.unit, chosen.window, chosen.kind_of_work)
    row = _criterion_over_time(found, request.GET.get("criterion", ""))
    context = {
        **_about(chosen, found),
        "in_short": in_short(found, row),
        "criteria": _levels_table(found),
        "over_time": row,
        "trust": _trust(found),
    }
    if found.observations:
        context |= {"charts": _charts(chosen, found, row), "in_practice": _in_practice(chosen, found)}
    return render(request, "reports/summary.html", context)


def theme(request, pk):
    chosen = chosen_by(request)
    found = get_object_or_404(Theme.objects.visible_to(request.user), pk=pk)
    row = summarise(chosen.unit, chosen.window, chosen.kind_of_work).theme(found.pk)
    stance = "hinders" if row and row.hinders > row.helps else "helps"
    series = theme_series(
        chosen.unit, found, stance, chosen.window.last_month, kind_of_work=chosen.kind_of_work
    )
    return render(
        request,
        "reports/summary_theme.html",
        {
            **_about(chosen),
            "theme": found,
            "row": row,
            "run": _drawn(figures.run(series)),
            "change": _theme_change(chosen, row),
            **_sides(request, chosen, ("helps", "hinders"), theme=found),
        },
    )


def criterion(request, pk):
    chosen = chosen_by(request)
    visible = FrameworkVersion.objects.visible_to(request.user)
    found = get_object_or_404(
        Criterion.objects.filter(version__in=visible).select_related("version__framework"), pk=pk
    )
    now = summarise(chosen.unit, chosen.window, chosen.kind_of_work)
    series = criterion_series(
        chosen.unit, found, chosen.window.last_month, kind_of_work=chosen.kind_of_work
    )
    row = now.criterion(found.pk)
    return render(
        request,
        "reports/summary_criterion.html",
        {
            **_about(chosen),
            "criterion": found,
            "row": row,
            "bar": _bars(row, now) if row else None,
            "run": _drawn(figures.run(series)),
            "change": _criterion_change(chosen, row),
            **_sides(request, chosen, ("for", "against"), criterion=found),
        },
    )


def coverage(request):
    chosen = chosen_by(request)
    found = summarise(chosen.unit, chosen.window, chosen.kind_of_work)
    unseen = [
        {"row": row, "when": last_seen_words(row)} for row in not_seen_lately(chosen.unit)
    ]
    return render(
        request,
        "reports/coverage.html",
        {**_about(chosen, found), "grid": _grid(found), "unseen": unseen},
    )


def figures_csv(request):
    """All counts of the summary; a line in the log says who took them away."""
    chosen = chosen_by(request)
    found = summarise(chosen.unit, chosen.window, chosen.kind_of_work)
    record(by=request.user, action=Entry.Action.DOWNLOADED, what=chosen.unit, unit=chosen.unit)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"figures-{chosen.unit.code}-{chosen.window.last_month:%Y-%m}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response.write("\ufeff")  # without it a spreadsheet does not read macrons
    writer = csv.writer(response)
    writer.writerow(table.HEAD)
    where = f"{chosen.window.words}. {chosen.work_words}"
    writer.writerow(["What this is", table.harmless(chosen.unit.name), where, ""])
    writer.writerows(table.rows(found))
    return response


def definitions(request):
    """How each figure is worked out: for everybody, leaders too."""
    return render(
        request,
        "reports/definitions.html",
        {"threshold": settings.SMALL_COUNT_THRESHOLD, "months": settings.WINDOW_MONTHS},
    )


def _about(chosen, found=None):
    return {"chosen": chosen, "window": chosen.window, "summary": found}


def _criterion_over_time(found, asked):
    """The row that is asked for; the family's own words; or whatever comes first."""
    rows = [row for row in found.criteria if not row.apart]
    by_pk = {str(row.criterion.pk): row for row in rows}
    by_code = {row.criterion.code: row for row in rows}
    return by_pk.get(asked) or by_code.get(FAMILYS_OWN_WORDS) or next(iter(rows), None)


def _levels_table(found):
    return [{"row": row, "bar": _bars(row, found)} for row in found.criteria if not row.apart]


def _bars(row, found):
    return {
        "wide": level_bar(row, row.levels, max(found.observations, row.seen), 620),
        "narrow": level_bar(row, row.levels, max(found.observations, row.seen), 280),
    }


def _drawn(chart, width=None):
    """A chart with its two drawings, as the figure include takes them."""
    return {
        "chart": chart,
        "wide": mark_safe(draw(chart, "wide", width=width)),  # noqa: S308
        "narrow": mark_safe(draw(chart, "narrow")),  # noqa: S308
    }


def _charts(chosen, found, row):
    made = {
        name: _drawn(getattr(figures, name)(found), HALF_A_PAGE)
        for name in ("helps_hinders", "causes", "friction", "proximity", "talk", "decided")
    }
    if row:
        series = criterion_series(
            chosen.unit,
            row.criterion,
            chosen.window.last_month,
            kind_of_work=chosen.kind_of_work,
        )
        made["run"] = _drawn(figures.run(series), HALF_A_PAGE)
    return made | {"grid": _grid(found)}


def _in_practice(chosen, found):
    """Passages for and against what gets in the way most often, or else helps most often."""
    for side in ("hinders", "helps"):
        row = max(found.themes, key=lambda row: getattr(row, side), default=None)
        if row and getattr(row, side):
            other = "helps" if side == "hinders" else "hinders"
            return {
                "row": row,
                "stance": side,
                "for": _passages(chosen, row.theme, side),
                "against": _passages(chosen, row.theme, other),
            }
    return None


def _passages(chosen, theme, side):
    return passages_for(
        chosen.unit,
        chosen.window,
        side=side,
        theme=theme,
        kind_of_work=chosen.kind_of_work,
        limit=SHOWN_IN_PRACTICE,
    )


def _sides(request, chosen, sides, **subject):
    """A page of each of two sides, and the longer of the two to turn the pages by."""
    pages = [
        Paginator(
            every_passage(
                chosen.unit,
                chosen.window,
                side=side,
                kind_of_work=chosen.kind_of_work,
                **subject,
            ),
            PASSAGES_ON_A_PAGE,
        ).get_page(1)
        for side in sides
    ]
    longer = max(pages, key=lambda page: page.paginator.count).paginator
    page = longer.get_page(request.GET.get("page"))
    shown = [
        {
            "count": side.paginator.count,
            "passages": as_quotable(side.paginator.page(page.number))
            if page.number in side.paginator.page_range
            else [],
        }
        for side in pages
    ]
    return {"sides": shown, "page": page}


def _theme_change(chosen, row):
    before = summarise(chosen.unit, chosen.window.before, chosen.kind_of_work)
    return change_words(row, before.theme(row.theme.pk), before.window) if row else ""


def _criterion_change(chosen, row):
    before = summarise(chosen.unit, chosen.window.before, chosen.kind_of_work)
    if row is None:
        return ""
    return change_words(row, before.criterion(row.criterion.pk), before.window)


def _grid(found):
    """The coverage grid, each count with the shade that repeats it."""
    return [
        {"unit": row.unit, "cells": [{"count": count, "shade": _shade(count)} for count in row.counts]}
        for row in found.coverage
    ]


def _shade(count):
    for least, shade in ((10, "many"), (5, "some"), (1, "few")):
        if count >= least:
            return shade
    return "none"
