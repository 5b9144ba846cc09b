"""Themes tapped on a phone on the way to submitting, with a signal and without one."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from observations.models import Mention
from tests.browser import axe
from tests.browser.test_access import SIDEWAYS
from tests.factories import PassageFactory, ThemeFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_tap_is_saved_on_the_page_and_without_a_signal_says_that_it_was_not(
    visit, psw, draft, theme
):
    PassageFactory(observation=draft, text="Mum was talked over by three professionals.")
    PassageFactory(observation=draft, text="The kettle boiled.")
    kettle = ThemeFactory(codebook=theme.codebook, name="Kettles", keywords=["kettle"])
    page = visit(psw, reverse("observations:fresh_themes", args=[draft.key]))
    first, second = page.locator("[data-fresh]").all()
    page.evaluate("window.isTheSame = true")

    first.get_by_role("button", name=f"Confirm {theme}").click()
    expect(page.locator("[data-progress]")).to_contain_text("1 of 2 passages")
    expect(first.get_by_role("button", name="Helps").first).to_be_focused()
    first.get_by_role("button", name="Helps").first.click()
    expect(first.get_by_role("button", name="Helps").first).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(first.get_by_role("button", name="Helps").first).to_be_focused()

    page.context.set_offline(True)
    second.get_by_role("button", name=f"Confirm {kettle}").click()
    expect(second.get_by_role("alert")).to_have_text(
        "That was not saved. Look at your connection, then press again."
    )
    page.context.set_offline(False)
    second.get_by_role("button", name="None of these").click()
    expect(second.get_by_text("Not “Kettles”")).to_be_visible()

    assert axe.violations(page) + page.evaluate(SIDEWAYS) == []
    assert page.evaluate("window.isTheSame")
    said = Mention.objects.order_by("pk").values_list("theme", "status", "stance")
    assert list(said) == [
        (theme.pk, "confirmed", "helps"),
        (kettle.pk, "rejected", "neither"),
    ]
