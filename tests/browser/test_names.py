"""A child's name typed on a phone: pointed at as it is typed, never put forward, met by no leader.

The last part reads all that a leader can reach, and everything that was sent, answered and logged
on the way there.
"""

import json
import logging
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from observations.models import Observation, Passage, Redaction
from observations.redaction import finding
from practicelens.audit.models import Entry
from practicelens.jobs.models import Run
from reports import briefings
from reports.cells import rollup
from reports.periods import month_of
from tests.access.asking import Asking
from tests.access.crawling import crawl, text_of
from tests.access.world import World
from tests.browser import axe
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.test_access import SIDEWAYS
from tests.browser.test_observing import follow, press, tick
from tests.factories import PassageFactory

pytestmark = pytest.mark.django_db(transaction=True)

NAME = "Rozafa"
BEFORE = "The worker wanted the school run to stay with the aunt. "
WORDS = f"{BEFORE}{NAME} said mornings had been calmer since they shared it."
NO_NOTES = [
    "leader",
    "owner",
    "between",
    "framework_admin",
    "governance",
    "system_admin",
    "no_role",
]
BOX = "What happened?"


def box(page, label=BOX):
    return page.get_by_label(label)


def pointed_at(page):
    """The words that the page asks about while they are typed."""
    return page.locator(".pl-looking mark")


def new_passage(draft):
    return f"{draft.get_absolute_url()}entries/passages/"


@pytest.fixture
def page(visit, psw, draft):
    return visit(psw, new_passage(draft))


def test_a_name_is_pointed_at_as_it_is_typed(page, draft):
    page.route("**/entries/**", lambda route: route.abort())  # nothing is saved, nor can be
    box(page).press_sequentially(WORDS)

    expect(pointed_at(page)).to_have_text([NAME])
    expect(page.get_by_text("It must be settled before this is shared.")).to_be_visible()
    assert not draft.passages.exists()


def test_what_is_rare_is_pointed_at_with_its_reason_and_stops_nothing(page, draft):
    box(page).press_sequentially("The twins were asked last.")

    advice = page.get_by_text("Twins, or more born together, are few: say brothers or sisters.")
    expect(advice.first).to_be_visible()
    tick(page, "Heard")
    press(page, "Save and go back to the list")

    page.wait_for_url(f"**{draft.get_absolute_url()}")
    assert draft.passages.get().text == "The twins were asked last."


def test_replacing_keeps_the_cursor_where_it_was_and_is_saved(page, draft):
    text = f"😀 {WORDS} Then {NAME} slept."
    box(page).press_sequentially(text)
    for _ in range(len(" slept.")):
        page.keyboard.press("ArrowLeft")
    expect(pointed_at(page)).to_have_text([NAME])

    press(page, re.compile(f"^Replace “{NAME}” with the boy$"))

    expect(page.get_by_text(f"“{NAME}” is now “the boy”").first).to_be_visible()
    written = text.replace(f". {NAME}", ". The boy").replace(f"Then {NAME}", "Then the boy")
    expect(box(page)).to_have_value(written)
    page.keyboard.type(" at last")
    expect(box(page)).to_have_value(written.replace(" slept.", " at last slept."))
    expect(pointed_at(page)).to_have_count(0)
    press(page, "Save and go back to the list")
    page.wait_for_url(f"**{draft.get_absolute_url()}")
    assert draft.passages.get().text == written.replace(" slept.", " at last slept.")


def test_a_replacement_is_taken_back_while_nothing_else_was_typed(page):
    box(page).press_sequentially(WORDS)
    press(page, re.compile(f"^Replace “{NAME}” with the boy$"))

    press(page, "Put it back")

    expect(box(page)).to_have_value(WORDS)
    expect(pointed_at(page)).to_have_text([NAME])


def test_it_can_stay_until_it_is_settled(page, draft):
    box(page).press_sequentially(WORDS)

    press(page, re.compile("It can stay"))

    expect(pointed_at(page)).to_have_count(0)
    expect(page.locator("[data-save-status]")).to_contain_text("Saved ")
    assert Redaction.objects.get(settled_at=None).words == NAME
    page.reload()
    page.goto(f"{new_passage(draft)}{draft.passages.get().key}/")
    expect(page.get_by_role("region", name="Is this a name?")).to_be_visible()


def test_words_that_the_page_asks_about_already_are_not_asked_about_twice(visit, psw, draft):
    passage = PassageFactory(observation=draft, text=WORDS)
    IDENTIFIED = {"words": NAME, "suggestion": "the mother", "kind": "given_name"}
    draft.redactions.create(
        passage=passage, start=len(BEFORE), end=len(BEFORE) + len(NAME), **IDENTIFIED
    )
    page = visit(psw, f"{new_passage(draft)}{passage.key}/")
    asked = page.get_by_role("region", name="Is this a name?")
    expect(asked).to_have_count(1)

    box(page).press("Control+End")
    box(page).press_sequentially(" Marika laughed.")
    expect(pointed_at(page)).to_have_text(["Marika"])

    box(page).fill("Nobody is named.")
    expect(asked).to_have_count(0)
    expect(pointed_at(page)).to_have_count(0)


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("sections/my-part/", "Your reflection"),
        ("sections/ratings-1/", "In a line"),
        ("entries/voices/", "What they said"),
        ("entries/friction/", "Which step?"),
    ],
)
def test_every_box_of_a_note_is_looked_at(visit, psw, draft, path, label):
    page = visit(psw, draft.get_absolute_url() + path)

    page.get_by_label(label).first.press_sequentially(f"So {NAME} said.")

    expect(pointed_at(page)).to_have_text([NAME])


