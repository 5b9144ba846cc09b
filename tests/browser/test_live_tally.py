"""A meeting is counted by one press at a time, by the clock: tests put the clock on, and never wait."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from observations.models import Arrival, MeetingFacts, Observation
from tests.browser import axe
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.offline import SHELL, Phone
from tests.browser.test_access import SIDEWAYS
from tests.factories import ObservationFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("framework_version", "team", "practitioner"),
]
BEGAN = datetime(2027, 6, 9, 10)


def part_of(meeting):
    return reverse("observations:section", args=[meeting.key, "meeting"])


class Tally:
    """The live tally of a page whose clock is put on by hand."""

    def __init__(self, page):
        self.page, self.at = page, BEGAN
        self.place = page.locator("[data-tally]")
        page.clock.set_fixed_time(BEGAN)

    def passes(self, **time):
        self.at += timedelta(**time)
        self.page.clock.set_fixed_time(self.at)

    def button(self, name):
        return self.place.get_by_role("button", name=name, exact=True)

    def press(self, name):
        self.button(name).click()

    @property
    def said(self):
        return self.place.locator("[data-tally-said]")

    @property
    def shares(self):
        return self.place.locator("[data-tally-shares] li")


@pytest.fixture
def meeting(framework_version, team, psw):
    return ObservationFactory(
        unit=team,
        observer=psw,
        kind_of_work="family_meeting",
        present=["chair", "mother", "social_worker"],
    )


@pytest.fixture
def tally(visit, psw, meeting):
    page = visit(psw, meeting.get_absolute_url())
    made = Tally(page)
    page.goto(part_of(meeting))
    expect(made.place).to_be_visible()
    return made


def test_presses_make_minutes_and_a_reload_loses_none(tally, meeting):
    page = tally.page
    tally.press("Asked first")
    expect(tally.said).to_have_text("Asked first: now press who it was.")
    tally.press("Mother")
    expect(tally.button("Mother")).to_have_attribute("aria-pressed", "true")
    tally.passes(minutes=4)
    tally.press("Chair")
    tally.passes(minutes=6)
    tally.press("Jargon unexplained")
    expect(tally.said).to_have_text("Marked: Jargon unexplained.")

    page.reload()  # the screen was locked, the page was closed: it is still the chair who speaks
    expect(tally.said).to_have_text("Chair speaks.")
    tally.passes(minutes=5)
    tally.press("Mother")  # by mistake
    tally.passes(minutes=1)
    tally.press("Undo")
    expect(tally.said).to_contain_text("Chair speaks.")
    tally.press("Pause")
    tally.passes(minutes=30)
    tally.press("Go on")
    tally.passes(minutes=4)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        tally.press("Stop and fill in")

    expect(tally.shares).to_have_text(["Chair: 16 minutes, 80%", "Mother: 4 minutes, 20%"])
    expect(page.get_by_label("Chair", exact=True)).to_have_value("16 minutes")
    facts = MeetingFacts.objects.get()
    assert dict(facts.shares.values_list("role", "minutes")) == {"chair": 16, "mother": 4}
    assert (facts.asked_first, facts.jargon, facts.how_counted) == ("mother", 1, "Counted live")

    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_label("Chair", exact=True).fill("18")
        page.get_by_label("Chair", exact=True).blur()
    facts.refresh_from_db()
    assert facts.how_counted == "Counted live, changed by hand afterwards"


def test_whoever_was_not_ticked_as_there_can_speak_too(tally):
    page = tally.page
    expect(tally.place.locator("[data-tally-there] button")).to_have_count(3)
    tally.place.locator("summary").press("Enter")
    tally.press("Interpreter")
    tally.passes(seconds=20)
    tally.press("Stop and fill in")

    expect(page.get_by_label("Interpreter", exact=True)).to_have_value("1 minute")
    expect(page.get_by_label("Interpreter", exact=True)).to_be_visible()


def test_it_goes_by_keys(tally):
    page = tally.page
    page.set_viewport_size(LAPTOP)
    first = tally.place.locator("[data-tally-there] button").first
    first.press("3")
    expect(tally.said).to_have_text("Chair speaks.")
    tally.place.focus()
    page.keyboard.press("Space")
    expect(tally.said).to_have_text("Paused.")
    page.keyboard.press("u")
    expect(tally.said).to_contain_text("Chair speaks.")
    page.get_by_label("Chair", exact=True).press_sequentially("1")  # in a box it is a digit
    expect(tally.button("Chair")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_label("Chair", exact=True)).to_have_value("1")


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_it_breaks_no_rule_and_is_pressed_with_a_thumb(tally, size):
    tally.page.set_viewport_size(size)
    tally.press("Mother")
    tally.passes(minutes=4)
    tally.press("Pause")

    assert axe.violations(tally.page) + tally.page.evaluate(SIDEWAYS) == []
    heights = [
        each.bounding_box()["height"] for each in tally.place.locator("button:visible").all()
    ]
    assert min(heights) >= 44


def test_a_device_that_keeps_nothing_says_so_and_counts_on(tally):
    expect(tally.place.locator("[data-tally-kept]")).to_be_hidden()
    tally.page.evaluate(
        "() => { IDBObjectStore.prototype.put = () => { throw new Error('full'); }; }"
    )

    tally.press("Mother")

    expect(tally.place.get_by_text("This device can’t keep the tally")).to_be_visible()
    tally.passes(minutes=3)
    tally.press("Stop and fill in")
    expect(tally.page.get_by_label("Mother", exact=True)).to_have_value("3 minutes")


def test_without_scripts_the_form_stands_alone(visit, psw, meeting):
    page = visit(psw, part_of(meeting), scripts=False)

    expect(page.get_by_label("Chair", exact=True)).to_be_visible()
    expect(page.locator("[data-tally]")).to_be_hidden()


def test_without_a_signal_it_is_the_same(visit, psw):
    page = visit(psw, SHELL)
    phone = Phone(page)
    tally = Tally(page)
    phone.begin()
    page.locator("summary", has_text="Where and who").press("Enter")
    page.locator("summary", has_text="Team, kind of work and day").press("Enter")
    page.get_by_label("What kind of work?").last.select_option("family_meeting")
    page.get_by_label("Chair", exact=True).first.check()
    phone.lose_signal()
    page.locator("summary", has_text="The meeting").press("Enter")
    expect(tally.place.locator("[data-tally-there] button")).to_have_count(1)
    tally.press("Chair")
    tally.passes(minutes=7)
    phone.until(lambda: page.evaluate(KEPT_TALLIES) == 1)

    page.reload()
    page.locator("summary", has_text="The meeting").press("Enter")
    expect(tally.said).to_have_text("Chair speaks.")
    tally.passes(minutes=2)
    tally.press("Stop and fill in")
    expect(phone.status).to_contain_text("Saved on this device")
    phone.finish()
    phone.find_signal()
    phone.look_again()

    phone.until(Arrival.objects.exists)
    facts = Observation.objects.get().meeting
    assert (facts.shares.get().minutes, facts.how_counted) == (9, "Counted live")


KEPT_TALLIES = """async () => {
  const store = await import("/static/js/offline/store.js");
  return (await (await store.base()).getAll("tallies")).length; }"""


def test_a_clock_that_is_put_back_gives_no_time_and_the_rest_counts(tally):
    assert tally.page.evaluate(COUNT) == [
        {"minutes_a": 2, "minutes_b": 1, "jargon": 1},
        {"minutes_a": 1440},
        {},
        "1 hour 5 minutes",
    ]


COUNT = """async () => {
  const { figures, lengthInWords, standing } = await import("/static/js/counting.js");
  const minute = 60_000;
  const speaks = (at, of) => ({ at: at * minute, does: "speaks", of });
  const came = (presses, now) => figures(standing(presses, now * minute));
  const jargon = { at: minute, does: "moment", of: "jargon" };
  return [
    came([speaks(0, "a"), jargon, speaks(2, "b"), speaks(1, "a"), speaks(1, "b")], 1.2),
    came([speaks(0, "a")], 3 * 24 * 60),
    came([speaks(0, "a"), { at: minute, does: "afresh" }], 2),
    lengthInWords(65.9 * minute),
  ];
}"""
