"""A briefing's frozen content as a tagged PDF (PDF/UA-1).

Every chart travels to briefing.typ as an SVG string inside the content.
"""

from pathlib import Path

from practicelens import typesetting
from reports import charts

TEMPLATE = Path(__file__).with_name("briefing.typ")

# The widths, in points, of the places for a chart on the page: alone in the main column, the
# wider and the narrower of a pair, half a page in the annex, and the whole measure.
MAIN, PAIR, HALF, WHOLE = 348, (306, 158), 235, 487


def render(content, sha256):
    """The PDF of `content`, whose hash is `sha256`; the same content gives the same bytes."""
    return typesetting.pdf(TEMPLATE, briefing=drawable(content, sha256))


def first_page(content, sha256):
    """The first page as a PNG, for showing what a briefing looks like."""
    inputs = {"briefing": drawable(content, sha256)}
    return typesetting.typeset(TEMPLATE, inputs, format="png", ppi=96)[0]


def drawable(content, sha256):
    briefing = typesetting.printable({**content, "sha256": sha256})
    briefing["sections"] = [with_drawings(section) for section in briefing["sections"]]
    briefing["annex"]["charts"] = [for_annex(chart) for chart in briefing["annex"]["charts"]]
    return briefing


def with_drawings(section):
    """Two charts of a section are side by side, unequal; a single one in the main column."""
    found = section.get("charts", [])
    places = PAIR if len(found) > 1 else (MAIN,)
    drawn = [drawn_chart(chart, places[at % len(places)]) for at, chart in enumerate(found)]
    return {**section, "charts": drawn}


def for_annex(chart):
    # A grid has as many columns as there are kinds of work.
    return drawn_chart(chart, WHOLE if chart["kind"] == "coverage" else HALF)


def drawn_chart(chart, width):
    return {**chart, "width": width, "svg": charts.draw(chart, "print", width=width)}
