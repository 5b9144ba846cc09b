"""Looking at suggested themes: forty of them by keys alone, on a small phone, and without scripts."""

import pytest
from playwright.sync_api import expect

from observations.mentions import actions
from observations.models import Card, Mention
from observations.notes import coding
from tests.browser import axe
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.test_access import SIDEWAYS
from tests.factories import MentionFactory, PassageFactory, ThemeFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

REVIEW = "/observations/review/"


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request):
    return request.param


def press(page, name):
    page.get_by_role("button", name=name).click()


def begun(visit, psw, **how):
    """The queue, with a review session begun in it if anything waits."""
    page = visit(psw, REVIEW, **how)
    if page.get_by_role("button", name="Begin a review session").count():
        press(page, "Begin a review session")
        if how.get("scripts", True):  # keys are heard from when it shows that there are some
            expect(page.locator("[data-keys]:not([hidden])")).to_have_count(1)
    return page


def open_part(page, words):
    page.locator("summary", has_text=words).click()


def progress(page):
    return page.locator("[data-progress]")


def is_told(page, words):
    expect(page.get_by_role("alert").filter(has_text=words)).to_be_visible()


def suggest(observation, theme, number):
    """A suggestion whose passage says which it is; its first sentence is quoted."""
    text = f"Mum was asked first at visit {number}. Then the chair wrote it up. Nobody else spoke."
    passage = PassageFactory(observation=observation, text=text)
    return MentionFactory(passage=passage, theme=theme, stance="helps", end=text.index(".") + 1)


@pytest.fixture
def suggestion(observation, theme):
    PassageFactory(observation=observation, text="Mum was talked over twice in her own words.")
    coding.code(observation=observation)
    return observation.mentions.get()


def decided(mention):
    mention.refresh_from_db()
    return mention.status, mention.stance


# Forty by keys

# What is pressed at a card, and what the database then holds of its mention: status, stance, quote.
CONFIRMED = ("confirmed", "helps", "Mum was asked first at visit {}.")
PLANS = {
    3: ("x", ("rejected", "helps", CONFIRMED[2])),
    5: ("s", ("suggested", "helps", CONFIRMED[2])),
    7: ("2c", ("confirmed", "hinders", CONFIRMED[2])),
    8: ("wwc", ("confirmed", "helps", "asked first at visit {}.")),
    9: (
        "3pppppc",
        ("confirmed", "neither", "Mum was asked first at visit {}. Then the chair wrote it"),
    ),
    12: ("cux", ("rejected", "helps", CONFIRMED[2])),
    14: ("suc", CONFIRMED),
}


def plan(number):
    return PLANS.get(number, PLANS.get(number % 10, ("c", CONFIRMED)))


def test_a_practice_leader_works_through_forty_by_keys(visit, psw, observation, theme):
    for number in range(40):
        suggest(observation, theme, number)
    page = begun(visit, psw, size=LAPTOP)
    expect(progress(page)).to_have_text("0 of 40 looked at.")
    expected = {}

    for number in range(40):
        keys, outcome = plan(number)
        text = page.locator("#quote").text_content()
        expected[text] = outcome
        looked_at = number
        for key in keys:
            page.keyboard.press(key)
            looked_at += {"c": 1, "x": 1, "s": 1, "u": -1}.get(key, 0)
            expect(progress(page)).to_have_text(f"{looked_at} of 40 looked at.")

    expect(page.get_by_role("heading", name="That was the last")).to_be_visible()
    held = {
        f"Mum was asked first at visit {number}.": (mention.status, mention.stance, mention.quote)
        for mention in Mention.objects.select_related("passage")
        for number in [mention.passage.text.split(".")[0].split()[-1]]
    }
    assert held == {
        text: (status, stance, quote.format(text.rstrip(".").split()[-1]))
        for text, (status, stance, quote) in expected.items()
    }
    assert Card.objects.exclude(done="").count() == 40
    assert set(Mention.objects.exclude(decided_by=None).values_list("decided_by", flat=True)) == {
        psw.pk
    }


def test_the_focus_stays_where_the_work_is_and_what_was_done_is_said(
    visit, psw, observation, theme
):
    for number in range(2):
        suggest(observation, theme, number)
    page = begun(visit, psw, size=LAPTOP)
    # As tall as the whole card, so that Confirm is in sight beneath the passage.
    page.set_viewport_size({"width": 1280, "height": 1100})

    page.keyboard.press("c")

    expect(page.get_by_role("button", name="Confirm")).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="1 of 2 looked at.")).to_contain_text(
        f"Confirmed: “{theme}”, helps."
    )


