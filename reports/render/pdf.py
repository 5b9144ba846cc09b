"""A briefing's frozen content as a tagged PDF (PDF/UA-1), set by Typst.

The content travels to briefing.typ as JSON and every chart as an SVG string inside it, so no word
of it is ever read as markup, and nothing is written to disk.
"""

import json
import unicodedata
from pathlib import Path

import typst
from django.conf import settings

from reports import charts
from reports.charts.widths import WIDTHS

TEMPLATE = Path(__file__).with_name("briefing.typ")
FONTS = ["SourceSans3-Regular.ttf", "SourceSans3-Semibold.ttf", "SourceSans3-Bold.ttf"]

# The widths, in points, of the places for a chart on the page: alone in the main column, the
# wider and the narrower of a pair, half a page in the annex, and the whole measure.
MAIN, PAIR, HALF, WHOLE = 348, (306, 158), 235, 487

# Stands for a letter that the typeface lacks: PDF/UA refuses a page with one that is not there.
MISSING = "□"
# Accents that stand over or under the letter before, where no single letter has both.
ACCENTS = "".join(map(chr, [*range(0x300, 0x30D), *range(0x323, 0x329)]))


class FontsMissing(Exception):
    """The typeface of the briefing is not where settings.BRIEFING_FONTS says."""


def render(content, sha256):
    """The PDF of `content`, whose hash is `sha256`; the same content gives the same bytes."""
    return _set(content, sha256, pdf_standards=["ua-1"], timestamp=0)


def first_page(content, sha256):
    """The first page as a PNG, for showing what a briefing looks like."""
    return _set(content, sha256, format="png", ppi=96)[0]


def _set(content, sha256, **how):
    fonts = _fonts()
    briefing = _printable({**content, "sha256": sha256})
    briefing["sections"] = [_with_drawings(section) for section in briefing["sections"]]
    briefing["annex"]["charts"] = [_for_annex(chart) for chart in briefing["annex"]["charts"]]
    return typst.compile(
        str(TEMPLATE),
        font_paths=[str(fonts)],
        ignore_system_fonts=True,
        sys_inputs={"briefing": json.dumps(briefing)},
        **how,
    )


def _fonts():
    folder = Path(settings.BRIEFING_FONTS)
    if missing := [name for name in FONTS if not (folder / name).is_file()]:
        raise FontsMissing(
            f"{', '.join(missing)} not found in {folder}. "
            "Run make demo once, which fetches the typeface."
        )
    return folder


def _with_drawings(section):
    """Two charts of a section stand side by side, unequal; a single one in the main column."""
    found = section.get("charts", [])
    places = PAIR if len(found) > 1 else (MAIN,)
    drawn = [_drawn(chart, places[at % len(places)]) for at, chart in enumerate(found)]
    return {**section, "charts": drawn}


def _for_annex(chart):
    # A grid has as many columns as there are kinds of work.
    return _drawn(chart, WHOLE if chart["kind"] == "coverage" else HALF)


def _drawn(chart, width):
    return {**chart, "width": width, "svg": charts.draw(chart, "print", width=width)}


def _printable(value):
    """The content with every text in it made fit for the page."""
    if isinstance(value, str):
        return "".join(_letter(letter) for letter in unicodedata.normalize("NFC", value))
    if isinstance(value, dict):
        return {key: _printable(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(part) for part in value]
    return value


def _letter(letter):
    """The letter if the typeface has it; nothing for what is never seen; else a white square."""
    if letter in WIDTHS or letter in ACCENTS or letter in "\n\N{NO-BREAK SPACE}":
        return letter
    if letter.isspace():
        return " "
    return "" if unicodedata.category(letter) in ("Cc", "Cf") else MISSING