def test_a_practitioner_s_answer_is_looked_at(visit, practitioner, shared_observation):
    address = reverse("observations:reply", args=[shared_observation.key])
    page = visit(practitioner, address)

    page.get_by_label("In your own words").press_sequentially(f"So {NAME} said.")

    expect(pointed_at(page)).to_have_text([NAME])
    expect(page.get_by_text("It must be settled before this is shared.")).to_have_count(0)


@pytest.mark.parametrize("answer", [{"status": 503}, {"status": 200, "body": "{"}, None])
def test_when_it_can_not_be_asked_the_page_is_silent_and_loses_nothing(page, draft, watch, answer):
    watch.expect("503 from")
    url = "**/observations/look/"
    page.route(url, lambda route: route.fulfill(**answer) if answer else route.abort())

    with page.expect_request(url):
        box(page).press_sequentially(WORDS)

    expect(page.locator("[data-save-status]")).to_contain_text("Saved ")
    expect(page.locator(".pl-looking")).to_be_hidden()
    assert draft.passages.get().text == WORDS


def test_a_server_that_could_not_look_says_so(page):
    answer = {"could_not_look": "Names could not be looked for just now."}
    page.route("**/observations/look/", lambda route: route.fulfill(json=answer))

    box(page).press_sequentially("The chair spoke.")

    said = f"{answer['could_not_look']} They are looked for again before anything is shared."
    expect(page.get_by_text(said).first).to_be_visible()


def test_what_is_said_aloud_is_said_once(page):
    aloud = page.locator(".pl-looking + [role=status]")
    box(page).press_sequentially(WORDS)
    expect(aloud).to_have_text(f"1 name to check: {NAME}.")
    page.evaluate(
        """() => { window.said = 0; new MutationObserver((all) => (window.said += all.length))
        .observe(document.querySelector(".pl-looking + [role=status]"), {childList: true}) }"""
    )

    with page.expect_response("**/observations/look/"):
        box(page).press_sequentially(" It rained.")
    expect(pointed_at(page)).to_have_text([NAME])

    assert page.evaluate("window.said") == 0


def test_what_is_pointed_at_breaks_no_rule_of_access(page):
    box(page).press_sequentially(f"{WORDS} The twins live at 9 Mill Lane with Marika Ahmetaj.")
    expect(pointed_at(page)).to_have_count(4)

    for size in (page.viewport_size, LAPTOP):
        page.set_viewport_size(size)
        assert axe.violations(page) + page.evaluate(SIDEWAYS) == []


# One person, one role; and the page stays where it is


def test_a_role_given_to_one_is_offered_to_no_other_and_first_to_the_same(page, visit, psw, draft):
    box(page).press_sequentially(f"So {NAME} and Marika sat.")
    expect(pointed_at(page)).to_have_text([NAME, "Marika"])
    with page.expect_response("**/roles/"):
        press(page, re.compile(f"^Replace “{NAME}” with the mother$"))

    expect(
        page.get_by_role("button", name="Replace “Marika” with the mother", exact=True)
    ).to_have_count(0)
    expect(page.get_by_role("button", name="Replace “Marika” with another mother")).to_be_visible()
    later = visit(psw, f"{draft.get_absolute_url()}entries/voices/")
    later.get_by_label("What they said").press_sequentially(f"So {NAME} said.")
    offered = later.locator(".pl-roles button")
    expect(offered.first).to_have_text(f"Replace “{NAME}” with the mother")


@pytest.mark.parametrize("size", [PHONE, LAPTOP])
@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("where", ["draft", "note"])
def test_settling_a_name_leaves_the_page_where_it_was(
    visit, psw, observation, draft, scripts, size, where
):
    note = draft if where == "draft" else observation
    names = ["Rozafa", "Marika", "Kayden", "Tama", "Zofia"]
    passage = PassageFactory(observation=note, text=f"{BEFORE * 3}{' sat by '.join(names)}.")
    finding.refresh(note)
    entry = f"{new_passage(draft)}{passage.key}/" if where == "draft" else note.get_absolute_url()
    page = visit(psw, entry, size=size, scripts=scripts)
    role = page.get_by_role("button", name="Replace “Kayden” with the boy", exact=True)
    role.scroll_into_view_if_needed()
    before = at_top(page, "Kayden")

    role.click()
    page.wait_for_url("**#name-*")

    following = page.locator("[data-asked=Tama]")
    expect(following.get_by_text("Replaced with “the boy”.")).to_be_visible()
    expect(following).to_be_in_viewport()
    assert page.evaluate("scrollY") > 0
    if scripts:
        page.wait_for_function(
            "([before]) => Math.abs(document.querySelector('[data-asked=Tama]')"
            ".getBoundingClientRect().top - before) < 2",
            arg=[before],
        )