def test_keys_do_nothing_in_a_field_or_with_ctrl(visit, psw, suggestion):
    page = begun(visit, psw, size=LAPTOP)

    page.keyboard.press("t")
    expect(page.get_by_label("If it is another theme")).to_be_focused()
    page.keyboard.press("x")
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("Control+c")
    page.keyboard.press("Alt+x")
    page.keyboard.press("1")
    page.keyboard.press("c")

    expect(page.get_by_text(f"Confirmed: “{suggestion.theme}”, helps.").first).to_be_visible()
    assert decided(suggestion) == ("confirmed", "helps")
    assert Card.objects.count() == 1


def test_the_keys_can_be_turned_off_and_stay_so(visit, psw, suggestion):
    page = begun(visit, psw, size=LAPTOP)
    confirm = page.get_by_role("button", name="Confirm")
    expect(confirm.locator("kbd")).to_have_text("C")

    open_part(page, "Turn them off or change them")
    press(page, "Turn the keys off")
    page.reload()
    page.keyboard.press("c")

    expect(confirm.locator("kbd")).to_have_count(0)
    expect(page.get_by_text("The keys are off.")).to_be_visible()
    assert decided(suggestion)[0] == "suggested"


def test_a_key_can_be_changed_but_no_two_be_the_same(visit, psw, suggestion):
    page = begun(visit, psw, size=LAPTOP)
    open_part(page, "Turn them off or change them")
    box = page.get_by_label("Key for Confirm", exact=True)

    box.fill("x")
    press(page, "Save the keys")
    is_told(page, "Give “Not this theme” another key: “Confirm” has X")
    expect(page.get_by_label("Key for Not this theme", exact=True)).to_be_focused()

    box.fill("k")
    press(page, "Save the keys")
    expect(page.get_by_text("The keys are saved on this device.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Confirm").locator("kbd")).to_have_text("K")
    page.keyboard.press("k")

    expect(page.get_by_text(f"Confirmed: “{suggestion.theme}”").first).to_be_visible()
    assert decided(suggestion)[0] == "confirmed"


def test_with_no_signal_it_says_that_nothing_was_saved(visit, psw, suggestion, watch):
    page = begun(visit, psw, size=LAPTOP)
    page.route("**/decide/", lambda route: route.abort())

    page.keyboard.press("c")
    is_told(page, "That was not saved.")
    assert decided(suggestion)[0] == "suggested"

    page.unroute("**/decide/")
    page.keyboard.press("c")
    expect(page.get_by_role("heading", name="That was the last")).to_be_visible()
    assert decided(suggestion)[0] == "confirmed"


# By hand, with and without scripts


def test_a_suggested_theme_is_confirmed_undone_and_rejected(visit, scripts, psw, suggestion):
    page = begun(visit, psw, scripts=scripts)
    expect(page.get_by_text("Suggested, not confirmed")).to_be_visible()

    page.get_by_role("radio", name="Hinders").check()
    press(page, "Confirm")
    last = page.locator("[data-last-done]")
    expect(last).to_have_text(f"Confirmed: “{suggestion.theme}”, hinders.")
    assert decided(suggestion) == ("confirmed", "hinders")

    press(page, "Undo")
    is_told(page, "is undecided again")
    assert decided(suggestion)[0] == "suggested"

    press(page, "Not this theme")
    expect(last).to_have_text(f"Not this theme: “{suggestion.theme}”.")
    assert decided(suggestion)[0] == "rejected"


def test_a_theme_that_is_skipped_waits_for_another_review_session(visit, scripts, psw, suggestion):
    page = begun(visit, psw, scripts=scripts)

    press(page, "Skip for now")
    expect(page.get_by_role("heading", name="That was the last")).to_be_visible()
    press(page, "Start another review session")

    expect(page.get_by_text("Suggested, not confirmed")).to_be_visible()
    assert decided(suggestion)[0] == "suggested"


def test_another_theme_is_chosen_and_confirmed(visit, scripts, psw, suggestion, codebook):
    other = ThemeFactory(codebook=codebook, name="The table between them")
    page = begun(visit, psw, scripts=scripts)

    open_part(page, "Change theme")
    page.get_by_label("If it is another theme").select_option(label=other.name)
    if scripts:
        expect(page.locator("#card-theme")).to_have_text(other.name)
    press(page, "Confirm")

    expect(page.locator("[data-last-done]")).to_contain_text(f"Another theme: “{other}”")
    assert set(Mention.objects.values_list("theme__name", "status")) == {
        (suggestion.theme.name, "rejected"),
        (other.name, "confirmed"),
    }


