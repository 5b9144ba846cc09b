"""What was written without a signal goes by itself, exactly once, and says what waits until then."""

import random

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from observations.models import Arrival, Observation, OtherCopy, Passage
from observations.offline import shell, views
from practicelens.people.models import ConcernRaised, Unit
from tests.browser.conftest import sign_in_by_cookie
from tests.browser.offline import ASKING, QUEUE, SENDING, SHELL, STORE, Phone, box, until
from tests.factories import SafeguardingStepFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("framework_version", "team"),
]
TEXT = "She asked Gran first."
RAISING = "**/observations/offline/raised/"
RAISED_IS_GONE = f"""async () => {{ {STORE} return !(await store.fact("raised")).length; }}"""


@pytest.fixture
def phone(visit, psw):
    return Phone(visit(psw, SHELL))


@pytest.fixture
def waiting(phone):
    """One observation, finished without a signal."""
    phone.lose_signal()
    phone.page.reload()
    phone.put_down(TEXT)
    return phone


def sent_once(phone):
    phone.until(lambda: Passage.objects.exists() and not phone.held())
    assert (Observation.objects.count(), Passage.objects.get().text) == (1, TEXT)


def test_o2_after_eight_hours_it_is_sent_once_with_its_own_time(visit, psw):
    page = visit(psw)
    page.clock.install()
    page.goto(SHELL)
    phone = Phone(page)
    phone.lose_signal()
    phone.put_down(TEXT)
    page.clock.fast_forward("08:00:00")
    phone.look_again()
    expect(phone.waits).to_contain_text("The oldest was begun 8 hours ago")

    phone.find_signal()

    sent_once(phone)
    arrival = Arrival.objects.get()
    assert 7.9 < (timezone.now() - arrival.recorded_at).total_seconds() / 3600 < 8.5
    page.goto(Observation.objects.get().get_absolute_url())
    expect(page.get_by_text("Recorded offline")).to_be_visible()


# What the browser is asked for. A Chromium without windows refuses it, and is told to go on below.
ASKED = """() => { SyncManager.prototype.register = async (tag) => void (window.asked = tag); }"""


def test_a_closed_browser_sends_what_waits_once_there_is_a_signal(visit, psw, server):
    """The browser says “there is a signal” to the worker; no page is open then."""
    phone = Phone(visit(psw, SHELL, syncs=True))
    context = phone.page.context
    phone.page.evaluate(ASKED)
    phone.lose_signal()
    phone.put_down(TEXT)
    phone.until(lambda: phone.page.evaluate("window.asked") == "practicelens send")
    blank = context.new_page()
    blank.goto("/static/build/lens.svg")  # a picture: no script of ours runs in it
    phone.page.close()
    assert not Observation.objects.exists()

    phone.find_signal()
    say_that_there_is_a_signal(blank, server)
    until(Arrival.objects.exists, blank)

    blank.goto(SHELL)
    again = Phone(blank, is_open=True)
    expect(again.waits).to_contain_text("An observation was sent")
    sent_once(again)
    assert again.posts == []


def say_that_there_is_a_signal(page, server):
    """As the browser does once it has one again: the worker is woken by it."""
    session, found = page.context.new_cdp_session(page), []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda told: found.append(told))
    session.send("ServiceWorker.enable")
    until(lambda: any(told["registrations"] for told in found), page)
    worker = next(told["registrations"][0] for told in found if told["registrations"])
    session.send(
        "ServiceWorker.dispatchSyncEvent",
        {
            "origin": server.address,
            "registrationId": worker["registrationId"],
            "tag": "practicelens send",
            "lastChance": False,
        },
    )


def answered_in_vain(route):
    route.fetch()
    route.abort()


def test_o3_an_answer_cut_after_it_was_saved_makes_one(waiting):
    waiting.page.route(SENDING, answered_in_vain, times=1)
    waiting.find_signal()
    waiting.until(Arrival.objects.exists)
    assert len(waiting.held()) == 1
    waiting.look_again()

    sent_once(waiting)
    assert len(waiting.posts) == 2


def test_o4_two_tabs_send_it_once(waiting):
    other = waiting.page.context.new_page()
    other.goto(SHELL)
    expect(other.get_by_role("link", name="New observation")).to_be_visible()

    waiting.find_signal()

    sent_once(waiting)
    assert len(waiting.posts) == 1


def test_o5_twenty_are_sent_each_once(phone, team):
    phone.lose_signal()
    phone.page.evaluate(QUEUE, [20, str(team.pk)])

    phone.find_signal()

    phone.until(lambda: not phone.held())
    assert (Observation.objects.count(), Passage.objects.count(), len(phone.posts)) == (20, 20, 20)


