"""Eight notes in all, and one that matters: it reaches the lane, is kept, and is in the briefing."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from observations.models import EarlySign, Observation
from observations.notes import coding
from tests.factories import ObservationFactory, PassageFactory

pytestmark = pytest.mark.django_db(transaction=True)

PLAIN = [
    "The worker asked what the family wanted from the meeting.",
    "The chair wrote the plan in the words of the family.",
    "The form timed out and the visit began late.",
    "The nurse explained each test before it was done.",
    "Supervision stayed with one child for an hour.",
    "The aunt was rung before the meeting and came.",
    "Two dates in the plan had passed and were put right.",
]
MATTERS = "When we left, the boy was sitting on the wall with his coat packed in a bag."


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request):
    return request.param


def press(page, name):
    page.get_by_role("button", name=name).click()


def follow(page, name):
    page.get_by_role("link", name=name).first.click()


def seven_notes(team, psw):
    day = timezone.localdate().replace(day=1) - timezone.timedelta(days=1)
    for text in PLAIN:
        note = ObservationFactory(unit=team, observer=psw, submitted=True, observed_on=day)
        note.refresh_from_db()
        PassageFactory(observation=note, text=text)
        coding.code(observation=note)
    return day


def test_one_that_matters_among_eight_notes_reaches_the_lane_and_the_briefing(
    visit, scripts, psw, team, service, framework_version
):
    day = seven_notes(team, psw)
    draft = ObservationFactory(
        unit=team, observer=psw, observed_on=day, reflection_effect="They sat straighter."
    )
    page = visit(psw, f"/observations/{draft.key}/entries/passages/", scripts=scripts)

    write_and_mark(page)
    submit(page, draft)
    # As the worker does, once it is nudged.
    coding.code(observation=Observation.objects.get(pk=draft.pk))
    keep(page)

    compose(page)
    expect(page.get_by_role("heading", name="Finding 1 of 1")).to_be_visible()
    expect(page.get_by_label("The claim, in one sentence")).to_have_value(
        "Seen once, and it may matter: A child expected to be moved, and nobody knew"
    )
    evidence = page.get_by_role("region", name="Evidence")
    expect(evidence).to_contain_text(MATTERS)
    assert EarlySign.objects.get().state == "kept"


def write_and_mark(page):
    page.get_by_label("What happened?").fill(MATTERS)
    page.get_by_label("Seen", exact=True).check()
    page.get_by_label("This may matter on its own, whatever the rest adds up to").check()
    press(page, "Save and go back to the list")
    expect(page.get_by_role("heading", level=1)).to_have_text("Home visit, River")


def submit(page, draft):
    page.goto(f"/observations/{draft.key}/check/")
    expect(page.get_by_text("That you marked one passage as an early sign")).to_be_visible()
    press(page, "Submit this observation")
    expect(page.get_by_role("alert").filter(has_text="It counts from now on")).to_be_visible()


def keep(page):
    page.goto("/")
    expect(page.get_by_text("1 early sign is waiting.")).to_be_visible()
    follow(page, "keep it open, add it to a theme or close it")
    expect(page.get_by_role("article")).to_have_count(1)
    expect(page.get_by_role("article")).to_contain_text("Flagged by the observer")
    follow(page, "Keep")
    page.get_by_label("Why it may matter, if you want to say").fill(
        "A child expected to be moved, and nobody knew"
    )
    press(page, "Keep it")
    expect(page.locator(".pl-last")).to_contain_text("Kept open: “When we left")


def compose(page):
    page.goto("/reports/briefings/compose/")
    page.get_by_label("For which part of the service?").select_option(label="Help and protection")
    page.get_by_role("button", name="Draft it now").click()
    follow(page, "Seen once, and it may matter")


def test_one_is_parked_with_a_reason_and_undone_by_keyboard(visit, scripts, psw, team):
    note = ObservationFactory(unit=team, observer=psw, submitted=True)
    note.refresh_from_db()
    PassageFactory(observation=note, text="The chair made a racist remark about the cousins.")
    coding.code(observation=note)
    page = visit(psw, "/observations/early-signs/", scripts=scripts)
    expect(page.locator("mark")).to_have_text("racist")

    page.get_by_role("link", name="Close").press("Enter")
    press(page, "Close it")
    expect(page).to_have_title(re.compile("^Error:"))
    page.get_by_label("Why it can be closed").fill("The chair has been spoken to.")
    press(page, "Close it")
    expect(page.locator(".pl-last")).to_contain_text("Closed: “The chair made")

    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.get_by_role("region", name="What was done about it")).to_contain_text(
        "Closed. The chair has been spoken to."
    )
    assert EarlySign.objects.get().state == "open"
