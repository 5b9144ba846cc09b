"""Charts as SVG: geometry in Python, one drawing written out by templates/charts/drawing.svg.

    draw(chart, "wide")     a page       draw(chart, "narrow")   a phone
    draw(chart, "print")    the PDF, in points

`chart` is a chart of a briefing's content: {"kind", "title", "alt", "data", ...}.
"""

from dataclasses import replace
from zlib import crc32

from django.template.loader import render_to_string

from reports.charts.bars import bars, shares
from reports.charts.coverage import coverage
from reports.charts.drawing import Drawing, Size
from reports.charts.helps_hinders import helps_hinders
from reports.charts.levels import levels
from reports.charts.run import run
from reports.charts.then_now import then_now
from reports.charts.year import year

SIZES = {
    "wide": Size(width=640, type=16, screen=True),
    "narrow": Size(width=300, type=16, screen=True),
    "print": Size(width=348, type=8.5, screen=False),
}

SHAPES = {
    "levels": levels,
    "helps_hinders": helps_hinders,
    "run": run,
    "bars": bars,
    "coverage": coverage,
    "shares": shares,
    "then_now": then_now,
    "year": year,
}


def draw(chart, size, *, width=None, prefix=None):
    """The chart as SVG text, `width` units wide where the size's own will not do.

    `prefix` begins the ids inside the drawing, which must differ from every other drawing on the
    page; left out, it is made from the chart and the size.
    """
    measure = SIZES[size]
    if width:
        measure = replace(measure, width=width)
    drawing = Drawing(measure, prefix or f"chart-{crc32(repr((chart, size)).encode()):x}")
    if is_empty(chart["data"]):
        drawing.words(0, measure.line / 2, "Nothing yet")
    else:
        SHAPES[chart["kind"]](drawing, {**chart["data"], "verdict": chart.get("verdict", "")})
    return render_to_string("charts/drawing.svg", context(drawing, chart))


def is_empty(data):
    """No rows, no months with a value, or nothing that could have been seen."""
    if "points" in data:
        return all(point["value"] is None for point in data["points"])
    return not data["rows"] or data.get("of") == 0 or data.get("columns") == []


def context(drawing, chart):
    size = drawing.size
    height = drawing.bottom + size.type * 0.2
    return {
        "alt": chart["alt"] if size.screen else "",
        "width": f"{size.width:g}",
        "height": f"{height:.1f}",
        "type": f"{size.type:g}",
        "prefix": drawing.prefix,
        "patterns": drawing.patterns,
        "tile": f"{size.type / 16:g}",
        "shapes": drawing.shapes,
    }