def test_o6_a_session_that_ended_keeps_it_until_its_writer_is_back(waiting, psw, server):
    Session.objects.all().delete()
    waiting.find_signal()
    expect(waiting.waits).to_contain_text("once you sign in")
    assert len(waiting.held()) == 1

    sign_in_by_cookie(waiting.page.context, psw, server.address)
    waiting.look_again()

    sent_once(waiting)
    assert len(waiting.posts) == 1


def test_o7_another_person_sees_none_of_it_and_it_waits_sealed(waiting, psw, stranger, server):
    page = waiting.page
    page.route(ASKING, lambda route: route.abort())
    waiting.find_signal()
    page.goto("/")
    page.get_by_role("button", name="Sign out").first.click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.unroute(ASKING)
    sign_in_by_cookie(page.context, stranger, server.address)

    page.goto(SHELL)
    expect(waiting.waits).to_contain_text("1 observation of someone else waits here, sealed")
    assert TEXT not in page.content()
    assert "Home visit" not in page.content()
    assert not Observation.objects.exists()

    sign_in_by_cookie(page.context, psw, server.address)
    page.goto(SHELL)
    sent_once(waiting)


def test_o7_signing_out_seals_a_draft_too_and_it_comes_as_a_draft(phone, psw, server):
    page = phone.page
    phone.begin()
    phone.write(TEXT)
    page.goto("/")
    page.get_by_role("button", name="Sign out").first.click()
    expect(page.get_by_text("waits on this device to be sent once you sign in")).to_be_visible()
    page.goto(SHELL)
    expect(page.get_by_text("Sign in to write here")).to_be_visible()

    sign_in_by_cookie(page.context, psw, server.address)
    page.goto(SHELL)

    sent_once(phone)
    assert Observation.objects.get().is_draft


def test_o11_what_was_lost_is_told_and_where_the_server_has_a_copy(phone, server):
    page = phone.page
    phone.begin()
    phone.write(TEXT)
    with page.expect_response("**/offline/held/"):
        phone.look_again()
    assert Arrival.objects.exists()
    page.goto("about:blank")
    clear(page, server)

    page.goto("/observations/")

    expect(phone.waits).to_contain_text("is no longer on this device. The server has")
    phone.waits.get_by_role("link", name="Open it").click()
    expect(page.get_by_text("1 passage")).to_be_visible()


def test_o11_without_a_copy_it_is_told_exactly_until_that_is_known(phone, server):
    page = phone.page
    page.route(SENDING, lambda route: route.abort())
    phone.begin()
    phone.write(TEXT)
    with page.expect_response("**/offline/held/"):
        phone.look_again()
    page.goto("about:blank")
    clear(page, server)

    page.goto("/observations/")

    expect(phone.waits).to_contain_text("was lost: this device no longer has it")
    phone.waits.get_by_role("button", name="I know").click()
    expect(phone.waits).to_be_hidden()
    page.reload()
    expect(phone.waits).to_be_hidden()


def clear(page, server):
    """All that scripts stored, as a browser does that needs the room."""
    session = page.context.new_cdp_session(page)
    storages = "indexeddb,cache_storage,local_storage,service_workers"
    session.send("Storage.clearDataForOrigin", {"origin": server.address, "storageTypes": storages})


def test_o12_a_server_that_comes_back_gets_it_without_a_reload(visit, psw):
    page = visit(psw)
    page.clock.install()
    page.goto(SHELL)
    phone = Phone(page)
    page.route(ASKING, lambda route: route.abort("connectionrefused"))
    phone.put_down(TEXT)
    expect(phone.waits).to_contain_text("waits on this device")
    assert page.evaluate("navigator.onLine")

    page.unroute(ASKING)
    page.clock.fast_forward(30_000)

    sent_once(phone)


def test_o13_a_poor_line_sends_each_once(phone, team):
    """Every fifth request or answer is lost, for as long as it takes, in place of ten minutes."""
    chance = random.Random(13)

    def lose_some(route):
        if chance.random() < 0.2:
            return route.abort()
        answer = route.fetch()
        return route.abort() if chance.random() < 0.2 else route.fulfill(response=answer)

    phone.page.route(ASKING, lose_some)
    phone.page.evaluate(QUEUE, [8, str(team.pk)])

    def all_gone():
        phone.look_again()
        return not phone.held()

    phone.until(all_gone)
    phone.page.unroute_all(behavior="wait")
    assert (Observation.objects.count(), Passage.objects.count()) == (8, 8)


