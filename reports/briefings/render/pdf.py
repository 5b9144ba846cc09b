"""A briefing's frozen content as a tagged PDF (PDF/UA-1).

Every chart travels to briefing.typ as an SVG string inside the content.
"""

from itertools import product
from pathlib import Path

from practicelens import typesetting
from reports import charts
from reports.briefings.content import rule_of

TEMPLATE = Path(__file__).with_name("briefing.typ")

# The widths, in points, of the places for a chart on the page: alone in the main column, the
# wider and the narrower of a pair, half a page in the annex, and the whole measure.
MAIN, PAIR, HALF, WHOLE = 348, (306, 158), 235, 487

PAGES, PAGES_OF_ANNEX = 2, 3
LEAST_FILLED = 1 / 3  # of the last page of each
TIGHTEST = 4


def render(content, sha256):
    """The PDF of `content`, whose hash is `sha256`; the same content gives the same bytes."""
    briefing = drawable(content, sha256)
    return typesetting.pdf(TEMPLATE, briefing=briefing, fit=fitted(briefing))


def first_page(content, sha256):
    """The first page as a PNG, for showing what a briefing looks like."""
    briefing = drawable(content, sha256)
    inputs = {"briefing": briefing, "fit": fitted(briefing)}
    return typesetting.typeset(TEMPLATE, inputs, format="png", ppi=96)[0]


def fitted(briefing):
    """How tight body and annex are set, so that each fills its pages and no page is nearly empty.

    As loose as can be; a single page that is nearly empty gets no fuller by that. Where a short
    month has too little for a page, the annex follows on it. A scene for which two pages have no
    room stands in the annex.
    """
    best, least = None, None
    places = (False, True) if has_scene(briefing) else (False,)
    for is_apart, is_parted in product(places, (True, False)):
        fit = {"body": 0, "annex": 0, "parted": is_parted, "scene_apart": is_apart}
        while True:
            wrong = faults(briefing, fit)
            if least is None or len(wrong) < least:
                best, least = fit, len(wrong)
            tighter = {
                part: fit[part] + 1 for part in wrong if fit[part] < TIGHTEST and wrong[part] > 1
            }
            if not tighter:
                break
            fit = fit | tighter
        if least == 0:
            break
    return best


def has_scene(briefing):
    return any(section["key"] == "scene" for section in briefing["sections"])


def faults(briefing, fit):
    """{part: its pages} for body and annex where they are too many or the last is under a third full."""
    ends = typesetting.said(TEMPLATE, "ends", briefing=briefing, fit=fit)
    body, annex = ends["body"], ends["annex"]
    is_thin = {"body": fit["parted"] and body["filled"] < LEAST_FILLED}
    is_thin["annex"] = annex["page"] > 1 and annex["filled"] < LEAST_FILLED
    pages = {"body": body["page"], "annex": annex["page"] - fit["parted"] * body["page"]}
    is_long = {"body": body["page"] > PAGES}
    is_long["annex"] = annex["page"] - body["page"] > PAGES_OF_ANNEX
    return {part: pages[part] for part in pages if is_thin[part] or is_long[part]}


def drawable(content, sha256):
    briefing = typesetting.printable({**content, "sha256": sha256, "rule": rule_of(content)})
    briefing["sections"] = [with_drawings(section) for section in briefing["sections"]]
    if briefing.get("year") and briefing["year"]["data"]["points"]:
        briefing["year"] = drawn_chart(briefing["year"], WHOLE)
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
