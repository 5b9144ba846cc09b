"""How suggestions are made: for everybody, in today's figures, none small enough to point at one."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from observations.models import CodingModel
from reports import how
from tests.factories import (
    CodebookFactory,
    MentionFactory,
    ObservationFactory,
    PassageFactory,
    RedactionFactory,
    ThemeFactory,
)


@pytest.fixture
def book(organisation):
    return CodebookFactory(unit=organisation, name="Concerns")


@pytest.fixture
def theme(book):
    return ThemeFactory(codebook=book, code="poverty", name="Poverty")


@pytest.fixture
def note(team, psw):
    return ObservationFactory(unit=team, observer=psw, submitted=True)


def suggested(note, theme, count, **given):
    for _ in range(count):
        MentionFactory(passage=PassageFactory(observation=note), theme=theme, **given)


def learned(book, **given):
    tried = {"right": 0, "suggested": 0, "confirmed": 0, "learned": True} | given
    return CodingModel.objects.create(
        codebook=book,
        version=3,
        state=CodingModel.State.IN_USE,
        trained_at=timezone.now(),
        measures={"themes": {"poverty": tried}},
    )


def words_of(client):
    page = client.get(reverse("reports:how")).content.decode()
    return re.sub(r"\s+", " ", strip_tags(page[page.index("<main") : page.index("</main>")]))


@pytest.mark.parametrize("who", ["practitioner", "leader", "psw", "framework_admin", "governance"])
def test_everybody_who_signs_in_reads_it(who, request, client, theme):
    client.force_login(request.getfixturevalue(who))

    assert "Until one has confirmed it, a suggestion is marked" in words_of(client)


def test_with_nothing_learned_it_says_words_alone(theme, leader_client):
    assert "Words alone, for 1 theme. Nothing is learned yet." in words_of(leader_client)


def test_it_says_which_version_suggests_since_when_and_of_how_many_themes(
    book, theme, leader_client
):
    ThemeFactory(codebook=book, code="voice", name="Voice")
    version = learned(book)

    words = words_of(leader_client)

    assert "version 3 of what was learned" in words
    assert f"{version.trained_at:%-d %B %Y}" in words
    assert "It learned 1 of 2 themes." in words


def test_what_was_confirmed_is_told_with_its_interval(note, theme, book):
    suggested(note, theme, 12, confirmed=True)
    suggested(note, theme, 8, rejected=True)
    suggested(note, theme, 3, confirmed=True, engine="")  # a person's own is no suggestion

    told = how.of_codebook(book)

    assert told.decided == "12 of 20 (60%; 95% interval 39% to 78%)"
    assert told.themes[0].decided == told.decided
    assert told.added == "fewer than 5"


def test_those_drawn_by_chance_are_told_apart(note, theme, book):
    suggested(note, theme, 9, confirmed=True)
    suggested(note, theme, 5, confirmed=True, by_chance=True)
    suggested(note, theme, 5, rejected=True, by_chance=True)
    suggested(note, theme, 5, by_chance=True)  # nobody has decided about these

    told = how.of_codebook(book)

    assert told.by_chance == "5 of 10 (50%; 95% interval 24% to 76%)"
    assert told.waiting == "5"


@pytest.mark.parametrize(
    ("confirmed", "rejected", "words"),
    [
        pytest.param(0, 0, "none yet", id="nothing decided"),
        pytest.param(2, 1, "some of fewer than 5", id="few in all"),
        pytest.param(3, 6, "fewer than 5 of 9", id="few confirmed"),
        pytest.param(8, 1, "at least 5 of 9", id="few rejected"),
    ],
)
def test_small_counts_are_not_told(confirmed, rejected, words, note, theme, book):
    suggested(note, theme, confirmed, confirmed=True)
    suggested(note, theme, rejected, rejected=True)

    assert how.of_codebook(book).decided == words


def test_withdrawn_notes_are_in_no_figure(team, psw, theme, book):
    withdrawn = ObservationFactory(unit=team, observer=psw, withdrawn=True)
    withdrawn.refresh_from_db()
    suggested(withdrawn, theme, 6, confirmed=True)

    assert how.of_codebook(book).decided == "none yet"


def test_possible_names_of_six_months_are_counted_and_how_many_are_settled(note, theme, book):
    passage = PassageFactory(observation=note)
    RedactionFactory.create_batch(6, passage=passage, kept=True)
    RedactionFactory.create_batch(5, passage=passage)
    long_ago = timezone.now() - 2 * how.NAMES_OVER
    RedactionFactory.create_batch(7, passage=passage, found_at=long_ago)

    told = how.of_codebook(book)

    assert (told.found, told.settled) == ("11", "6 of 11")


def test_what_was_tried_on_passages_held_back_is_told_by_theme(book, theme):
    learned(book, right=15, suggested=20)

    told = how.of_codebook(book).themes[0]

    assert told.is_learned
    assert told.held_back == "15 of 20 (75%; 95% interval 53% to 89%)"


def test_few_passages_held_back_are_not_told_one_by_one(book, theme):
    learned(book, right=2, suggested=3)

    assert how.of_codebook(book).themes[0].held_back == "some of fewer than 5"


def test_a_theme_that_the_version_did_not_learn_goes_by_words(book, theme, leader_client):
    learned(book, learned=False)

    told = how.of_codebook(book)

    assert told.learned == 0
    assert told.themes[0].held_back == ""
    assert "Not tried" in words_of(leader_client)


def test_it_names_nobody(note, theme, leader_client):
    suggested(note, theme, 6, confirmed=True)
    RedactionFactory(passage=PassageFactory(observation=note), words="Leanne")

    words = words_of(leader_client)

    assert "Marian" not in words
    assert "Leanne" not in words


def test_another_organisation_s_codebook_is_not_shown(other_organisation, theme, leader_client):
    CodebookFactory(unit=other_organisation, name="Theirs")

    assert "Theirs" not in words_of(leader_client)


@pytest.mark.parametrize("page", ["reports:definitions", "people:help", "observations:review"])
def test_it_is_reached_from(page, note, theme, psw_client):
    suggested(note, theme, 1)

    main = psw_client.get(reverse(page)).content.decode().partition("<main")[2]

    assert reverse("reports:how") in main.partition("</main>")[0]


def test_its_queries_do_not_grow_with_themes_and_mentions(
    book, note, theme, django_assert_num_queries
):
    suggested(note, theme, 3, confirmed=True)
    for code in ("a", "b", "c"):
        suggested(note, ThemeFactory(codebook=book, code=code), 2, rejected=True)

    with django_assert_num_queries(5):
        how.of_codebook(book)
