"""An observation is written on a device without a signal, and stays there whatever happens to it."""

import os
import signal
from contextlib import suppress
from datetime import datetime

import psutil
import pytest
from playwright.sync_api import Error, expect

from observations.models import Arrival, Observation, Passage
from observations.offline import shell
from tests.browser import axe
from tests.browser.conftest import LAPTOP, PHONE, chromium_path, sign_in_by_cookie
from tests.browser.offline import DUMP, KEPT, SHELL, Phone, box
from tests.browser.test_access import SIDEWAYS

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("framework_version", "team", "practitioner"),
]
TEXT = "She asked Gran first. \U0001f44d שלום مرحبا whānau"


@pytest.fixture
def phone(visit, psw):
    return Phone(visit(psw, SHELL))


def test_o1_it_opens_without_a_signal_and_the_text_is_there(phone):
    phone.begin()
    phone.write(TEXT)
    phone.lose_signal()

    phone.page.reload()
    expect(box(phone.page)).to_have_value(TEXT)
    context = phone.page.context
    phone.page.close()
    page = context.new_page()
    page.goto(SHELL)
    page.get_by_role("link", name="Home visit").click()

    expect(box(page)).to_have_value(TEXT)
    page.goto("/observations/")  # any other page leads there as well
    expect(page.get_by_text("No signal, or the server can’t be reached.")).to_be_visible()
    expect(page.get_by_role("link", name="Home visit")).to_be_visible()


def test_what_is_written_breaks_no_rule(phone):
    phone.page.get_by_role("link", name="New observation").click()
    assert axe.violations(phone.page) + phone.page.evaluate(SIDEWAYS) == []
    phone.page.get_by_role("button", name="Begin").click()
    expect(phone.page.locator("[data-fault]")).to_be_focused()
    expect(phone.page.locator("[data-fault]")).to_contain_text("Choose the team")
    phone.page.get_by_role("link", name="Back to the list").first.click()
    phone.begin()
    for fold in phone.page.locator("[data-parts] summary").all()[1:]:
        fold.press("Enter")
    phone.page.locator("[data-parts] summary").first.press("Enter")
    for size in (PHONE, LAPTOP):
        phone.page.set_viewport_size(size)
        assert axe.violations(phone.page) + phone.page.evaluate(SIDEWAYS) == []


def test_all_parts_come_as_they_were_filled_in(phone):
    page = phone.page
    phone.begin()
    phone.write(TEXT)
    page.get_by_label("Seen", exact=True).check()
    page.get_by_role("button", name="Add another passage").click()
    phone.write("The boy showed his drawing.")
    page.locator("summary", has_text="Where and who").press("Enter")
    page.get_by_label("How long?").fill("50")
    page.get_by_label("Whose practice was it?").select_option(label="Priya Nair")
    page.locator("summary", has_text="My reflection").press("Enter")
    page.get_by_label("Your part in what happened").fill("They sat up.")

    phone.finish()

    phone.until(Arrival.objects.exists)
    observation = Observation.objects.get()
    first, second = observation.passages.order_by("position")
    assert (first.text, first.kind, second.text) == (TEXT, "seen", "The boy showed his drawing.")
    assert (observation.minutes, observation.practitioner.name) == (50, "Priya Nair")
    assert observation.reflection_effect == "They sat up."


def test_the_meeting_friction_and_what_people_said_are_written_without_a_signal(phone):
    page = phone.page
    phone.begin()
    phone.write(TEXT)
    phone.lose_signal()
    meeting = page.locator("summary", has_text="The meeting")
    expect(meeting).to_be_hidden()
    page.locator("summary", has_text="Where and who").press("Enter")
    page.locator("summary", has_text="Team, kind of work and day").press("Enter")
    page.get_by_label("What kind of work?").last.select_option("family_meeting")
    meeting.press("Enter")
    page.get_by_label("Mother", exact=True).last.fill("9 minutes")
    page.locator("summary", has_text="What helped and got in the way").press("Enter")
    page.get_by_label("Which step?").fill("The form")
    page.get_by_role("button", name="Add another entry").first.click()
    page.get_by_label("Which step?").last.fill("The panel")
    page.locator("summary", has_text="What people said").press("Enter")
    page.get_by_label("What they said").fill("I was asked.")
    page.get_by_label("What they said").blur()
    phone.until(lambda: page.evaluate(KEPT, "I was asked."))
    answers = page.locator("[data-fold^='domain-']").first
    answers.locator("summary").first.press("Enter")
    answers.get_by_label("Evident", exact=True).first.check()
    tick = answers.get_by_label("Passage 1, not said how you know: “She asked Gran").first
    tick.check()
    phone.until(lambda: page.evaluate(KEPT, tick.get_attribute("name")))

    page.reload()
    answers.locator("summary").first.press("Enter")
    expect(answers.get_by_label("Passage 1").first).to_be_checked()
    page.locator("summary", has_text="What helped and got in the way").press("Enter")
    expect(page.get_by_label("Which step?").last).to_have_value("The panel")
    phone.finish()
    phone.find_signal()
    phone.look_again()

    phone.until(Arrival.objects.exists)
    observation = Observation.objects.get()
    assert observation.meeting.shares.get().minutes == 9
    assert sorted(observation.frictions.values_list("step", flat=True)) == ["The form", "The panel"]
    assert observation.voices.get().words == "I was asked."
    assert observation.ratings.get(outcome="level").passages.get().text == TEXT


