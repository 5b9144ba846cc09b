"""Nothing typed is lost: not to a closed tab, no signal, an ended session, or a second window."""

import re
import time

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from observations.models import Observation, OtherCopy
from practicelens.people.models import KeptWords
from tests.browser.conftest import end_other_sessions
from tests.browser.test_observing import PASSWORD, follow, is_told, press, sign_in
from tests.factories import PassageFactory

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "They sat straighter. Kei te pai 😀."
AFTER_LAST_KEY = 2000  # milliseconds, as in autosave.js
SAVED = re.compile(r"Saved \d\d?:\d\d")
BOX = "Your part in what happened"


@pytest.fixture
def address(draft):
    return f"{draft.get_absolute_url()}sections/my-part/"


@pytest.fixture
def page(visit, psw, address):
    return visit(psw, address)


def write(page, words=WORDS):
    page.get_by_label(BOX).press_sequentially(words)


def write_and_pause(page, words=WORDS):
    """Write, and have the time gone by at once that a page waits before it saves by itself."""
    page.clock.install()
    write(page, words)
    page.clock.fast_forward(AFTER_LAST_KEY)


def state_of(page):
    return page.locator("[data-save-status]")


def is_kept(draft, words=WORDS, seconds=5):
    """Whether the server has the words within so many seconds."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        draft.refresh_from_db()
        if draft.reflection_effect == words:
            return True
        time.sleep(0.1)
    return False


def test_what_is_typed_is_on_the_server_within_five_seconds_and_says_so(page, draft):
    write(page)

    expect(state_of(page)).to_have_text(SAVED, timeout=5000)
    assert is_kept(draft, seconds=1)


def test_what_was_saved_is_there_after_a_reload(page):
    write_and_pause(page)
    expect(state_of(page)).to_have_text(SAVED)

    page.reload()

    expect(page.get_by_label(BOX)).to_have_value(WORDS)
    expect(state_of(page)).to_have_text(SAVED)


def test_what_could_not_be_read_is_named_and_stays_and_a_length_is_shown_back(visit, psw, draft):
    page = visit(psw, f"{draft.get_absolute_url()}sections/where/")
    box = page.get_by_label("How long?")

    box.fill("a while")
    box.blur()
    expect(state_of(page)).to_have_text(re.compile(r"Saved \d\d?:\d\d, except how long"))
    page.reload()
    expect(box).to_have_value("a while")
    expect(state_of(page)).to_have_text(re.compile("except how long"))

    box.fill("an hour and a half")
    box.blur()
    expect(page.get_by_text("Read as 1 hour 30 minutes")).to_be_visible()
    expect(state_of(page)).to_have_text(SAVED)
    page.reload()
    expect(box).to_have_value("1 hour 30 minutes")


def test_a_reload_in_the_middle_of_a_word_loses_nothing(page, draft):
    write(page)

    page.reload()

    assert is_kept(draft)


def test_the_back_button_loses_nothing(visit, psw, draft, address):
    page = visit(psw, draft.get_absolute_url())
    follow(page, "My reflection")
    write(page)

    page.go_back()

    assert is_kept(draft)


def test_a_closed_tab_loses_nothing(page, draft):
    write(page)

    page.close(run_before_unload=True)

    assert is_kept(draft)


def test_a_followed_link_saves_first(page, draft):
    write(page)

    follow(page, "Help")
    page.wait_for_url("**/help/")

    assert is_kept(draft, seconds=1)


def test_with_no_signal_the_words_stay_and_are_saved_when_it_is_back(page, draft):
    page.context.set_offline(True)
    write_and_pause(page)
    expect(state_of(page)).to_contain_text("No signal. Keep writing")
    expect(page.get_by_label(BOX)).to_have_value(WORDS)

    page.context.set_offline(False)

    expect(state_of(page)).to_have_text(SAVED)
    assert is_kept(draft)


def test_with_no_signal_a_button_leaves_the_page_as_it_is(page, draft):
    page.context.set_offline(True)
    write(page)

    press(page, "Save and go back to the list")

    expect(state_of(page)).to_contain_text("No signal")
    expect(page.get_by_label(BOX)).to_have_value(WORDS)
    page.context.set_offline(False)
    press(page, "Save and go back to the list")
    page.wait_for_url(f"**{draft.get_absolute_url()}")
    assert is_kept(draft, seconds=1)


def test_a_server_in_error_keeps_the_words_and_they_are_saved_when_it_is_well(page, draft, watch):
    watch.expect("500 from")
    fails = "**/sections/my-part/"
    page.route(fails, lambda route: route.fulfill(status=500))
    write_and_pause(page)
    expect(state_of(page)).to_contain_text("Not saved yet. Keep writing")

    page.unroute(fails)
    page.evaluate("dispatchEvent(new Event('focus'))")

    expect(state_of(page)).to_have_text(SAVED)
    assert is_kept(draft)


def test_a_database_that_was_restarted_keeps_the_words(page, draft):
    write_and_pause(page)
    expect(state_of(page)).to_have_text(SAVED)

    end_other_sessions()  # as a restart does to every connection that the product holds
    page.get_by_label(BOX).press_sequentially(" And more.")
    page.clock.fast_forward(AFTER_LAST_KEY)

    assert is_kept(draft, f"{WORDS} And more.", seconds=20)
    expect(state_of(page)).to_have_text(SAVED)


@pytest.fixture
def with_password(psw):
    psw.set_password(PASSWORD)
    psw.save()


def test_an_ended_session_keeps_the_words_until_signed_in_in_another_tab(
    with_password, page, draft, psw
):
    Session.objects.all().delete()
    write_and_pause(page)
    expect(state_of(page)).to_contain_text("You have been signed out")

    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in again in another tab").click()
    other = opened.value
    sign_in(other, psw)
    expect(other.get_by_role("heading", name="My reflection")).to_be_visible()
    page.evaluate("dispatchEvent(new Event('focus'))")

    expect(state_of(page)).to_have_text(SAVED)
    expect(page.get_by_label(BOX)).to_have_value(WORDS)
    assert is_kept(draft)


def test_without_scripts_what_was_sent_after_the_session_ended_comes_back_after_signing_in(
    with_password, visit, psw, draft, address
):
    page = visit(psw, address, scripts=False)
    Session.objects.all().delete()
    page.get_by_label(BOX).fill(WORDS)
    press(page, "Save and go back to the list")

    expect(page.get_by_text("What you typed is safe.")).to_be_visible()
    sign_in(page, psw)

    expect(page.get_by_text("It is not saved yet")).to_be_visible()
    expect(page.get_by_label(BOX)).to_have_value(WORDS)
    draft.refresh_from_db()
    assert draft.reflection_effect == ""
    press(page, "Save and go back to the list")
    assert is_kept(draft, seconds=1)
    assert not KeptWords.objects.exists()


@pytest.fixture
def two_windows(page, address):
    """The same part written in two windows; the second one is told."""
    other = page.context.new_page()
    other.goto(address)
    write_and_pause(page, "Written on the laptop.")
    expect(state_of(page)).to_have_text(SAVED)
    write_and_pause(other, "Written on the phone.")
    expect(state_of(other)).to_contain_text("This was also changed at")
    return other


def test_the_second_window_is_told_and_both_versions_are_kept(two_windows, draft):
    follow(two_windows, "Choose what to keep")

    expect(two_windows.get_by_role("region", name="In the observation")).to_contain_text("laptop")
    expect(two_windows.get_by_role("region", name="In the other window")).to_contain_text("phone")
    draft.refresh_from_db()
    assert draft.reflection_effect == "Written on the laptop."


@pytest.mark.parametrize(
    ("button", "kept"), [("Keep this one", "laptop"), ("Use this one", "phone")]
)
def test_a_person_picks_between_two_versions(two_windows, draft, button, kept):
    follow(two_windows, "Choose what to keep")

    press(two_windows, button)

    expect(
        two_windows.get_by_text("Settled. The version you chose is in the observation.")
    ).to_be_visible()
    draft.refresh_from_db()
    assert draft.reflection_effect == f"Written on the {kept}."
    assert not OtherCopy.objects.filter(picked_at=None).exists()


def test_a_version_not_chosen_yet_is_named_on_the_task_list(two_windows, draft):
    two_windows.goto(draft.get_absolute_url())

    follow(two_windows, "Choose what to keep")

    expect(two_windows.get_by_role("button", name="Use this one")).to_be_visible()


def test_settling_a_name_saves_what_was_typed_since(visit, psw, draft):
    passage = PassageFactory(observation=draft, text="Leanne said mornings are hard.")
    address = f"{draft.get_absolute_url()}entries/passages/{passage.key}/"
    page = visit(psw, address)
    press(page, "Add another passage")
    page.goto(address)
    page.get_by_label("What happened?").press("Control+End")
    page.get_by_label("What happened?").press_sequentially(" So we walked.")

    press(page, re.compile("^Replace “Leanne” with the mother$"))

    is_told(page, "Replaced with “the mother”.")
    passage.refresh_from_db()
    assert passage.text.endswith("said mornings are hard. So we walked.")
    assert "Leanne" not in passage.text


def test_a_passage_begun_with_no_signal_is_one_passage_afterwards(visit, psw, draft):
    page = visit(psw, f"{draft.get_absolute_url()}entries/passages/")
    page.context.set_offline(True)
    page.get_by_label("What happened?").press_sequentially("The chair began with mum.")
    expect(state_of(page)).to_contain_text("No signal")

    page.context.set_offline(False)
    expect(state_of(page)).to_have_text(SAVED)
    press(page, "Save and go back to the list")

    page.wait_for_url(f"**{draft.get_absolute_url()}")
    assert [passage.text for passage in draft.passages.all()] == ["The chair began with mum."]


def test_typing_in_a_note_that_was_submitted_meanwhile_says_so_and_keeps_the_words(
    page, draft, psw, watch
):
    watch.expect("403 from")
    Observation.objects.filter(pk=draft.pk).update(withdrawn_at=timezone.now())

    write_and_pause(page)

    expect(state_of(page)).to_contain_text("Not saved. This observation was withdrawn on")
    expect(page.get_by_label(BOX)).to_have_value(WORDS)
    follow(page, "What you typed is kept here")
    expect(page.get_by_text(WORDS)).to_be_visible()


def test_an_answer_that_was_lost_is_no_second_window(page, draft):
    page.clock.install()
    write(page, "They sat")
    lose_answers(page)
    page.clock.fast_forward(AFTER_LAST_KEY)
    expect(state_of(page)).to_contain_text("No signal")
    assert is_kept(draft, "They sat")

    page.unroute_all()
    page.get_by_label(BOX).press_sequentially(" up.")
    page.evaluate("dispatchEvent(new Event('focus'))")

    expect(state_of(page)).to_have_text(SAVED)
    assert is_kept(draft, "They sat up.")
    assert not OtherCopy.objects.exists()


def lose_answers(page):
    """Each save reaches the server, and its answer does not come back."""

    def lose(route):
        if route.request.method == "POST":
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/sections/my-part/", lose)


QUICK_NOTE = "/observations/quick-note/"
ONE_THING = "One thing you saw"


def test_the_first_words_of_a_quick_note_open_its_draft(visit, psw, draft, team):
    page = visit(psw, QUICK_NOTE)
    page.clock.install()
    page.get_by_label(ONE_THING).press_sequentially("They sat up.")
    page.clock.fast_forward(AFTER_LAST_KEY)
    expect(state_of(page)).to_contain_text("It becomes a draft once the team")
    page.get_by_label("Which team?").select_option(str(team.pk))
    page.get_by_label("What kind of work?").select_option("home_visit")
    expect(state_of(page)).to_have_text(SAVED)
    page.get_by_label(ONE_THING).press_sequentially(" And spoke.")

    press(page, "Save this quick note")

    made = Observation.objects.exclude(pk=draft.pk).get()
    page.wait_for_url(f"**{made.get_absolute_url()}")
    assert [passage.text for passage in made.passages.all()] == ["They sat up. And spoke."]


def test_a_page_is_left_with_a_question_only_while_no_place_has_its_words(visit, psw, draft):
    page = visit(psw, QUICK_NOTE)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.clock.install()
    page.context.set_offline(True)
    page.get_by_label(ONE_THING).press_sequentially("They sat up.")
    page.clock.fast_forward(AFTER_LAST_KEY)
    expect(state_of(page)).to_contain_text("No signal")

    page.get_by_role("link", name="Help").first.click()
    expect(page.get_by_label(ONE_THING)).to_have_value("They sat up.")

    page.context.set_offline(False)
    page.clock.resume()  # if the first try came too soon, it is tried again
    expect(state_of(page)).to_contain_text("Kept")
    follow(page, "Help")
    page.wait_for_url("**/help/")
    assert asked == ["beforeunload"]
    page.goto(QUICK_NOTE)
    expect(page.get_by_label(ONE_THING)).to_have_value("They sat up.")
    expect(page.get_by_text("It is not saved yet")).to_be_visible()
