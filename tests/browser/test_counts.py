"""How many taps, keys and screens a practice leader needs on a phone: counts, and never times.

A tap is a press of a finger; a list is two, one to open it and one to choose. A key is a character
typed. A screen is one more page; the heights of the phone that are passed on the way down to the last
thing touched on each are told beside. A page's length is that of its main part, without the
navigation at its foot; the last page is left out, where the whole is there to be read.
Run with `-s` to see the figures of each walk.
"""

import math
import os
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import expect

from observations.models import Observation
from practicelens.people.models import User

pytestmark = pytest.mark.usefixtures("seeded")

PHONE = {"width": 390, "height": 844}
CONFERENCE = (
    "The chair began with the report and read most of it aloud. The mother was not asked anything "
    "for the first twenty minutes. “I have said this before and nobody wrote it down,” she said, "
    "when her turn came. The chair stopped and wrote her words on the board. The school nurse said "
    "that mornings were calmer since the aunt took the school run. The police officer spoke of risk "
    "and named no harm. I think the family’s plan was stronger than ours. At the end each person "
    "said what they would do by Friday."
)
# The sentences at which the next passage begins, and how it is known.
CUTS = {2: "Heard", 3: "Seen", 4: "Heard", 5: "Seen", 6: "My reading", 7: "Seen"}
RATED = ["1.1", "1.3", "3.1", "3.2", "5.1", "5.2", "5.3", "6.3"]
VISIT = "She knelt by the cot to say who she was. “Nobody asked me about the nights,” he said."


@dataclass
class Thumb:
    """A person on a phone who counts what they do."""

    page: object
    taps: int = 0
    keys: int = 0
    screens: list = field(default_factory=lambda: [["start", 1, 1]])

    def reach(self, place):
        """Scroll down to it, and count the screens of the page that this takes."""
        box = place.evaluate(
            "each => (each.offsetParent ? each : each.parentElement).getBoundingClientRect().bottom"
            " + window.scrollY"
        )
        depth = math.ceil(box / PHONE["height"])
        title = self.page.title()
        if folder := os.environ.get("PL_WALKS"):
            self.page.screenshot(
                path=f"{folder}/{len(self.screens)}-{title[:20]}.png", full_page=True
            )
        end = self.page.locator("main").evaluate("each => each.getBoundingClientRect().bottom")
        height = (end + self.page.evaluate("window.scrollY")) / PHONE["height"]
        if self.screens[-1][0] != title:
            self.screens.append([title, 1, 0])
        self.screens[-1][1] = max(self.screens[-1][1], depth)
        self.screens[-1][2] = max(self.screens[-1][2], height)

    def tap(self, place):
        self.reach(place)
        self.taps += 1
        place.click()

    def tick(self, label, within=None):
        """A ring or a box, by the words beside it."""
        self.tap((within or self.page).get_by_label(label, exact=True))

    def choose(self, label, value):
        place = self.page.get_by_label(label, exact=True)
        self.reach(place)
        self.taps += 2
        place.select_option(label=value)

    def type(self, label, words):
        place = self.page.get_by_label(label, exact=True)
        self.tap(place)
        self.keys += len(words)
        place.press_sequentially(words) if len(words) < 5 else place.fill(words)

    def press(self, name):
        self.tap(self.page.get_by_role("button", name=name))
        self.page.wait_for_load_state()

    def follow(self, name):
        self.tap(self.page.get_by_role("link", name=name).first)
        self.page.wait_for_load_state()

    @property
    def heights(self):
        return sum(depth for _, depth, _ in self.screens[1:])

    @property
    def pages(self):
        return len(self.screens) - 1

    @property
    def longest(self):
        return max(height for title, _, height in self.screens if not title.startswith("Check"))

    def told(self, walk):
        lines = [
            f"    {title}: {depth} of {height:.1f}" for title, depth, height in self.screens[1:]
        ]
        head = f"{walk}: {self.taps} taps, {self.keys} keys, {self.pages} screens"
        head = f"{head} ({self.heights} heights of the phone)"
        return "\n".join([f"\n{head}, the longest page {self.longest:.1f}", *lines])


@pytest.fixture
def thumb(visit):
    return Thumb(visit(User.objects.get(email__startswith="marian@"), size=PHONE))