def test_the_quote_is_moved_by_sentences_without_a_script(visit, psw, observation, theme):
    mention = suggest(observation, theme, 1)
    page = begun(visit, psw, scripts=False)

    open_part(page, "Move the quote’s edges")
    page.get_by_label("The quote starts with").select_option(label="Then the chair wrote it up.…")
    page.get_by_label("and ends with").select_option(label="…was asked first at visit 1.")
    press(page, "Confirm")
    is_told(page, "End the quote at least one word after it starts")

    page.get_by_label("and ends with").select_option(label="…Then the chair wrote it up.")
    press(page, "Confirm")

    expect(page.locator("[data-last-done]")).to_contain_text("Confirmed")
    mention.refresh_from_db()
    assert mention.quote == "Then the chair wrote it up."


def test_the_quote_is_moved_by_touch_and_said_aloud(visit, psw, observation, theme):
    mention = suggest(observation, theme, 1)
    page = begun(visit, psw)

    open_part(page, "Move the quote’s edges")
    press(page, "Start later")
    expect(page.locator("#quote")).to_have_text("was asked first at visit 1.")
    expect(page.get_by_role("status").filter(has_text="Starts with: was asked")).to_have_count(1)
    press(page, "End earlier")
    expect(page.locator("#quote")).to_have_text("was asked first at visit")
    press(page, "Confirm")

    expect(page.locator("[data-last-done]")).to_contain_text("Confirmed")
    mention.refresh_from_db()
    assert mention.quote == "was asked first at visit"


def test_what_a_colleague_decided_meanwhile_is_told_and_may_be_changed(
    visit, scripts, psw, suggestion
):
    page = begun(visit, psw, scripts=scripts)
    actions.decide_mention(
        mention=suggestion, by=UserFactory(name="Dilys Price"), status="confirmed", stance="neither"
    )

    press(page, "Not this theme")
    is_told(page, f"Dilys Price confirmed “{suggestion.theme}”, neither,")
    assert decided(suggestion) == ("confirmed", "neither")

    press(page, "Not this theme")
    expect(page.get_by_role("heading", name="That was the last")).to_be_visible()
    assert decided(suggestion)[0] == "rejected"


def test_a_theme_is_added_and_changed_from_the_note(visit, scripts, psw, observation, theme):
    mention = suggest(observation, theme, 1)
    other = ThemeFactory(codebook=theme.codebook, name="The table between them")
    page = visit(psw, observation.get_absolute_url(), scripts=scripts)

    page.get_by_role("link", name="Add a theme to passage 1").click()
    press(page, "Add this theme")
    is_told(page, "Choose a theme")
    page.get_by_label("Theme", exact=True).select_option(label=other.name)
    page.get_by_label("Hinders").check()
    press(page, "Add this theme")
    is_told(page, f"Coded to “{other}”.")

    press(page, f"Confirm {theme}")
    expect(page.get_by_text("Confirmed by")).to_have_count(2)
    page.get_by_role("link", name=f"Change {theme}").click()
    page.get_by_label("Neither").check()
    press(page, "Save")

    expect(page.get_by_text(f"{theme}: neither")).to_be_visible()
    assert decided(mention) == ("confirmed", "neither")


def test_everything_is_in_reach_on_a_small_phone(visit, psw, observation, theme):
    for number in range(40):
        suggest(observation, theme, number)
    page = begun(visit, psw)
    names = ["Confirm", "Not this theme", "Skip for now"]
    open_part(page, "Move the quote’s edges")

    for name in [*names, "Start earlier", "Start later", "End earlier", "End later"]:
        box = page.get_by_role("button", name=name, exact=True).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
        assert box["height"] >= 44
    open_part(page, "Change theme")
    open_part(page, "Turn them off or change them")
    assert axe.violations(page) + page.evaluate(SIDEWAYS) == []
    press(page, "Confirm")
    expect(progress(page)).to_have_text("1 of 40 looked at.")
    assert axe.violations(page) + page.evaluate(SIDEWAYS) == []


def test_the_end_and_the_page_of_one_mention_break_no_rule(visit, psw, suggestion):
    page = begun(visit, psw)
    press(page, "Confirm")
    expect(page.get_by_role("heading", name="Still thin")).to_be_visible()
    assert axe.violations(page) + page.evaluate(SIDEWAYS) == []

    page.goto(f"/observations/mentions/{suggestion.pk}/decide/")
    expect(page.get_by_role("button", name="Save")).to_be_visible()
    assert axe.violations(page) + page.evaluate(SIDEWAYS) == []
