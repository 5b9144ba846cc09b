"""The second half of the main job, as people do it: approve, issue, read, decide; admins look."""

import io

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from practicelens.people.models import Unit
from reports.briefings import compose, quotations_in
from reports.models import Briefing, Decision, Recommendation, Release
from reports.periods import month_of
from tests.browser.conftest import LAPTOP
from tests.browser.pages.page import person

pytestmark = pytest.mark.usefixtures("seeded")

TABLET = {"width": 820, "height": 1180}


def waiting_for_approval():
    return Briefing.objects.exclude(sent_at=None).get(approved_at=None)


def test_a_briefing_is_approved_issued_and_read(visit):
    briefing = waiting_for_approval()
    approver = visit(person("mererid"), briefing.get_absolute_url(), size=LAPTOP)
    approver.get_by_role("button", name="Approve").click()
    expect(approver.get_by_text("to issue it")).to_be_visible()
    page = visit(person("marian"), briefing.get_absolute_url(), size=LAPTOP)
    page.get_by_role("link", name="Check and issue").click()
    page.get_by_role("button", name="Issue it now").click()

    briefing.refresh_from_db()
    assert briefing.is_issued
    leader = visit(person("sanjay"), "/reports/briefings/")
    leader.get_by_role("link", name=f"{briefing.month:%B %Y}").first.click()
    expect(leader.get_by_role("heading", level=1)).to_have_text(briefing.content["title"])
    assert leader.get_by_role("link", name="Issue it again").count() == 0


def test_the_contents_of_an_issue_stay_in_sight_on_a_tablet(visit):
    briefing = Briefing.objects.standing().order_by("-month", "pk").first()
    page = visit(person("ruth"), briefing.get_absolute_url(), size=TABLET)
    contents = page.get_by_role("navigation", name="In this issue")

    contents.get_by_role("link", name="Annex").click()

    expect(contents.get_by_role("link", name="Annex")).to_be_in_viewport()
    shown, heading = contents.bounding_box(), page.locator("#annex-title").bounding_box()
    assert heading["y"] >= shown["y"] + shown["height"]


def test_the_paper_of_an_issue_is_the_one_that_was_issued(visit):
    briefing = Briefing.objects.standing().order_by("-month", "pk").first()
    page = visit(person("ruth"), briefing.get_absolute_url())

    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").first.click()
    paper = PdfReader(io.BytesIO(download.value.path().read_bytes()))

    words = "".join(sheet.extract_text() for sheet in paper.pages)
    assert briefing.sha256[:12] in words


def test_a_leader_decides_with_a_reason_and_a_date(visit):
    recommendation = (
        Recommendation.objects.issued().filter(decision=None, owner=person("ruth")).first()
    )
    page = visit(person("ruth"), "/reports/recommendations/")
    page.get_by_role("link", name=recommendation.question).click()

    page.get_by_role("button", name="Save this decision").click()
    expect(page.get_by_role("alert")).to_contain_text("to put right")

    page.get_by_label("Not now").check()
    page.get_by_label("Why, and what happens next").fill("After the budget is settled.")
    page.get_by_role("button", name="Save this decision").click()

    expect(page.get_by_text("After the budget is settled.").first).to_be_visible()
    assert Decision.objects.get(recommendation=recommendation).answer == Decision.Answer.NOT_NOW


def test_a_practice_leader_changes_the_words_of_a_draft(visit):
    service = Unit.objects.get(parent=None)
    draft = compose(unit=service, month=month_of(timezone.localdate()), by=person("marian"))
    page = visit(person("marian"), f"{draft.get_absolute_url()}parts/answers/", size=LAPTOP)

    page.get_by_label("What are we doing").fill("We start reviews with the family's page.")
    with page.expect_response(lambda response: "/parts/answers/" in response.url):
        page.get_by_role("button", name="Save").first.click()

    draft.refresh_from_db()
    assert draft.doing == "We start reviews with the family's page."


def test_a_practice_leader_lets_quotations_go_with_every_tick(visit):
    service = Unit.objects.get(parent=None)
    draft = compose(unit=service, month=month_of(timezone.localdate()), by=person("marian"))
    passages = draft.findings.filter(evidence__is_quoted=True).values("evidence__passage")
    Release.objects.filter(passage__in=passages).update(withdrawn_at=timezone.now())
    page = visit(person("marian"), f"{draft.get_absolute_url()}release/")
    choices = page.get_by_role("radio", name="Release it")
    waiting = choices.count()

    for choice in choices.all():
        choice.check()
    if page.get_by_role("checkbox").count():
        page.get_by_role("button", name="Save what you decided").click()
        expect(page.get_by_role("alert")).to_contain_text("once you have looked at it")
    for tick in page.get_by_role("checkbox").all():
        tick.check()
    page.get_by_role("button", name="Save what you decided").click()

    expect(page.get_by_text("Every quotation is released.")).to_be_visible()
    assert waiting
    assert all(each.release for each in quotations_in(draft))


@pytest.mark.parametrize(
    ("who", "door"),
    [
        ("joel", "Frameworks"),
        ("joel", "Standards"),
        ("joel", "What changed"),
        ("lee", "People"),
        ("lee", "Teams and services"),
        ("lee", "Background jobs"),
        ("fiona", "Audit log"),
    ],
)
def test_admins_find_their_doors_open(visit, who, door):
    page = visit(person(who), "/", size=LAPTOP)
    page.get_by_role("navigation", name="Main", exact=True).get_by_role("link", name=door).click()

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("nav[aria-label=Main] [aria-current=page]")).to_have_text(door)
