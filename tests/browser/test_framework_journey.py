"""From an empty framework to its second version, while notes go on; and moving by keys alone."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from frameworks.models import Criterion, Framework, FrameworkVersion
from frameworks.versions import actions
from observations.models import Observation
from practicelens.people.models import Role
from reports.cells.rollup import recount_all
from tests.browser import axe
from tests.browser.conftest import LAPTOP
from tests.browser.test_access import SIDEWAYS
from tests.browser.test_observing import choose, follow, heading, is_told, press, status_of, tick
from tests.factories import (
    LEVELS,
    CauseFactory,
    CriterionFactory,
    DomainFactory,
    FrameworkVersionFactory,
    ObservationFactory,
    RatingFactory,
    RoleFactory,
    ScaleFactory,
)
from tests.reports.factories import BriefingFactory, issue

pytestmark = pytest.mark.django_db(transaction=True)

FIRST_OF_JUNE = date(2026, 6, 1)
FIRST_OF_AUGUST = date(2026, 8, 1)

ARRIVING = "Arriving and being met"
DECIDING = "Deciding together"
SAYS_WHO = "Everyone says who they are"
DOUBT = "Doubt and strengths are said aloud"
IN_TURN = "Parents speak in turn"
IN_OWN_WORDS = "Plans are in the family’s words"
CHAIRS = "Chairs are set in a ring"

STRENGTHS = "Strengths are said aloud"
DOUBT_ALONE = "Doubt is said aloud"
HEARD_AND_WRITTEN = "What parents say is what is written"


@pytest.fixture
def clock(monkeypatch):
    """Puts the product, and what serves its pages, at ten in the morning of a day."""

    def at(day):
        moment = datetime(day.year, day.month, day.day, 10, tzinfo=ZoneInfo("Europe/London"))
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return at


# The admin's part


def begin_a_framework(page):
    page.get_by_label("Name").fill("Meeting families")
    page.get_by_label("What it is for, in a sentence or two").fill("How we meet families here.")
    choose(page, "Whose framework it is", "Harrow Children's Service")
    choose(page, "The words for how far something was seen", "Five words")
    press(page, "Begin it")
    expect(page.get_by_role("heading", name="Nothing in it yet")).to_be_visible()
    expect(page.get_by_role("link", name="Add a domain").first).to_be_visible()


def add_a_domain(page, name):
    page.get_by_role("link", name="Add a domain", exact=True).last.click()
    page.get_by_label("Name").fill(name)
    press(page, "Add it")
    is_told(page, f"{name} is added.")


def add_a_criterion(page, domain, name):
    page.get_by_role("link", name=re.compile(f"Add a criterion to .*{domain}")).click()
    page.get_by_label("What good looks like, in one sentence").fill(name)
    page.get_by_label("What to look for").fill(f"Who did what? {name}.")
    for _, level in LEVELS:
        page.get_by_label(f"{level}: what it looks like here", exact=True).fill(f"{level}. {name}.")
    press(page, "Add it")
    is_told(page, f"{name} is added.")


def publish(page, note, day=None):
    page.get_by_role("link", name="Check and publish").click()
    page.get_by_label("What changes, and why").fill(note)
    if day:
        for box, number in [("Day", day.day), ("Month", day.month), ("Year", day.year)]:
            page.get_by_label(box, exact=True).fill(str(number))
    page.get_by_role("button", name="Publish version").click()
    is_told(page, "is published")


def build_the_first(page):
    begin_a_framework(page)
    add_a_domain(page, ARRIVING)
    add_a_criterion(page, ARRIVING, SAYS_WHO)
    add_a_criterion(page, ARRIVING, DOUBT)
    add_a_domain(page, DECIDING)
    for name in (IN_TURN, IN_OWN_WORDS, CHAIRS):
        add_a_criterion(page, DECIDING, name)
    expect(page.get_by_text("Every criterion has its levels described")).to_be_visible()


def reword(page, old, new):
    page.get_by_role("link", name=old, exact=True).click()
    page.get_by_label("What good looks like, in one sentence").fill(new)
    press(page, "Save")
    is_told(page, "Saved.")


def split_in_two(page):
    page.get_by_role("link", name=DOUBT, exact=True).click()
    press(page, "Copy it")
    page.get_by_label("What good looks like, in one sentence").fill(STRENGTHS)
    press(page, "Save")
    is_told(page, "Saved.")
    reword(page, DOUBT, DOUBT_ALONE)


def delete(page, name):
    page.get_by_role("link", name=name, exact=True).click()
    press(page, "Delete it")
    expect(page.get_by_role("status").filter(has_text=f"{name} is deleted")).to_be_visible()


def row_of(page, name):
    return page.locator("fieldset", has=page.locator("legend", has_text=name))


def comes_from(page, name, *olds):
    row = row_of(page, name)
    boxes = row.locator("select")
    if not boxes.first.is_visible():
        row.locator("summary").click()
    for at in range(boxes.count()):
        boxes.nth(at).select_option(label=olds[at] if at < len(olds) else "Nothing")


def say_the_lineage(page):
    page.get_by_role("link", name=re.compile("criteria need their lineage")).click()
    comes_from(page, DOUBT_ALONE, f"1.2 {DOUBT}")
    comes_from(page, STRENGTHS, f"1.2 {DOUBT}")
    comes_from(page, HEARD_AND_WRITTEN, f"2.1 {IN_TURN}", f"2.2 {IN_OWN_WORDS}")
    page.get_by_role("button", name="Save", exact=True).click()
    is_told(page, "still to confirm")
    expect(row_of(page, STRENGTHS)).to_contain_text("Split from 1.2")
    expect(row_of(page, DOUBT_ALONE)).to_contain_text("Split from 1.2")
    expect(row_of(page, HEARD_AND_WRITTEN)).to_contain_text("Merged from 2.1 and 2.2")
    expect(page.get_by_label(f"1.2 {DOUBT}: its trend carries on in")).to_have_value("")
    for box in page.get_by_role("checkbox", name=re.compile("is right")).all():
        box.check()
    page.get_by_role("button", name="Save", exact=True).click()
    is_told(page, "Saved. Every criterion has its lineage.")


def change_to_the_second(page):
    press(page, "Start the next version")
    split_in_two(page)
    reword(page, IN_TURN, HEARD_AND_WRITTEN)
    delete(page, IN_OWN_WORDS)
    delete(page, CHAIRS)
    say_the_lineage(page)
    expect(page.get_by_text("Every criterion has its levels described")).to_be_visible()


# The practice leader's part


def quick_note(page):
    choose(page, "Which team?", "River (Help and protection)")
    choose(page, "What kind of work?", "Home visit")
    page.get_by_label("One thing you saw").fill("The worker said who she was at the door.")
    press(page, "Save this quick note")
    expect(page.get_by_role("link", name="Where and who").first).to_be_visible()


def say_where(page):
    follow(page, "Where and who")
    choose(page, "Whose practice was it?", "Priya Nair")
    page.get_by_label("How long?").fill("40")
    choose(page, "Where was it?", "Family home")
    tick(page, "Morning", "In person", "Shadowed in person", "Mother", "Social worker")
    tick(page, "Asked, and agreed")
    press(page, "Save and go back to the list")


def rate_all(page, *codes):
    """Evident for every criterion."""
    follow(page, "What was seen, by criterion")
    expect(page.get_by_text("Meeting families, version 1").first).to_be_visible()
    for code in codes:
        rating = page.get_by_role("group", name=f"{code} ")
        tick(rating, "Evident")
        rating.get_by_label("Passage 1").first.check()
    press(page, "Save and go back to the list")


def finish(page):
    say_where(page)
    rate_all(page, "1.1", "1.2", "2.1", "2.2", "2.3")
    expect(status_of(page, "What was seen, by criterion")).to_contain_text("5 of 5 seen")
    follow(page, "My reflection")
    page.get_by_label("Your part in what happened").fill("They sat straighter.")
    press(page, "Save and go back to the list")
    expect(page.get_by_role("heading", name="Ready to submit")).to_be_visible()
    follow(page, "Check and submit")
    press(page, "Submit this observation")
    is_told(page, "Submitted. It counts from now on.")


@pytest.fixture
def seen_too(team, psw, practitioner):
    """Makes more notes of a day, in which every criterion of the version in use was evident.

    Each is about somebody else, so that leaders may be told of them.
    """
    others = [RoleFactory(kind=Role.Kind.PRACTITIONER, unit=team).user for _ in range(5)]

    def make(day, times):
        version = FrameworkVersion.objects.live_for(team, day)
        for observed in [practitioner, *others][:times]:
            note = ObservationFactory(
                unit=team,
                observer=psw,
                practitioner=observed,
                framework_version=version,
                observed_on=day,
                submitted=True,
            )
            RatingFactory.create_batch(version.criteria.count(), observation=note)

    return make


def version(number):
    return Framework.objects.get(code="meeting-families").versions.get(number=number)


def test_a_framework_is_built_published_and_changed_while_notes_go_on(
    visit, clock, framework_admin, psw, team, service, leader, seen_too
):
    ScaleFactory(), CauseFactory()
    clock(FIRST_OF_JUNE)
    admin = visit(framework_admin, "/framework/new/", size=LAPTOP)
    build_the_first(admin)
    publish(admin, "The first version.")
    assert actions.announce_due() == 1

    clock(date(2026, 6, 9))
    phone = visit(psw, "/observations/quick-note/")
    quick_note(phone)
    finish(phone)
    seen_too(date(2026, 6, 16), 5)

    clock(date(2026, 7, 30))
    phone = visit(psw, "/observations/quick-note/")
    quick_note(phone)
    begun = phone.url
    admin = visit(framework_admin, "/framework/meeting-families/", size=LAPTOP)
    change_to_the_second(admin)
    publish(admin, "Doubt and strengths are two things.", FIRST_OF_AUGUST)
    expect(admin.get_by_text("Published, not yet in use").first).to_be_visible()

    clock(date(2026, 8, 4))
    assert actions.announce_due() == 1
    assert FrameworkVersion.objects.live_for(team) == version(2)
    phone = visit(psw, begun)
    finish(phone)
    expect(phone.get_by_text(SAYS_WHO).first).to_be_visible()
    expect(phone.get_by_text(CHAIRS).first).to_be_visible()
    assert Observation.objects.filter(framework_version=version(1), submitted_at=None).count() == 0
    phone.goto("/observations/quick-note/")
    quick_note(phone)
    assert Observation.objects.get(submitted_at=None).framework_version == version(2)
    seen_too(date(2026, 8, 5), 6)
    recount_all()

    assert lineage_of_the_second() == {
        ("1.1", "1.1", "same"),
        ("1.2", "1.2", "split"),
        ("1.2", "1.3", "split"),
        ("2.1", "2.1", "merged"),
        ("2.2", "2.1", "merged"),
        ("2.3", None, "dropped"),
    }
    look_at_the_trends(visit, psw)
    clock(date(2026, 9, 2))
    briefing = BriefingFactory(unit=service, month=FIRST_OF_AUGUST, written_by=psw)
    look_as_the_leader(visit(leader, issue(briefing).get_absolute_url(), size=LAPTOP))


def lineage_of_the_second():
    rows = version(2).lineage.select_related("earlier", "later")
    return {
        (row.earlier.code, row.later and row.later.code, row.kind)
        for row in rows
        if row.confirmed_at
    }


def trend_of(visit, user, number, code):
    """The page of a criterion's counts, and the chart of its months."""
    criterion = version(number).criteria.get(code=code)
    page = visit(user, f"/reports/summary/criteria/{criterion.pk}/?unit=help", size=LAPTOP)
    expect(heading(page)).to_have_text(criterion.name)
    return page, page.locator("figure", has=page.locator("#run-title"))


