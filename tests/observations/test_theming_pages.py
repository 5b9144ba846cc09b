"""Pages on how themes are learned: for practice leaders and framework admins, notes for the first."""

import pytest
from django.urls import reverse

from observations.learning import versions
from observations.learning.precision import Share, by_chance, precision_of
from observations.models import CodingModel, Mention, WordProposal
from tests.conftest import signed_in
from tests.factories import UserFactory, WordProposalFactory
from tests.observations.taught import add_note, add_themes, asked, decide, meal, teach

pytestmark = pytest.mark.django_db

THEMES = "/observations/themes/"


@pytest.fixture
def themes(codebook, framework_version):
    return add_themes(codebook)


@pytest.fixture
def taught(themes, team, psw):
    teach(*themes, team, [psw, UserFactory()], held_back=8)
    return themes


@pytest.fixture
def learned(codebook, taught):
    return versions.learn(asked(codebook))


def page_of(client, theme):
    return client.get(reverse("observations:theme", args=[theme.pk])).content.decode()


def all_of(client):
    return client.get(THEMES).content.decode()


# How right suggestions are, in words


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (Share(14, 18), "right 14 times of 18: between 55% and 91%"),
        (Share(1, 20), "right once of 20: between 1% and 24%"),
        (Share(2, 3), "right twice of 3, which is few: between 21% and 94%"),
        (Share(0, 12), "right 0 times of 12: between 0% and 24%"),
        (Share(0, 0), "not measured yet"),
    ],
)
def test_a_share_is_said_with_its_interval(share, words):
    assert share.words == words


def test_before_anything_is_learned_what_people_looked_at_is_the_measure(themes, team, psw):
    meals, _ = themes
    note = add_note(team, psw, *[(meal("soup"), {})] * 4)
    for passage, status in zip(
        note.passages.all(), ["confirmed", "confirmed", "rejected", "suggested"], strict=True
    ):
        decide(passage, meals, status)
    person = add_note(team, psw, (meal("pie"), {}))
    decide(person.passages.get(), meals, "confirmed", engine="")

    assert precision_of(meals) == Share(2, 3)


def test_once_learned_it_is_what_the_version_in_use_measured(learned, taught):
    found = learned.measures["themes"]["meals"]

    assert precision_of(taught[0]) == Share(found["right"], found["suggested"], base=0.5)
    assert (found["confirmed"], found["judged"]) == (22, 44)
    assert precision_of(taught[0]).sentence.startswith(
        "When measured, suggestions for this theme were right 2"
    )


def test_a_version_that_is_not_in_use_measures_nothing_here(learned, taught):
    CodingModel.objects.update(state="kept_back")

    decided = Mention.objects.filter(theme=taught[0]).exclude(engine="")
    assert precision_of(taught[0]).of == decided.count()


def test_suggestions_put_by_chance_are_told_apart(themes, team, psw):
    meals, travel = themes
    note = add_note(team, psw, *[(meal("soup"), {})] * 3)
    for passage, status in zip(
        note.passages.all(), ["confirmed", "rejected", "suggested"], strict=True
    ):
        decide(passage, meals, status, by_chance=True)
        decide(passage, travel, status)

    assert by_chance([meals.pk, travel.pk]) == {meals.pk: Share(1, 2)}


# The page of all themes


def test_before_anything_is_learned_the_page_says_so(psw_client, themes):
    page = all_of(psw_client)

    assert "Nothing learned is in use yet" in page
    assert "By its word list" in page
    assert "How often suggestions are right is not measured yet" in page


def test_without_a_codebook_the_page_says_whom_to_ask(psw_client):
    assert "Ask your framework admin" in all_of(psw_client)


def test_each_theme_shows_its_counts_its_precision_and_its_version(psw_client, learned):
    page = all_of(psw_client)

    assert "22 confirmed, 22 rejected, 0 suggested and waiting" in page
    assert "Learned, version 1" in page
    assert "Version 1: in use" in page
    assert learned.because in page


def test_learning_is_asked_for_by_a_button_and_the_page_says_that_it_goes_on(
    psw_client, psw, codebook, themes
):
    response = psw_client.post(reverse("observations:learn", args=[codebook.pk]), follow=True)

    assert CodingModel.objects.asked().get().asked_by == psw
    page = response.content.decode()
    assert "Learning was asked for" in page
    assert "Learn from decisions now" not in page