def at_top(page, words):
    return page.evaluate(
        "(words) => document.querySelector(`[data-asked=${words}]`).getBoundingClientRect().top",
        words,
    )


# A leader meets it nowhere


class Heard:
    """What the phone sent and was answered, and all that was logged meanwhile."""

    def __init__(self, page):
        self.lines = []
        page.context.on("request", self.keep_request)
        page.context.on("response", self.keep_response)

    def keep_request(self, request):
        self.lines += [request.url, json.dumps(request.headers)]

    def keep_response(self, response):
        self.lines += [response.url, json.dumps(response.headers)]


@pytest.fixture
def logged():
    lines, handler = [], logging.Handler(logging.DEBUG)
    handler.emit = lambda entry: lines.append(f"{entry.getMessage()} {entry.__dict__}")
    # The server's own lines go no further than its logger.
    loggers = [logging.getLogger(name) for name in ("", "django", "django.server")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
    yield lines
    for logger, level in zip(loggers, levels, strict=True):
        logger.removeHandler(handler)
        logger.setLevel(level)


def has_name(text):
    """Also where it is cut by the end of a line."""
    return NAME.lower() in re.sub(r"[\s\u00ad-]", "", text).lower()


@pytest.fixture
def world():
    return World()


@pytest.fixture
def typed(visit, world, logged):
    """The observer types the name into a draft on a phone, and submits it unsettled."""
    draft = Observation.objects.drafts_of(world.people["observer"]).get()
    # What would stop its submission is settled already.
    draft.other_copies.update(picked_at=timezone.now())
    draft.section_saves.update(unread={})
    page = visit(world.people["observer"])
    heard = Heard(page)
    page.goto(new_passage(draft))
    follow(page, "Add another passage")
    box(page).press_sequentially(WORDS)
    expect(pointed_at(page)).to_have_text([NAME])
    tick(page, "Heard")
    press(page, "Save and go back to the list")
    expect(page.get_by_text("1 to check").or_(page.get_by_text("to check")).first).to_be_visible()
    follow(page, "Check and submit")
    press(page, "Submit this observation")
    expect(page.get_by_text("Submitted. It counts from now on.")).to_be_visible()
    rollup.recount_all()
    return draft, heard


def test_a_child_s_name_reaches_no_leader(typed, world, logged):
    draft, heard = typed
    passage = Passage.objects.get(text=WORDS)
    assert passage.is_counted
    assert Redaction.objects.filter(passage=passage, settled_at=None, words=NAME).exists()
    cannot_be_put_forward(passage, world)

    read = crawl(world, Asking(world.people), NO_NOTES)

    assert {"text/html", "application/pdf"} - kinds(read) == set()
    assert [f"{each.person}: {each.address}" for each in read if has_name(each.text)] == []
    assert [each.address for each in read if has_name(each.address)] == []
    asked = whatever_else_a_leader_asks(draft, passage, world)
    assert [address for address, text in asked if has_name(text)] == []
    assert [line for line in heard.lines if has_name(line)] == []
    assert [line for line in logged if has_name(line)] == []
    assert not has_name(str([*Entry.objects.values(), *Run.objects.values()]))


def kinds(read):
    return {each.response.headers["Content-Type"].split(";")[0] for each in read}


def cannot_be_put_forward(passage, world):
    """Not composed from, not offered, not taken."""
    assert not Passage.objects.quotable().filter(pk=passage.pk).exists()
    month, unit = month_of(passage.observation.observed_on), world.units["team"]
    briefing = briefings.compose(unit=unit, month=month, by=world.people["psw"])
    content = json.dumps(briefings.build_content(briefing))
    assert not has_name(content)
    finding = world.objects["finding"]["drafted"]
    address = reverse("reports:evidence", args=[finding["key"], finding["pk"], "for"])
    asking = Asking(world.people)
    assert not has_name(text_of(asking.ask("psw", "GET", address)))
    sent = {"passage": passage.pk, "start": 0, "end": len(WORDS)}
    assert asking.ask("psw", "POST", address, sent).status_code == 404


def whatever_else_a_leader_asks(draft, passage, world):
    """The note's own pages, and lists asked for the name: refused, and in words without it."""
    asking, redaction = Asking(world.people), passage.redactions.get()
    entry = reverse("observations:entry", args=[draft.key, "passages", passage.key])
    asked = [
        ("GET", draft.get_absolute_url()),
        ("GET", entry),
        ("POST", reverse("observations:settle", args=[redaction.pk])),
        ("POST", reverse("observations:put_back", args=[redaction.pk])),
        ("POST", reverse("observations:look")),
        ("GET", reverse("observations:list")),
        ("GET", reverse("reports:summary")),
        ("GET", reverse("audit:log")),
    ]
    for person in NO_NOTES:
        for method, address in asked:
            response = asking.ask(person, method, address)
            assert response.status_code in (403, 404) or person in ("governance", "between")
            yield f"{person}: {address}", text_of(response)