def look_at_the_trends(visit, psw):
    _, same = trend_of(visit, psw, 2, "1.1")
    expect(same.locator(".pl-figure__wide")).to_contain_text("Version 2, same words")
    same.locator("summary").click()
    # Six in June; one in July, begun then on version 1 and finished after; six in August so far.
    for month, count in [("Jun 2026", "6"), ("Jul 2026", "1"), ("Aug 2026", "6 so far")]:
        row = same.get_by_role("row").filter(has_text=month)
        expect(row.get_by_role("cell").first).to_have_text(count)
    joined = same.get_by_role("row").filter(has_text="Aug 2026")
    expect(joined.get_by_role("cell").last).to_have_text("Version 2, same words")
    _, old = trend_of(visit, psw, 1, "1.2")
    expect(old).to_contain_text(
        "1.2 was split into 1.2 and 1.3 on 1 August 2026: its trend ends there."
    )
    expect(old.locator(".pl-figure__wide")).to_contain_text("Version 2, the trend ends")
    _, half = trend_of(visit, psw, 2, "1.3")
    expect(half).to_contain_text("1.3 was split from 1.2 on 1 August 2026: its trend begins there.")
    _, merged = trend_of(visit, psw, 2, "2.1")
    expect(merged).to_contain_text("2.1 was merged from 2.1 and 2.2 on 1 August 2026")
    page, dropped = trend_of(visit, psw, 1, "2.3")
    expect(dropped).to_contain_text("2.3 was dropped on 1 August 2026: its trend ends there.")
    expect(page.get_by_text("In version 1 only: it was dropped in version 2")).to_be_visible()