def begin(thumb, kind, team="Quayside"):
    thumb.follow("Log an observation")
    label = thumb.page.get_by_label("Which team?").locator("option", has_text=team).first
    thumb.choose("Which team?", label.inner_text())
    thumb.choose("What kind of work?", kind)
    thumb.press("Save and go on")


def say_where(thumb, *, length, setting, present, asked="Asked, and agreed"):
    thumb.choose("Whose practice was it?", "Priya Nair")
    thumb.tick("Morning")
    thumb.type("How long?", length)
    thumb.choose("Where was it?", setting)
    thumb.tick("In person")
    thumb.tick("Shadowed in person")
    for role in present:
        thumb.tick(role)
    thumb.tick(asked)
    thumb.press("Save and go on")


def write(thumb, words, cuts):
    """All in one, as a phone takes it down; then a tap where the next passage begins."""
    thumb.type("What happened?", words)
    thumb.press("Save and cut it into passages")
    for at, kind in cuts.items():
        thumb.tick(kind, within=thumb.page.locator(f"#id_at_{at}"))
    thumb.press("Save these passages")


def rate(thumb, codes, level, passage):
    for code in codes:
        criterion = thumb.page.get_by_role("group", name=f"{code} ")
        thumb.tick(level, within=criterion)
        thumb.tap(criterion.get_by_label(passage))
    thumb.press("Save and go on")


def reflect(thumb):
    thumb.type("Your part in what happened", "They sat straighter when I came in.")
    thumb.press("Save and go on")
    thumb.follow("Go on: Check")  # themes, while it is fresh, can be left
    thumb.press("Submit this observation")


def is_told(thumb, words):
    expect(thumb.page.get_by_role("alert").filter(has_text=words)).to_be_visible()


def is_submitted(thumb):
    is_told(thumb, "Submitted. It counts from now on.")
    return Observation.objects.latest("pk").submitted_at is not None


def test_a_conference_of_two_hours_with_ratings(thumb):
    begin(thumb, "Child protection conference")
    present = ["Child or young person", "Mother", "Wider family", "Social worker", "Chair"]
    present += ["Health", "School", "Police"]
    say_where(thumb, length="2 hours", setting="Office", present=present)
    write(thumb, CONFERENCE, CUTS)
    rate(thumb, RATED, "Evident", "Passage 3")
    for role, minutes in [("Mother", "9"), ("Social worker", "31"), ("Chair", "40")]:
        thumb.type(role, minutes)
    thumb.choose("Who was asked first?", "Social worker")
    thumb.choose("Whose account of risk prevailed?", "Chair")
    thumb.tick("To the family")
    thumb.press("Save and go on")
    reflect(thumb)

    print(thumb.told("A conference"))
    assert is_submitted(thumb)
    assert thumb.taps < 70
    assert thumb.pages < 12
    assert thumb.longest <= 5


def test_a_home_visit(thumb):
    begin(thumb, "Home visit")
    say_where(thumb, length="50", setting="Family home", present=["Father", "Social worker"])
    write(thumb, VISIT, {1: "Heard"})
    rate(thumb, ["1.2", "4.1"], "Evident", "Passage 1")
    reflect(thumb)

    print(thumb.told("A home visit"))
    assert is_submitted(thumb)
    assert thumb.taps < 35
    assert thumb.longest <= 5


def test_an_observation_begun_and_put_down_in_a_sentence(thumb):
    thumb.follow("Quick note")
    thumb.follow("As last time")
    thumb.choose("What kind of work?", "Core group")
    thumb.type("One thing you saw", "Mum was talked over twice before she was asked.")
    thumb.press("Save this quick note")

    print(thumb.told("A quick note"))
    is_told(thumb, "Draft saved.")
    assert Observation.objects.latest("pk").is_draft
    assert thumb.taps < 7
    assert thumb.longest <= 5


def test_supervision_asks_nothing_about_families_at_the_table(thumb):
    begin(thumb, "Supervision")
    page = thumb.page

    assert page.get_by_label("Asked, and agreed").is_hidden()
    assert page.locator("#div_id_present label").first.inner_text() == "Advocate"

    page.goto(page.url.replace("/sections/where/", "/sections/criteria/"))
    assert page.get_by_role("group", name="6.1 ").is_visible()
    assert page.get_by_role("group", name="5.2 ").is_hidden()
    page.get_by_text("Show the other criteria").click()
    assert page.get_by_role("group", name="5.2 ").is_visible()
