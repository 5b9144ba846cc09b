"""Whoever remembers only a month and a word finds the observation on a phone, in three steps."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.factories import ObservationFactory, PassageFactory

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}


def meeting(team, psw, day, text):
    made = ObservationFactory(
        unit=team, observer=psw, submitted=True, observed_on=day, kind_of_work="core_group"
    )
    made.refresh_from_db()
    PassageFactory(observation=made, text=text)
    return made


def test_that_meeting_in_march_about_the_school(visit, psw, team):
    wanted = meeting(team, psw, date(2026, 3, 12), "The school nurse asked first.")
    meeting(team, psw, date(2026, 4, 2), "The school bus was late.")
    meeting(team, psw, date(2026, 3, 12), "The clinic asked first.")
    page = visit(psw, "/observations/", size=PHONE)

    page.get_by_label("Words in an observation").fill("school")
    since, until = (page.get_by_role("group", name=f"Seen {end}") for end in ("from", "until"))
    since.get_by_label("Day").fill("1 March 2026")
    until.get_by_label("Day").fill("31 March 2026")
    page.get_by_role("button", name="Show").click()

    expect(page.get_by_role("heading", name="1 observation")).to_be_in_viewport()
    found = page.locator(".pl-rows a")
    expect(found).to_be_in_viewport()
    expect(page.locator(".pl-rows mark")).to_have_text("school")
    page.reload()
    expect(page.get_by_label("Words in an observation")).to_have_value("school")
    expect(since.get_by_label("Month")).to_have_value("March")
    found.click()
    expect(page.get_by_text("The school nurse asked first.")).to_be_visible()
    assert page.url.endswith(wanted.get_absolute_url())
    page.go_back()
    expect(page.get_by_role("heading", name="1 observation")).to_be_in_viewport()