def look_as_the_leader(page):
    """Thirteen notes: seven on version 1, six on version 2, all of them evident."""
    used = page.locator("figure").filter(has_text="Observations at each level, of 13 in all")
    used.locator("summary").click()
    for name, seen, not_seen in [
        (SAYS_WHO, "13", "none"),
        (DOUBT_ALONE, "6", "7"),
        (STRENGTHS, "6", "7"),
        (HEARD_AND_WRITTEN, "6", "7"),
    ]:
        cells = used.get_by_role("row").filter(has_text=name).get_by_role("cell")
        expect(cells.first).to_have_text(seen)
        expect(cells.last).to_have_text(not_seen)
    expect(used).to_contain_text("Asked about since 1 August 2026")
    for name, became in [
        (DOUBT, "split"),
        (IN_TURN, "merged"),
        (IN_OWN_WORDS, "merged"),
        (CHAIRS, "dropped"),
    ]:
        expect(used).to_contain_text(f"“{name}” (in version 1 only: it was {became} in version 2)")


# By keys alone


@pytest.fixture
def address(organisation):
    """Where a draft of three criteria in one domain is changed."""
    draft = FrameworkVersionFactory(framework__unit=organisation, draft=True, bare=True)
    CriterionFactory.create_batch(3, domain=DomainFactory(version=draft))
    return f"/framework/{draft.framework.code}/draft/"


