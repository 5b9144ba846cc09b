"""From a quick note in a car park to the practitioner's answer, as people do it on a small phone."""

import re

import pytest
from playwright.sync_api import expect

from observations.models import Observation
from tests.factories import ObservationFactory, PassageFactory

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "look closely together"


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request):
    return request.param


def press(page, name):
    page.get_by_role("button", name=name).click()


def follow(page, name):
    page.get_by_role("link", name=name).first.click()


def choose(page, label, value):
    page.get_by_label(label, exact=True).select_option(label=value)


def tick(place, *labels):
    for label in labels:
        place.get_by_label(label, exact=True).check()


def heading(page):
    return page.get_by_role("heading", level=1)


def status_of(page, task):
    return page.get_by_role("listitem").filter(has=page.get_by_role("link", name=task))


def is_told(page, words):
    expect(page.get_by_role("alert").filter(has_text=words)).to_be_visible()


def sign_in(page, user):
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Sign in")


@pytest.fixture
def people(psw, practitioner):
    for user in (psw, practitioner):
        user.set_password(PASSWORD)
        user.save()


def test_a_quick_note_grows_into_an_observation_that_is_answered(
    visit, scripts, people, psw, practitioner, framework_version, team
):
    page = visit(scripts=scripts)
    sign_in(page, psw)
    quick_note(page)
    say_where(page)
    write_what_was_heard(page)
    settle_the_name(page)
    rate(page)
    write_the_rest(page)
    submit_and_share(page)

    disagree(visit(practitioner, "/observations/shared-with-me/", scripts=scripts))

    page.reload()
    answer = page.get_by_role("region", name="The practitioner’s reply")
    expect(answer).to_contain_text("Disagreed")
    expect(answer).to_contain_text("I did ask her, on the way in.")


def quick_note(page):
    page.goto("/observations/quick-note/")
    choose(page, "Which team?", "River (Help and protection)")
    choose(page, "What kind of work?", "Core group")
    page.get_by_label("One thing you saw").fill("Mum was talked over twice before she was asked.")
    press(page, "Save this quick note")
    expect(heading(page)).to_have_text("Core group, River")
    expect(page.get_by_role("link", name="Seven things left")).to_be_visible()
    expect(page.get_by_role("link", name="Say how you observed it")).to_be_visible()


def say_where(page):
    follow(page, "Where and who")
    choose(page, "Whose practice was it?", "Priya Nair")
    page.get_by_label("How long?").fill("55")
    choose(page, "Where was it?", "Office")
    tick(page, "Morning", "In person", "Shadowed in person", "Mother", "Social worker", "Health")
    tick(page, "Asked, and agreed")
    press(page, "Save and go back to the list")
    expect(status_of(page, "Where and who")).to_contain_text("Shadowed in person, 55 minutes")
    expect(status_of(page, "Where and who")).to_contain_text("Done")


def write_what_was_heard(page):
    follow(page, "What was seen and heard")
    follow(page, "Add another passage")
    page.get_by_label("What happened?").fill(
        "The worker wanted the school run to stay with the aunt. Leanne said mornings had been "
        "calmer since they shared it, and the chair wrote that into the plan."
    )
    tick(page, "Heard")
    press(page, "Save and go back to the list")
    expect(status_of(page, "What was seen and heard")).to_contain_text("1 to check")


def settle_the_name(page):
    follow(page, "What was seen and heard")
    follow(page, "Change passage 2")
    question = page.get_by_role("region", name="Is this a name?")
    expect(question.locator("mark")).to_have_text("Leanne")
    question.get_by_label("Your own words").fill("the mother")
    question.get_by_role("button", name="with your own words").click()
    is_told(page, "Replaced with “the mother”")
    expect(page.get_by_label("What happened?")).to_have_value(re.compile("aunt. The mother said"))
    expect(question).to_have_count(0)
    press(page, "Save and go back to the list")


def rate(page):
    follow(page, "What was seen, by criterion")
    seen, missed = page.get_by_role("group", name="1.1 "), page.get_by_role("group", name="1.2 ")
    tick(seen, "Evident")
    tick(missed, "Opportunity missed")
    press(page, "Save and go back to the list")
    summary = page.locator("[data-error-summary]")
    expect(summary).to_contain_text("1.1: say what shows it, or choose Not seen")
    expect(summary).to_contain_text("1.2: say what got in the way")
    seen.get_by_label("Passage 2, heard").check()
    missed.get_by_label("If missed: what got in the way?").select_option(label="No time")
    press(page, "Save and go on: The meeting")
    expect(heading(page)).to_have_text("The meeting")
    follow(page, "Core group, River")
    expect(status_of(page, "What was seen, by criterion")).to_contain_text(
        "2 of 3 seen, 1 not seen"
    )


