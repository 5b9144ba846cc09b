"""The main pages as a reader's own settings show them: dark, forced colours, letters set apart."""

import io

import pytest
from pypdf import PdfReader

from tests.browser import axe
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.pages import PAGES
from tests.browser.test_access import SIDEWAYS

pytestmark = pytest.mark.usefixtures("seeded")

NAMES = [
    "sign in",
    "observations",
    "task list",
    "a new passage",
    "ratings",
    "check and submit",
    "a note",
    "suggested themes",
    "summary",
    "summary of a criterion",
    "coverage",
    "an issued briefing",
    "a draft",
    "people",
]
MAIN = [page for page in PAGES if page.name in NAMES]
on_main_pages = pytest.mark.parametrize("looked_at", MAIN, ids=str)

# How light the colours are that are found, from 0 to 1: of the page's ground, its words and its drawings' grounds.
LIGHTNESS = """() => {
  const light = colour => {
    const [red, green, blue] = colour.match(/[\\d.]+/g).map(Number);
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
  };
  const style = el => getComputedStyle(el);
  return {
    ground: light(style(document.body).backgroundColor),
    words: light(style(document.querySelector("h1")).color),
    drawings: [...document.querySelectorAll(".pl-figure svg, .pl-levels svg")]
      .map(el => light(style(el).backgroundColor)),
  };
}"""

# Words that stand out too little from the ground behind them, in the colours that are drawn. (axe reads
# the colours of the style sheet where a reader's own take their place.)
FAINT = """() => {
  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
  const linear = part => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  const light = ([red, green, blue]) =>
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  const ground = el => {
    for (; el; el = el.parentElement) {
      const [red, green, blue, alpha = 1] = parts(getComputedStyle(el).backgroundColor);
      if (alpha === 1) return [red, green, blue];
    }
    return [255, 255, 255];
  };
  const said = el => [...el.childNodes].some(each => each.nodeType === 3 && each.data.trim());
  return [...document.body.querySelectorAll("*")].filter(el => {
    if (!said(el) || !el.checkVisibility() || el.closest("svg, .govuk-visually-hidden")) return false;
    const two = [light(parts(getComputedStyle(el).color)), light(ground(el))];
    return (Math.max(...two) + 0.05) / (Math.min(...two) + 0.05) < 4.5;
  }).map(el => el.outerHTML.slice(0, 120));
}"""

# Links of the navigation whose edge is drawn as that of the page's own link is.
ALSO_CURRENT = """() => {
  const edge = el => getComputedStyle(el).borderBottomColor + getComputedStyle(el).borderLeftColor;
  const current = document.querySelector(".pl-navigation [aria-current]");
  return [...document.querySelectorAll(".pl-navigation a:not([aria-current])")]
    .filter(el => current && edge(el) === edge(current)).map(el => el.textContent.trim());
}"""

# The distances that a reader may set, as WCAG 2.2 gives them under 1.4.12. A style sheet made by a
# script is not one that the page's policy keeps out.
SET_APART = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* {
    line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important;
  } p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""

# Words that are cut off below, since their box is lower than they are.
CUT_OFF = """() => [...document.body.querySelectorAll("*")].filter(el => {
  const {overflowY, display} = getComputedStyle(el);
  const hidden = el.closest(".govuk-visually-hidden, .govuk-skip-link, svg");
  return !hidden && display !== "inline" && overflowY === "hidden"
    && el.scrollHeight > el.clientHeight + 1 && el.innerText?.trim();
}).map(el => `${el.tagName} ${el.className}: ${el.innerText.slice(0, 60)}`)"""

# Controls whose edge is gone where their ground is: under forced colours a ground is no edge.
WITHOUT_EDGE = """() => [...document.querySelectorAll(
  ".govuk-button, .govuk-input, .govuk-textarea, .govuk-select, .pl-tag, .pl-stop, .pl-bar"
)].filter(el => {
  const {borderTopStyle, borderTopWidth, borderLeftStyle, borderLeftWidth} = getComputedStyle(el);
  const edge = (style, width) => style !== "none" && parseFloat(width) >= 1;
  return el.offsetParent && !edge(borderTopStyle, borderTopWidth) && !edge(borderLeftStyle, borderLeftWidth);
}).map(el => el.outerHTML.slice(0, 120))"""


@on_main_pages
def test_a_dark_page_can_be_read(look, looked_at):
    page = look(looked_at.user, looked_at.address())

    page.emulate_media(color_scheme="dark")

    found = page.evaluate(LIGHTNESS)
    assert found["ground"] < 0.2
    assert found["words"] > 0.8
    assert [ground for ground in found["drawings"] if ground < 0.99] == []
    assert axe.violations(page) == []
    page.set_viewport_size(LAPTOP)
    assert axe.violations(page) == []


@on_main_pages
def test_forced_colours_leave_every_control_its_edge_and_every_drawing_its_ground(look, looked_at):
    page = look(looked_at.user, looked_at.address())

    page.emulate_media(color_scheme="dark", forced_colors="active")

    assert page.evaluate(WITHOUT_EDGE) == []
    assert page.evaluate(FAINT) == []
    assert [ground for ground in page.evaluate(LIGHTNESS)["drawings"] if ground < 0.99] == []
    page.set_viewport_size(LAPTOP)
    assert page.evaluate(ALSO_CURRENT) == []


@on_main_pages
def test_letters_and_lines_set_apart_cut_nothing_off(look, looked_at):
    page = look(looked_at.user, looked_at.address())

    for size in (PHONE, LAPTOP):
        page.set_viewport_size(size)
        page.evaluate(SET_APART)
        assert page.evaluate(SIDEWAYS) + page.evaluate(CUT_OFF) == []


def test_every_main_page_is_one_that_is_looked_at():
    assert sorted(page.name for page in MAIN) == sorted(NAMES)


def test_a_familys_card_is_one_page_of_a5_in_letters_that_can_be_read(visit):
    paper = next(page for page in PAGES if page.name == "a card on paper")
    page = visit(paper.user, paper.address())

    sheets = PdfReader(io.BytesIO(page.pdf(format="A5"))).pages
    page.emulate_media(media="print")

    assert len(sheets) == 1
    assert "Keep this part" in sheets[0].extract_text()
    assert page.evaluate(SMALLEST) >= 9.5 * 96 / 72


# The size of the smallest letters on the card, in pixels.
SMALLEST = """() => Math.min(...[...document.querySelectorAll(".pl-card-paper *")]
  .filter(el => [...el.childNodes].some(each => each.nodeType === 3 && each.data.trim()))
  .map(el => parseFloat(getComputedStyle(el).fontSize)))"""


def test_paper_is_white_for_those_who_read_in_the_dark(visit):
    briefing = next(page for page in PAGES if page.name == "an issued briefing")
    page = visit(briefing.user, briefing.address())

    page.emulate_media(media="print", color_scheme="dark")

    found = page.evaluate(LIGHTNESS)
    assert found["words"] < 0.2
    assert found["ground"] > 0.9