@pytest.fixture
def editor(visit, framework_admin, address):
    """The draft on a phone of 320 pixels."""
    return visit(framework_admin, address)


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def by_keys(request, visit, framework_admin, address):
    return visit(framework_admin, address, scripts=request.param)


NAME = """el => el.getAttribute("aria-label") || el.labels?.[0]?.textContent || el.textContent"""


def tab_to(page, name):
    focused = page.locator(":focus")
    for _ in range(80):
        page.keyboard.press("Tab")
        if focused.evaluate(NAME).strip() == name:
            return
    raise AssertionError(f"Tab never comes to {name}")


def names_in_order():
    return [each.name for each in Criterion.objects.order_by("position")]


def test_a_criterion_is_moved_by_keys_alone_and_keeps_the_focus(by_keys):
    tab_to(by_keys, "Move down: Criterion 1.1")
    for place, button in [(2, "Move down: Criterion 1.1"), (3, "Move up: Criterion 1.1")]:
        by_keys.keyboard.press("Enter")
        moved = by_keys.get_by_role("button", name=button)
        expect(moved).to_be_focused()
        expect(moved).to_be_in_viewport()
        expect(moved).to_have_accessible_description(f"Moved to {place} of 3")
        expect(by_keys.get_by_role("status")).to_have_text(f"Moved to {place} of 3")
    assert names_in_order() == ["Criterion 1.2", "Criterion 1.3", "Criterion 1.1"]

    by_keys.keyboard.press("Space")

    expect(by_keys.get_by_role("status")).to_have_text("Moved to 2 of 3")
    assert names_in_order() == ["Criterion 1.2", "Criterion 1.1", "Criterion 1.3"]


def test_a_criterion_is_put_at_a_place_by_keys_alone(by_keys):
    tab_to(by_keys, "Criterion 1.3")
    by_keys.keyboard.press("Enter")
    expect(by_keys.get_by_label("Place", exact=True)).to_be_visible()
    tab_to(by_keys, "Place")
    by_keys.keyboard.type("1")
    by_keys.keyboard.press("Enter")

    expect(by_keys.get_by_role("button", name="Move down: Criterion 1.3")).to_be_focused()
    expect(by_keys.get_by_role("status")).to_have_text("Moved to 1 of 3")
    assert names_in_order() == ["Criterion 1.3", "Criterion 1.1", "Criterion 1.2"]


def test_the_editor_breaks_no_rule_of_wcag_and_scrolls_one_way(editor):
    assert axe.violations(editor) + editor.evaluate(SIDEWAYS) == []

    press(editor, "Move down: Criterion 1.1")
    expect(editor.get_by_role("status")).to_have_text("Moved to 2 of 3")
    assert axe.violations(editor) + editor.evaluate(SIDEWAYS) == []

    editor.get_by_role("link", name="Criterion 1.2").click()
    expect(editor.get_by_label("What to look for")).to_be_visible()
    assert axe.violations(editor) + editor.evaluate(SIDEWAYS) == []