def test_a_second_tab_does_not_write_in_the_same_and_throwing_away_asks_first(phone):
    phone.begin()
    phone.write(TEXT)
    other = phone.page.context.new_page()
    other.goto(phone.page.url)
    expect(other.get_by_text("open in another tab")).to_be_visible()
    expect(box(other)).to_be_disabled()

    phone.page.get_by_role("button", name="Throw away").click()
    assert len(phone.held()) == 1
    phone.page.get_by_role("button", name="Throw it away").click()

    expect(phone.page.get_by_text("Nothing is being written")).to_be_visible()
    assert phone.held() == []


def test_o8_a_newer_worker_waits_and_no_text_is_lost(phone, monkeypatch):
    phone.begin()
    phone.write("Version 0.")
    for number in range(1, 4):
        monkeypatch.setattr(shell, "version", lambda number=number: f"number-{number}")
        phone.page.evaluate(
            "async () => (await navigator.serviceWorker.getRegistration()).update()"
        )
        phone.until(lambda: phone.page.evaluate(HAS_NEWER))
        expect(box(phone.page)).to_have_value(f"Version {number - 1}.")
        phone.write(f"Version {number}.")
        phone.page.get_by_role("link", name="Back to the list").click()
        with phone.page.expect_navigation():
            phone.page.get_by_role("button", name="Use the new version").click()
        phone.until(
            lambda number=number: phone.page.evaluate(KEEPS) == [f"practicelens-number-{number}"]
        )
        phone.lose_signal()
        phone.page.reload()
        phone.page.get_by_role("link", name="Home visit").click()
        expect(box(phone.page)).to_have_value(f"Version {number}.")
        phone.find_signal()


HAS_NEWER = "async () => Boolean((await navigator.serviceWorker.getRegistration()).waiting)"
KEEPS = "() => caches.keys()"


@pytest.fixture
def killed_phone(chromium, server, psw, tmp_path, real_pages):
    """A browser with a folder of its own, which can be killed and started again."""
    contexts = []

    def start():
        for left in tmp_path.glob("Singleton*"):
            left.unlink()
        context = chromium.browser_type.launch_persistent_context(
            tmp_path, executable_path=chromium_path(), base_url=server.address, viewport=PHONE
        )
        contexts.append(context)
        return context

    first = start()
    sign_in_by_cookie(first, psw, server.address)
    yield start, first, tmp_path
    contexts[-1].close()
    server.wait_until_idle()


def kill(folder):
    for process in psutil.process_iter(["cmdline", "ppid"]):
        told = process.info["cmdline"] or []
        if f"--user-data-dir={folder}" in told and not any("--type=" in each for each in told):
            os.kill(process.pid, signal.SIGKILL)


def test_o9_killed_again_and_again_it_loses_nothing(killed_phone):
    """Two kills here, in place of fifty: each takes the start of a browser."""
    start, context, folder = killed_phone
    phone = open_phone(context)
    phone.begin()
    for number in range(2):
        phone.write(f"Words before kill {number}.")
        address = phone.page.url
        kill(folder)
        context = start()
        page = context.new_page()
        page.goto(address)
        expect(box(page)).to_have_value(f"Words before kill {number}.")
        phone = Phone(page, is_open=True)


def open_phone(context):
    page = context.new_page()
    page.goto(SHELL)
    return Phone(page)


def test_o9_a_crash_and_a_freeze_lose_nothing(phone):
    context = phone.page.context
    phone.begin()
    phone.write(TEXT)
    address = phone.page.url
    session = context.new_cdp_session(phone.page)
    session.send("Page.setWebLifecycleState", {"state": "frozen"})
    session.send("Page.setWebLifecycleState", {"state": "active"})
    expect(box(phone.page)).to_have_value(TEXT)
    page = context.new_page()
    with phone.page.expect_event("crash"), suppress(Error):  # it does not live to answer
        phone.page.goto("chrome://crash", timeout=5_000)

    page.goto(address)

    expect(box(page)).to_have_value(TEXT)