def test_why_nothing_was_learned_is_said(psw_client, codebook, themes):
    versions.learn(asked(codebook))

    assert "No passage has been confirmed for a theme yet." in all_of(psw_client)


# The page of one theme


def test_a_theme_shows_its_figures_words_and_versions(psw_client, learned, taught):
    page = page_of(psw_client, taught[0])

    assert "What people eat." in page
    assert learned.measures["words"]["meals"]["for"][0] in page
    assert precision_of(taught[0]).words in page
    assert "Version by version" in page
    assert "In use" in page


def test_a_theme_shows_passages_right_wrong_and_found_by_people(psw_client, themes, team, psw):
    meals, _ = themes
    add_note(team, psw, ("The right food.", {meals: "confirmed"}))
    add_note(team, psw, ("The wrong food.", {meals: "rejected"}))
    note = add_note(team, psw, ("The found dish.", {}))
    decide(note.passages.get(), meals, "confirmed", engine="")

    page = page_of(psw_client, meals)

    assert page.index("Suggested, and right") < page.index("The right food.")
    assert page.index("Suggested, and wrong") < page.index("The wrong food.")
    assert page.index("a person found it") < page.index("The found dish.")


def test_a_framework_admin_reads_figures_and_no_note(framework_admin_client, learned, taught):
    page = page_of(framework_admin_client, taught[0])

    assert precision_of(taught[0]).words in page
    assert "Observations are not open to framework admins" in page
    assert "The soup was tasty" not in page


def test_passages_of_units_that_one_does_not_reach_are_not_shown(
    themes, team, sibling_team, psw, client
):
    meals, _ = themes
    add_note(sibling_team, psw, ("The sibling's food.", {meals: "confirmed"}))
    other = UserFactory()
    other.roles.create(unit=team, kind="psw")

    assert "The sibling" not in page_of(signed_in(other), meals)


@pytest.mark.parametrize("who", ["practitioner_client", "leader_client", "stranger_client"])
def test_to_others_the_pages_are_not_there(request, who, codebook, themes):
    client = request.getfixturevalue(who)
    proposal = WordProposalFactory(theme=themes[0])

    assert client.get(reverse("observations:theme", args=[themes[0].pk])).status_code == 404
    assert client.post(reverse("observations:learn", args=[codebook.pk])).status_code == 404
    assert (
        client.post(
            reverse("observations:decide_word", args=[proposal.pk]), {"do": "accept"}
        ).status_code
        == 404
    )


# Words proposed


def test_words_are_accepted_left_and_undone_from_the_page(psw_client, themes):
    meals, _ = themes
    proposal = WordProposalFactory(theme=meals, kind="hide", word="dinner", seen=5, confirmed=0)
    url = reverse("observations:decide_word", args=[proposal.pk])

    page = psw_client.post(url, {"do": "accept"}, follow=True).content.decode()
    meals.refresh_from_db()
    assert meals.keywords == ["food"]
    assert "You can undo it below" in page

    psw_client.post(url, {"do": "undo"})
    meals.refresh_from_db()
    assert meals.keywords == ["food", "dinner"]


@pytest.mark.parametrize("what", ["undo", "anything", None])
def test_what_can_not_be_done_is_said_and_changes_nothing(psw_client, themes, what):
    proposal = WordProposalFactory(theme=themes[0], word="dinner")
    url = reverse("observations:decide_word", args=[proposal.pk])

    page = psw_client.post(url, {"do": what} if what else {}, follow=True).content.decode()

    assert "was decided since you opened it" in page
    assert WordProposal.objects.get().state == "open"


def test_the_codebooks_page_leads_here_for_those_who_look_after_it(
    psw_client, leader_client, themes
):
    url = reverse("frameworks:theme", args=[themes[0].pk])
    here = reverse("observations:theme", args=[themes[0].pk])

    assert here in psw_client.get(url).content.decode()
    assert here not in leader_client.get(url).content.decode()


# On the note


def test_a_note_says_where_each_mention_came_from_and_how_right_it_is(
    psw_client, learned, taught, team, psw
):
    note = add_note(team, psw, (meal("quiche"), {}))
    decide(note.passages.get(), taught[0], "suggested", model=learned)

    page = psw_client.get(note.get_absolute_url()).content.decode()

    assert "From version 1 of what was learned" in page
    assert "When measured, suggestions for this theme were right" in page
