"""Anyone can use it: every page on a phone of 320 pixels and on a laptop, and by keys alone."""

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from observations.urls import urlpatterns as observation_addresses
from tests.browser import axe
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.pages import OBSERVATIONS, PAGES
from tests.browser.tabbing import stops_of

pytestmark = pytest.mark.usefixtures("seeded")

every_page = pytest.mark.parametrize("looked_at", PAGES, ids=str)

# Opened by a button, never by a link.
PRESSED = {"decide", "undo", "add_mention", "settle", "share"}

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
    if (!named(el)) found.push(`cut or scrolling: ${el.tagName} ${el.className}`);
  }
  return found;
}"""


@every_page
def test_a_page_breaks_no_rule_of_wcag(visit, looked_at):
    page = visit(looked_at.user, looked_at.address())
    on_a_phone = axe.violations(page)

    page.set_viewport_size(LAPTOP)

    assert on_a_phone + axe.violations(page) == []


@every_page
@pytest.mark.parametrize("height", [640, 200], ids=["phone", "laptop at 400 per cent"])
def test_a_page_scrolls_one_way_only(visit, looked_at, height):
    page = visit(looked_at.user, looked_at.address(), size=PHONE | {"height": height})

    assert page.evaluate(SIDEWAYS) == []


@every_page
def test_a_page_is_walked_by_tab_in_reading_order_with_focus_in_sight(visit, looked_at):
    page = visit(looked_at.user, looked_at.address())

    stops = stops_of(page)

    assert stops[0].name == "Skip to main content"
    assert [stop for stop in stops if not stop.is_in_sight] == []
    assert [stop for stop in stops if not stop.has_ring] == []
    assert [stop.place for stop in stops] == sorted(stop.place for stop in stops)
    assert [stop for before, stop in pairwise(stops) if stop.is_above(before)] == []


@every_page
def test_a_page_has_one_heading_of_its_own_and_a_title(visit, looked_at):
    page = visit(looked_at.user, looked_at.address(), scripts=False)

    expect(page.locator("h1")).to_have_count(1)
    assert page.title().endswith(" – PracticeLens")
    assert len(page.title()) > len(" – PracticeLens")


def test_every_page_of_observations_is_looked_at(client, rf):
    from django.urls import resolve

    looked_at = {resolve(page.address().split("?")[0]).url_name for page in OBSERVATIONS}

    assert {pattern.name for pattern in observation_addresses} - PRESSED == looked_at