def test_o14_a_page_of_the_network_s_own_is_no_answer_and_is_never_kept(
    waiting, server, monkeypatch
):
    page = waiting.page
    portal = {"status": 200, "content_type": "text/html", "body": "<h1>Welcome to our hotel</h1>"}
    page.route(ASKING, lambda route: route.fulfill(**portal))
    waiting.find_signal()
    waiting.look_again()
    expect(page.get_by_text("No signal, or the server can’t be reached.")).to_be_visible()
    elsewhere = {"status": 302, "headers": {"Location": f"{server.address}/accounts/login/"}}
    page.route(ASKING, lambda route: route.fulfill(**elsewhere))
    waiting.look_again()
    expect(page.get_by_text("No signal, or the server can’t be reached.")).to_be_visible()
    assert len(waiting.held()) == 1
    assert not Observation.objects.exists()
    monkeypatch.setattr(views, "OURS", {})
    monkeypatch.setattr(shell, "page", lambda: "<h1>Welcome to our hotel</h1>")
    page.reload()
    expect(page.get_by_role("link", name="New observation")).to_be_visible()
    assert "hotel" not in page.evaluate(f'async () => (await caches.match("{SHELL}")).text()')

    page.unroute(ASKING)
    waiting.look_again()

    sent_once(waiting)


def test_what_was_changed_elsewhere_as_well_leads_to_both(phone, psw):
    page = phone.page
    phone.begin()
    phone.write(TEXT)
    phone.look_again()
    phone.until(Arrival.objects.exists)
    Passage.objects.update(text="From the laptop.")
    Observation.objects.get().section_saves.filter(section__startswith="passages").update(
        revision=9
    )
    phone.write("From the phone.")

    phone.finish()

    expect(phone.waits).to_contain_text("was also changed elsewhere. Both are kept.")
    phone.waits.get_by_role("link", name="Choose what to keep").click()
    expect(page.get_by_text("From the laptop.")).to_be_visible()
    expect(page.get_by_text("From the phone.")).to_be_visible()
    assert OtherCopy.objects.count() == 1
    phone.until(lambda: not phone.held())


def test_what_is_refused_is_a_draft_again_with_the_reason(waiting, team):
    page = waiting.page
    Unit.objects.filter(pk=team.pk).update(closed_on=team.today())

    waiting.find_signal()

    expect(page.locator("[data-items]")).to_contain_text("Being written")
    page.get_by_role("link", name="Home visit").click()
    expect(page.locator("[data-reason]")).to_have_text(
        "You can’t write observations of this team now."
    )
    assert not Observation.objects.exists()


def test_every_page_says_what_waits_and_sends_it(waiting):
    page = waiting.page
    page.route(SENDING, lambda route: route.abort())
    waiting.find_signal()
    page.goto("/people/help/")
    expect(waiting.waits).to_contain_text("1 observation waits on this device to be sent")
    page.unroute(SENDING)
    page.reload()

    expect(waiting.waits).to_contain_text("An observation was sent. It is now: draft.")
    sent_once(waiting)


def test_worried_without_a_signal_has_the_steps_and_that_it_was_raised_is_sent_once(
    visit, psw, organisation
):
    SafeguardingStepFactory(unit=organisation, telephone="01632 960 140")
    phone = Phone(visit(psw, SHELL))
    page = phone.page
    phone.lose_signal()

    page.goto(reverse("people:safeguarding"))

    expect(page.get_by_role("heading", level=1)).to_have_text("I am worried about someone now")
    call = page.get_by_role("link", name="Call 01632 960 140")
    expect(call).to_have_attribute("href", "tel:01632960140")

    page.get_by_role("button", name="I have raised it").click()
    expect(page.get_by_text("Kept on this device: that you raised a concern")).to_be_visible()
    expect(page.get_by_role("button", name="I have raised it")).to_be_hidden()
    page.goto(SHELL)
    expect(phone.waits).to_contain_text("That you raised a concern waits on this device")

    page.route(RAISING, answered_in_vain, times=1)
    phone.find_signal()
    phone.until(ConcernRaised.objects.exists)
    phone.look_again()

    phone.until(lambda: page.evaluate(RAISED_IS_GONE))
    assert ConcernRaised.objects.get().by == psw


def test_what_is_being_written_is_there_again_after_a_look_at_the_steps(phone):
    phone.lose_signal()
    phone.begin()
    phone.write(TEXT)

    phone.page.get_by_role("link", name="I am worried about someone now").locator(
        "visible=true"
    ).click()
    expect(phone.page.get_by_role("link", name="999").first).to_be_visible()
    phone.page.go_back()

    expect(box(phone.page)).to_have_value(TEXT)