FULL = """() => { IDBObjectStore.prototype.put = () => {
  throw new DOMException("no room", "QuotaExceededError"); }; }"""


def test_o10_a_full_device_says_so_and_the_server_is_tried(phone):
    """The store refuses, in place of a full disk: a browser notices a quota only after a while."""
    phone.begin()
    phone.page.evaluate(FULL)
    phone.lose_signal()
    box(phone.page).fill("She asked")
    expect(phone.status).to_contain_text("Not saved on this device")
    expect(phone.status).to_contain_text("Leave this page open")

    phone.find_signal()
    box(phone.page).fill(TEXT)

    expect(phone.status).to_contain_text("The server has it as a draft")
    expect(box(phone.page)).to_have_value(TEXT)
    phone.until(lambda: Passage.objects.filter(text=TEXT).exists())


def test_o15_a_wrong_clock_loses_nothing_and_the_server_s_counts(visit, psw):
    page = visit(psw)
    page.clock.install(time=datetime(2001, 3, 4, 12, 0))
    page.goto(SHELL)
    phone = Phone(page)
    phone.begin()
    phone.write("Written in 2001.")
    page.clock.set_system_time(datetime(2040, 3, 4, 12, 0))
    page.reload()
    expect(box(page)).to_have_value("Written in 2001.")
    phone.write(TEXT)

    phone.finish()

    phone.until(lambda: Arrival.objects.exists() and not phone.held())
    arrival = Arrival.objects.get()
    assert 0 <= (arrival.received_at - arrival.recorded_at).total_seconds() < 600
    assert Passage.objects.get().text == TEXT


REFUSED = """IDBFactory.prototype.open = () => {
  throw new DOMException("not here", "SecurityError"); };"""


def test_o16_a_browser_that_keeps_nothing_says_so_and_the_form_works(visit, psw, team):
    page = visit(psw)
    page.add_init_script(REFUSED)
    page.goto(SHELL)
    expect(page.get_by_text("This browser refuses to keep anything")).to_be_visible()

    page.get_by_role("link", name="Log an observation").click()
    page.get_by_label("Which team?").select_option(str(team.pk))
    page.get_by_label("What kind of work?").select_option("home_visit")
    page.get_by_role("button", name="Save and go to the list").click()

    expect(page.get_by_text("Draft saved")).to_be_visible()


def test_o16_without_scripts_it_says_what_works(visit, psw):
    page = visit(psw, SHELL, scripts=False)

    page.get_by_role("link", name="log an observation").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Log an observation")


def test_o17_what_is_stored_holds_no_text_and_no_name(phone, practitioner):
    phone.begin()
    phone.write(TEXT)

    stored, cached, extractable, others = phone.page.evaluate(DUMP)

    assert SHELL in cached
    assert extractable == [False]
    for found in (stored, cached, others):
        for secret in ("Gran", "שלום", practitioner.name, "Nair", "River"):
            assert secret not in found


SCHEMA_3 = ("const SCHEMA = 2;", "const SCHEMA = 3;")
STORE_MORE = ('tallies: "id" }', 'tallies: "id", more: "id" }')
NO_WORKER = 'Object.defineProperty(Navigator.prototype, "serviceWorker", { value: undefined });'


def test_o18_newer_code_and_older_code_open_each_other_s_drafts(visit, psw):
    page = visit(psw)
    page.add_init_script(NO_WORKER)
    page.goto(SHELL)
    phone = Phone(page, is_open=True)
    phone.begin()
    phone.write("Written by version 1.")

    page.route("**/js/offline/store.js", as_version_3)
    page.reload()
    expect(box(page)).to_have_value("Written by version 1.")
    assert page.evaluate(SCHEMA_NOW) == 3
    box(page).fill("Written by version 3.")
    expect(phone.status).to_contain_text("Saved on this device")
    page.unroute("**/js/offline/store.js")
    page.reload()

    expect(box(page)).to_have_value("Written by version 3.")
    phone.write("Written by version 1 again.")


SCHEMA_NOW = "async () => (await indexedDB.databases())[0].version"


def as_version_3(route):
    answer = route.fetch()
    text = answer.text()
    for was, becomes in (SCHEMA_3, STORE_MORE):
        assert was in text
        text = text.replace(was, becomes)
    route.fulfill(response=answer, body=text)