def write_the_rest(page):
    follow(page, "The meeting")
    page.get_by_label("Mother", exact=True).fill("9")
    page.get_by_label("Social worker", exact=True).fill("21")
    choose(page, "Who was asked first?", "Social worker")
    tick(page, "To the family")
    press(page, "Save and go back to the list")
    expect(status_of(page, "The meeting")).to_contain_text("30 minutes of talk noted")

    follow(page, "What helped and got in the way")
    choose(page, "What was it?", "Forms and templates")
    tick(page, "Got in the way")
    page.get_by_label("Time lost or gained").fill("12")
    press(page, "Save and go back to the list")

    follow(page, "What people said")
    choose(page, "Who said it?", "Mother")
    page.get_by_label("What they said").fill("I knew who everybody was this time.")
    press(page, "Save and go back to the list")

    expect(page.get_by_role("heading", name="One thing left")).to_be_visible()
    follow(page, "Say what your presence may have changed")
    page.get_by_label("Your part in what happened").fill("They sat straighter.")
    press(page, "Save and go back to the list")


def submit_and_share(page):
    expect(page.get_by_role("heading", name="Ready to submit")).to_be_visible()
    follow(page, "Check and submit")
    expect(page.get_by_role("heading", name="What Priya Nair will see")).to_be_visible()
    expect(page.get_by_text("They sat straighter.")).to_be_visible()
    press(page, "Submit this observation")
    is_told(page, "It is shared with Priya Nair")


def disagree(page):
    follow(page, "Core group, River")
    follow(page, "Reply")
    tick(page, "No, I see it differently", "Mostly fair")
    press(page, "Send this reply")
    expect(page.locator("[data-error-summary]")).to_contain_text(
        "Say in your own words what you see differently"
    )
    page.get_by_label("In your own words").fill("I did ask her, on the way in.")
    press(page, "Send this reply")
    is_told(page, "Your reply is saved")


def test_what_is_left_is_listed_when_submitting_too_soon(visit, scripts, psw, draft):
    page = visit(psw, f"{draft.get_absolute_url()}check/", scripts=scripts)

    press(page, "Submit this observation")

    expect(page).to_have_title(re.compile("^Error:"))
    follow(page, "Write down one thing seen or heard")
    expect(heading(page)).to_have_text("What was seen and heard")
    assert Observation.objects.get().is_draft


def test_a_name_is_kept_with_a_reason(visit, scripts, psw, draft):
    passage = PassageFactory(observation=draft, text="With the aunt. Leanne said so.")
    page = visit(psw, address_of(draft, passage), scripts=scripts)
    press(page, "Add another passage")
    page.goto(address_of(draft, passage))

    question = page.get_by_role("region", name="Is this a name?")
    question.get_by_label("It can stay, because").fill("It is what the boat is called.")
    question.get_by_label("It can stay, because").press("Enter")

    is_told(page, "“Leanne” stays, with your reason.")
    assert draft.redactions.get().reason == "It is what the boat is called."


def address_of(observation, passage):
    return f"{observation.get_absolute_url()}entries/passages/{passage.key}/"


def test_an_entry_is_removed_after_a_question(visit, scripts, psw, draft):
    passage = PassageFactory(observation=draft)
    page = visit(psw, address_of(draft, passage), scripts=scripts)

    follow(page, "Remove this passage")
    press(page, "Remove it")

    is_told(page, "The passage is removed.")
    assert not draft.passages.exists()


def test_a_draft_is_withdrawn_after_a_question(visit, scripts, psw, draft):
    page = visit(psw, draft.get_absolute_url(), scripts=scripts)

    follow(page, "Withdraw this draft")
    page.get_by_label("Why, if you want to say").fill("The family changed its mind.")
    press(page, "Withdraw it")

    is_told(page, "Withdrawn. It is out of every number")
    assert Observation.objects.get().withdrawn_because == "The family changed its mind."


def test_the_conversation_is_noted_after_submission(visit, scripts, psw, observation):
    page = visit(psw, observation.get_absolute_url(), scripts=scripts)

    follow(page, "Write down the conversation")
    page.get_by_label("One next step").fill("Ask the mother first next time.")
    for box, number in [("Day", "3"), ("Month", "7"), ("Year", "2027")]:
        page.get_by_label(box, exact=True).fill(number)
    press(page, "Save the conversation")

    talk = page.get_by_role("region", name="The conversation")
    expect(talk).to_contain_text("Ask the mother first next time.")
    expect(talk).to_contain_text("To look again on 3 July 2027.")


def test_observations_are_found_by_words_and_kind_of_work(visit, scripts, psw, observation, team):
    PassageFactory(observation=observation, text="The aunt brought scones.")
    ObservationFactory(unit=team, observer=psw, submitted=True, kind_of_work="duty")
    page = visit(psw, "/observations/", scripts=scripts)
    expect(page.get_by_role("heading", name="2 observations")).to_be_visible()

    page.get_by_label("Words in an observation").fill("scones")
    choose(page, "Kind of work", "Home visit")
    press(page, "Show")

    expect(page.get_by_role("heading", name="1 observation", exact=True)).to_be_visible()
    expect(page.locator("mark")).to_have_text("scones")
    follow(page, "Clear the filters")
    expect(page.get_by_role("heading", name="2 observations")).to_be_visible()
