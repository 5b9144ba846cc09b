"""What a writer sees while they write: an empty box first, room for the words, what is saved."""

import uuid

import pytest
from playwright.sync_api import expect

from tests.browser.test_observing import follow, press
from tests.factories import PassageFactory
from tests.observations.test_drafting import finish

pytestmark = pytest.mark.django_db(transaction=True)

MANY_LINES = "\n".join(f"Line {number} of what was seen." for number in range(30))


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request):
    return request.param


def box(page):
    return page.get_by_label("What happened?")


def test_another_passage_opens_at_its_empty_box(visit, scripts, psw, draft):
    PassageFactory.create_batch(6, observation=draft, text=MANY_LINES)
    page = visit(psw, f"{draft.get_absolute_url()}entries/passages/", scripts=scripts)

    follow(page, "Add another passage")

    expect(page.get_by_role("heading", name="Passage 7")).to_be_in_viewport(ratio=1)
    expect(box(page)).to_be_in_viewport(ratio=0.9)
    expect(box(page)).to_have_value("")
    expect(page.get_by_text("Line 3 of").first).to_be_hidden()


def test_saving_one_and_beginning_another_opens_there_too(visit, scripts, psw, draft):
    PassageFactory.create_batch(2, observation=draft, text=MANY_LINES)
    page = visit(
        psw, f"{draft.get_absolute_url()}entries/passages/{uuid.uuid4()}/", scripts=scripts
    )
    box(page).fill("The third.")

    press(page, "Add another passage")

    expect(page.get_by_role("heading", name="Passage 4")).to_be_in_viewport(ratio=1)
    expect(box(page)).to_be_in_viewport(ratio=0.9)


def test_a_box_grows_with_its_words(visit, psw, draft):
    page = visit(psw, f"{draft.get_absolute_url()}entries/passages/{uuid.uuid4()}/")
    before = box(page).bounding_box()["height"]

    box(page).fill(MANY_LINES)

    assert box(page).bounding_box()["height"] > 2 * before
    assert box(page).evaluate("box => box.scrollHeight <= box.clientHeight + 1")


def test_a_box_grows_by_script_where_styles_cannot(visit, psw, draft):
    page = visit(psw)
    page.add_init_script("CSS.supports = () => false")
    page.goto(f"{draft.get_absolute_url()}entries/passages/{uuid.uuid4()}/")
    page.evaluate(
        "document.querySelectorAll('textarea').forEach(box => box.style.fieldSizing = 'fixed')"
    )

    box(page).fill(MANY_LINES)

    assert box(page).evaluate("box => box.scrollHeight <= box.clientHeight + 1")


def test_what_is_saved_stays_in_view(visit, psw, draft):
    page = visit(psw, f"{draft.get_absolute_url()}entries/passages/{uuid.uuid4()}/")

    box(page).fill(MANY_LINES)
    page.get_by_role("button", name="Save and go back").scroll_into_view_if_needed()

    expect(page.locator("[data-save-words]")).to_contain_text("Saved")
    expect(page.locator("[data-save-status]")).to_be_in_viewport(ratio=1)


def test_a_cause_is_asked_for_beside_a_miss_alone(visit, scripts, psw, draft):
    page = visit(psw, f"{draft.get_absolute_url()}sections/ratings-1/", scripts=scripts)
    criterion = page.get_by_role("group", name="1.1 ")
    cause = criterion.get_by_label("If missed: what got in the way?")
    expect(cause).to_be_hidden()

    criterion.get_by_label("Opportunity missed").check()
    expect(cause).to_be_visible()

    criterion.get_by_label("Not seen").check()
    expect(cause).to_be_hidden()


def test_back_after_submitting_says_what_happened(visit, scripts, psw, draft):
    finish(draft)
    page = visit(psw, f"{draft.get_absolute_url()}check/", scripts=scripts)
    press(page, "Submit this observation")
    expect(page.get_by_text("Submitted. It counts from now on.")).to_be_visible()

    page.go_back()

    expect(page.get_by_text("Submitted on ")).to_be_visible()
    expect(page.get_by_role("button", name="Submit this observation")).to_have_count(0)
