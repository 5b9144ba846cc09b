"""Anyone can use it: every page on a phone of 320 pixels and on a laptop, and by keys alone."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from django.db.models import F
from django.urls import resolve, reverse
from playwright.sync_api import expect

from frameworks.models import Criterion
from tests.browser import axe
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.pages import NO_PAGE, PAGES
from tests.browser.pages.frameworks import drafted, first_criterion, of_framework
from tests.browser.pages.observations import MINE, draft, entry, of_draft, of_note, of_priya
from tests.browser.pages.page import Page, at, person
from tests.browser.tabbing import stops_of

pytestmark = pytest.mark.usefixtures("seeded")

# What sticks out of the page, or scrolls sideways without being a region with a name.
SIDEWAYS = """() => {
  const named = el => el.getAttribute("role") === "region" && el.tabIndex === 0
    && (el.getAttribute("aria-label") || el.getAttribute("aria-labelledby"));
  const hidden = el => el.closest(".govuk-visually-hidden, .govuk-skip-link, [inert]");
  const wide = document.documentElement.scrollWidth;
  const found = wide > innerWidth ? [`the page is ${wide} wide`] : [];
  for (const el of document.body.querySelectorAll("*")) {
    const {overflowX, display} = getComputedStyle(el);
    if (display === "inline" || hidden(el) || el.scrollWidth <= el.clientWidth + 1) continue;
    if (overflowX === "visible" || el.matches("select, input, textarea, legend")) continue;
    const right = el.getBoundingClientRect().right + 1;
    const said = part => !part.closest("[aria-hidden]") && !hidden(part);
    const isCut = part => said(part) && part.getBoundingClientRect().right > right;
    if (overflowX === "hidden" && ![...el.querySelectorAll("*")].some(isCut)) continue;
    if (!named(el)) found.push(`cut or scrolling: ${el.tagName} ${el.className}`);
  }
  return found;
}"""

# A refusal is a page too, and no worse to use: it must not be looked at in place of what was meant.
STATUS = "performance.getEntriesByType('navigation')[0].responseStatus"


@pytest.mark.parametrize("looked_at", PAGES, ids=str)
def test_a_page_can_be_used_by_anybody(look, looked_at):
    page = look(looked_at.user, looked_at.address())

    assert page.evaluate(STATUS) == 200
    assert len(page.title()) > len(" – PracticeLens")
    expect(page.locator("h1")).to_have_count(1)
    is_walked_by_tab_in_reading_order_with_the_focus_in_sight(page)
    breaks_no_rule_of_wcag_and_scrolls_one_way(page)


def is_walked_by_tab_in_reading_order_with_the_focus_in_sight(page):
    stops = stops_of(page)

    assert stops[0].name == "Skip to main content"
    assert [stop for stop in stops if not stop.is_in_sight] == []
    assert [stop for stop in stops if not stop.has_ring] == []
    assert [stop.place for stop in stops] == sorted(stop.place for stop in stops)
    assert [stop for before, stop in pairwise(stops) if stop.is_above(before)] == []


def breaks_no_rule_of_wcag_and_scrolls_one_way(page):
    assert axe.violations(page) + page.evaluate(SIDEWAYS) == []

    page.set_viewport_size(PHONE | {"height": 200})  # a laptop's window at 400 per cent
    assert page.evaluate(SIDEWAYS) == []

    page.set_viewport_size(LAPTOP)
    assert axe.violations(page) + page.evaluate(SIDEWAYS) == []


# What is done to a page that can be used, and the check that must then fail.
WALKED, RULES = (
    is_walked_by_tab_in_reading_order_with_the_focus_in_sight,
    breaks_no_rule_of_wcag_and_scrolls_one_way,
)
HARM = {
    "no ring": (WALKED, "* { outline: none !important; box-shadow: none !important }"),
    "covered": (WALKED, ".pl-foot { position: fixed; inset: 0; z-index: 9 }"),
    "another order": (WALKED, "form { display: flex; flex-direction: column-reverse }"),
    "faint": (RULES, "main label { color: #ccc !important }"),
    "faint where there is room": (
        RULES,
        "@media (width > 1000px) { main label { color: #ccc !important } }",
    ),
    "too wide for a phone": (RULES, "@media (width < 400px) { main { min-width: 400px } }"),
    "too wide for a laptop": (RULES, "@media (width > 1000px) { main { min-width: 1400px } }"),
}
HARM_BY_SCRIPT = {
    "a trap": (WALKED, "main.addEventListener('keydown', each => each.preventDefault())"),
    "round and round": (
        WALKED,
        (
            "document.querySelector('.pl-foot').addEventListener("
            "'focusin', () => main.querySelector('textarea').focus())"
        ),
    ),
    "no label": (RULES, "main.querySelector('label').remove()"),
    "small": (
        RULES,
        (
            "for (const name of 'ab') { const small = document.createElement('button');"
            "small.style = 'width: 9px; height: 9px; padding: 0'; main.append(small);"
            "small.textContent = name }"
        ),
    ),
}
STYLED = """style => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  document.adoptedStyleSheets = [sheet];
}"""


@pytest.fixture
def a_form(look):
    return look(person("marian"), reverse("observations:quick_note"))


@pytest.mark.parametrize("harm", HARM)
def test_what_shuts_somebody_out_is_found(a_form, harm):
    check, style = HARM[harm]

    a_form.evaluate(STYLED, style)

    with pytest.raises(AssertionError):
        check(a_form)


@pytest.mark.parametrize("harm", HARM_BY_SCRIPT)
def test_a_script_that_shuts_somebody_out_is_found(a_form, harm):
    check, script = HARM_BY_SCRIPT[harm]

    a_form.evaluate(f"() => {{ {script} }}")

    with pytest.raises(AssertionError):
        check(a_form)


def test_every_page_is_looked_at_or_named_as_no_page():
    found = [resolve(urlsplit(page.address()).path) for page in PAGES]
    for app, no_page in NO_PAGE.items():
        looked_at = {each.url_name for each in found if each.namespace == app}
        addresses = {pattern.name for pattern in import_module(f"{app}.urls").urlpatterns}
        assert addresses - no_page == looked_at


# Errors


@dataclass(frozen=True)
class Mistake:
    """A form, how it is filled in wrongly, the button, and what is then said."""

    form: Page
    fill: Callable
    button: str
    words: list
    typed: dict = field(default_factory=dict)  # by label, what must still be there

    def __str__(self):
        return self.form.name


def level_without_evidence(page):
    page.get_by_role("group", name="1.1 ").get_by_label("Evident", exact=True).check()
    page.get_by_role("group", name="1.3 ").get_by_label("Opportunity missed").check()


def write_while_somebody_else_does(page):
    page.get_by_label("What good looks like, in one sentence").fill("Mine: they know why we came")
    rows = Criterion.objects.filter(pk=first_criterion(drafted()))
    rows.update(name="They know who we are, and why", revision=F("revision") + 1)


def choose_a_file_with_faults(page):
    file = {"name": "ours.json", "mimeType": "application/json", "buffer": b'{"format": 1}'}
    page.get_by_label("The file").set_input_files(file)
    page.get_by_label("Where it goes").select_option(index=1)


def dispute_without_words(page):
    page.get_by_label("No, I see it differently").check()


MISTAKES = [
    Mistake(
        Page("sign in", "", at("account_login")),
        lambda page: page.get_by_label("Email").fill("marian@harrowmere.example"),
        "Sign in",
        ["This field is required"],
        {"Email": "marian@harrowmere.example"},
    ),
    Mistake(
        Page("log an observation", "marian", at("observations:start")),
        lambda page: page.get_by_label("Day").fill("31 or so"),
        "Save and go to the list",
        ["Choose the team", "Choose the kind of work", "Type the day as a number, such as 5"],
        {"Day": "31 or so"},
    ),
    Mistake(
        Page("quick note", "marian", at("observations:quick_note")),
        lambda page: page.get_by_label("One thing you saw").fill("She asked Gran first."),
        "Save this quick note",
        ["Choose the team", "Choose the kind of work"],
        {"One thing you saw": "She asked Gran first."},
    ),
    Mistake(
        Page("where and who", "marian", of_draft("section", "where")),
        lambda page: page.get_by_label("How long?").fill("a while"),
        "Save and go back to the list",
        ["How long? Type it such as 55 minutes or 1 hour 20"],
        {"How long?": "a while"},
    ),
    Mistake(
        Page("the meeting", "marian", of_draft("section", "meeting")),
        lambda page: page.get_by_label("Mother", exact=True).fill("long"),
        "Save and go back to the list",
        ["Mother: type it such as 55 minutes or 1 hour 20"],
        {"Mother": "long"},
    ),
    Mistake(
        Page("friction", "marian", entry("friction", uuid.uuid4)),
        lambda page: page.get_by_label("Time lost or gained").fill("2000"),
        "Save and go back to the list",
        ["Time lost or gained: type a length from 0 minutes to 24 hours"],
        {"Time lost or gained": "2000"},
    ),
    Mistake(
        Page("ratings", "marian", of_draft("section", "ratings-1")),
        level_without_evidence,
        "Save and see",
        ["1.1: say what shows it, or choose Not seen", "1.3: say what got in the way"],
    ),
    Mistake(
        Page(
            "a criterion that someone else changed",
            "joel",
            of_framework("draft_part", "criteria", first_criterion),
        ),
        write_while_somebody_else_does,
        "Save",
        ["Someone changed this while you were writing", "They know who we are, and why"],
        {"What good looks like, in one sentence": "Mine: they know why we came"},
    ),
    Mistake(
        Page("a framework's file", "joel", at("frameworks:import_file")),
        choose_a_file_with_faults,
        "Show what it would change",
        ["Nothing was imported", "name"],
    ),
    Mistake(
        Page("my answer", "priya", of_priya("reply")),
        dispute_without_words,
        "Send this reply",
        ["Say in your own words what you see differently", "Say how being observed felt"],
    ),
    Mistake(
        Page("the conversation", "marian", of_note("conversation", conversation=None, **MINE)),
        lambda page: page.get_by_label("Day").fill("45"),
        "Save the conversation",
        ["Give the month as well", "Give the year as well"],
        {"Day": "45"},
    ),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_a_mistake_is_said_at_the_top_and_at_the_field_and_loses_nothing(visit, mistake):
    page = visit(mistake.form.user, mistake.form.address())
    mistake.fill(page)
    page.get_by_role("button", name=mistake.button).first.click()

    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    assert page.title().startswith("Error: ")
    for words in mistake.words:
        expect(summary).to_contain_text(words)
    for label, typed in mistake.typed.items():
        expect(page.get_by_label(label, exact=True)).to_have_value(typed)
    assert axe.violations(page) + page.evaluate(SIDEWAYS) == []
    assert not [link for link in links_of(summary) if not leads_to_its_field(page, link)]


def links_of(summary):
    return [link.inner_text() for link in summary.get_by_role("link").all()]


# The control in focus, its group or its own box is described by the words of the error.
DESCRIBED = """words => {
  const el = document.activeElement;
  if (!el.matches("input, select, textarea")) return false;
  const described = [el, ...(el.closest("fieldset") ? [el.closest("fieldset")] : [])];
  const ids = described.flatMap(node => (node.getAttribute("aria-describedby") ?? "").split(" "));
  return ids.some(id => document.getElementById(id)?.textContent.includes(words));
}"""


def leads_to_its_field(page, words):
    page.locator("[data-error-summary]").get_by_role("link", name=words).click()
    return page.evaluate(DESCRIBED, words)


def test_an_error_leads_to_its_field_without_scripts(visit):
    page = visit(person("priya"), of_priya("reply")(), scripts=False)
    page.get_by_role("button", name="Send this reply").click()

    links = page.locator("[data-error-summary] a")
    expect(links).to_have_count(2)
    for target in [link.get_attribute("href") for link in links.all()]:
        expect(page.locator(f"input{target}, textarea{target}")).to_have_count(1)


# States


def test_the_states_of_saving_break_no_rule(visit):
    page = visit(person("marian"), of_draft("section", "my-part")())
    status = page.locator("[data-save-status]")
    page.context.set_offline(True)
    page.get_by_label("Your reflection").fill("To ask first.")
    expect(status).to_contain_text("No signal")
    assert axe.violations(page) + page.evaluate(SIDEWAYS) == []

    page.context.set_offline(False)
    expect(status).to_contain_text("Saved")
    assert axe.violations(page) == []

    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_label("Your reflection").fill("To ask twice.")
    other.get_by_role("button", name="Save and go back to the list").click()
    other.wait_for_url(f"**{draft().get_absolute_url()}")
    page.get_by_label("Your reflection").fill("To ask at the door.")
    expect(status).to_contain_text("Choose what to keep")
    assert axe.violations(page) + page.evaluate(SIDEWAYS) == []


def test_what_is_not_submitted_yet_breaks_no_rule(visit):
    page = visit(person("marian"), of_draft("check")())

    page.get_by_role("button", name="Submit this observation").click()

    expect(page.locator("[data-error-summary]")).to_be_focused()
    assert axe.violations(page) + page.evaluate(SIDEWAYS) == []


# By keys alone

MOST_PRESSES = 12  # for one criterion, with three passages to choose from


def test_every_criterion_of_a_domain_is_rated_by_keys_alone(visit):
    page = visit(person("marian"), of_draft("section", "ratings-2")())
    criteria = page.get_by_role("group").filter(has=page.locator("legend"))
    page.get_by_role("link", name="What was seen, by criterion").focus()
    presses = 0

    for number in range(criteria.count()):
        presses += rate_by_keys(page, criteria.nth(number))

    assert presses <= MOST_PRESSES * criteria.count()
    page.get_by_role("button", name="Save and see").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thinking about risk")
    seen = draft().ratings.filter(criterion__domain__code="2", outcome="level").count()
    assert seen == 3


def rate_by_keys(page, criterion):
    """Chooses Emerging and the first passage, from wherever the focus is; returns the presses."""
    presses = walk_to(page, criterion.get_by_role("radio").first)
    while not criterion.get_by_label("Emerging", exact=True).is_checked():
        page.keyboard.press("ArrowDown")
        presses += 1
    presses += walk_to(page, criterion.get_by_role("checkbox").first)
    page.keyboard.press("Space")
    return presses + 1


def walk_to(page, control):
    for presses in range(1, 30):
        page.keyboard.press("Tab")
        if control.evaluate("el => el === document.activeElement"):
            return presses
    raise AssertionError(f"Tab does not lead to {control}")
