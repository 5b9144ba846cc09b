"""An observer on a phone reads a framework in its second language, and goes back to the first."""

import pytest
from playwright.sync_api import expect

from observations.models import Rating
from tests.browser.axe import violations
from tests.browser.test_observing import press
from tests.factories import ObservationFactory, SecondLanguageFactory, SecondWordingFactory

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = {
    "Criterion 1.1": "E mōhio ana te whānau",
    "Emerging": "Kua tīmata",
    "Emerging for 1.1": "I hoatu ngā ingoa",
}
TYPED = "She said who I was before she sat down."


@pytest.fixture
def draft(framework_version, team, psw, practitioner):
    language = SecondLanguageFactory(version=framework_version)
    for first, second in WORDS.items():
        SecondWordingFactory(language=language, first=first, second=second)
    return ObservationFactory(unit=team, observer=psw, practitioner=practitioner)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_criterion_is_rated_in_the_second_words_and_found_again_in_the_first(
    visit, psw, draft, scripts
):
    page = visit(psw, f"{draft.get_absolute_url()}sections/ratings-1/", scripts=scripts)
    page.get_by_label("In a line").first.fill(TYPED)
    press(page, "te reo Māori")

    criterion = page.get_by_role("group", name="1.1 E mōhio ana te whānau")
    expect(criterion.get_by_label("In a line")).to_have_value(TYPED)
    level = criterion.get_by_role("radio", name="Kua tīmata")
    expect(level).to_have_accessible_description("I hoatu ngā ingoa")
    expect(page.get_by_text("are not in te reo Māori yet")).to_be_visible()
    level.check()
    look_for_faults(page, scripts)
    page.get_by_role("button", name="English", exact=True).click()

    criterion = page.get_by_role("group", name="1.1 Criterion 1.1")
    expect(criterion.get_by_role("radio", name="Emerging")).to_be_checked()
    expect(criterion.get_by_label("In a line")).to_have_value(TYPED)
    look_for_faults(page, scripts)
    rating = Rating.objects.get(criterion__code="1.1")
    assert (rating.level.code, rating.evidence) == ("emerging", TYPED)


def look_for_faults(page, scripts):
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    if scripts:
        assert violations(page) == []


def test_enter_in_a_form_saves_it_and_chooses_no_language(visit, psw, draft):
    page = visit(psw, f"{draft.get_absolute_url()}sections/where/", scripts=False)
    page.get_by_label("How long?").fill("40")
    page.get_by_label("How long?").press("Enter")

    page.wait_for_url(f"**{draft.get_absolute_url()}")
    psw.refresh_from_db()
    assert psw.reads_in == ""
    draft.refresh_from_db()
    assert draft.minutes == 40
