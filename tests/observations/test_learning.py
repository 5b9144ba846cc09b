"""Themes are learned from people's decisions, and used only if that is no step back."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from observations import coding, identifiers
from observations.coding.model import Model
from observations.engine import acting, model_of
from observations.learning import versions
from observations.learning.decisions import decided
from observations.mentions import actions
from observations.models import CodingModel, Mention, Observation
from observations.notes import actions as notes
from observations.notes import coding as notes_coding
from tests.factories import CodebookFactory, PassageFactory, ThemeFactory, UserFactory
from tests.observations.taught import (
    DECIDED_AT,
    add_note,
    add_themes,
    asked,
    decide,
    journey,
    meal,
    teach,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def themes(codebook, framework_version):
    return add_themes(codebook)


@pytest.fixture
def observers(psw):
    return [psw, UserFactory()]


@pytest.fixture
def taught(themes, team, observers):
    teach(*themes, team, observers)
    return themes


@pytest.fixture
def taught_and_held_back(themes, team, observers):
    teach(*themes, team, observers, held_back=8)
    return themes


def texts(codebook):
    return [each.confirmed for each in decided(codebook)]


def words_known(model):
    return {term for term in model.content["idf"] if not term.startswith("~")}


# What is learned from


def test_a_passage_is_learned_with_its_labels_its_note_and_its_observer(
    codebook, themes, team, psw
):
    meals, travel = themes
    note = add_note(team, psw, (meal("soup"), {meals: "confirmed", travel: "rejected"}))

    (each,) = decided(codebook)

    assert each.confirmed.text == meal("soup")
    assert each.confirmed.labels == ("meals",)
    assert each.confirmed.rejected == ("travel",)
    assert each.confirmed.group == str(note.key)
    assert (each.observer, each.decisions) == (psw.pk, 2)


def test_names_are_masked_before_anything_is_learned(codebook, themes, team, psw):
    add_note(team, psw, ("With the aunt. Leanne ate the soup.", {themes[0]: "confirmed"}))

    (each,) = texts(codebook)

    assert "Leanne" not in each.text
    assert "soup" in each.text


def test_a_passage_in_which_names_could_not_be_looked_for_is_left_out(
    codebook, themes, team, psw, monkeypatch
):
    add_note(team, psw, (meal("soup"), {themes[0]: "confirmed"}))

    def fail(text, **_):
        raise identifiers.CouldNotLook

    monkeypatch.setattr(identifiers, "find", fail)

    assert texts(codebook) == []


def test_a_theme_that_nobody_gave_a_passage_they_looked_through_is_not_in_it(
    codebook, themes, team, psw
):
    meals, travel = themes
    add_note(team, psw, (meal("soup"), {meals: "confirmed"}))
    add_note(team, psw, (journey("tram"), {travel: "confirmed"}))

    assert {each.rejected for each in texts(codebook)} == {("travel",), ("meals",)}


def test_while_a_suggestion_waits_only_what_was_said_counts(codebook, themes, team, psw):
    third = ThemeFactory(codebook=codebook, code="third")
    meals, travel = themes
    add_note(team, psw, ("Elsewhere.", {third: "confirmed"}))
    add_note(team, psw, (meal("soup"), {meals: "confirmed", travel: "suggested"}))

    waiting = next(each for each in texts(codebook) if "soup" in each.text)

    assert waiting.rejected == ()


def test_a_theme_is_not_left_out_before_anybody_could_give_it(codebook, themes, team, psw):
    meals, _ = themes
    late = ThemeFactory(codebook=codebook, code="late")
    add_note(team, psw, (meal("soup"), {meals: "confirmed"}))
    note = add_note(team, psw, (meal("stew"), {}))
    later = DECIDED_AT + timedelta(days=1)
    passage = note.passages.get()
    decide(passage, late, "confirmed")
    Mention.objects.filter(theme=late).update(decided_at=later)

    before = next(each for each in texts(codebook) if "soup" in each.text)

    assert "late" not in before.rejected


def test_a_quote_is_found_again_in_the_masked_text(codebook, themes, team, psw):
    note = add_note(team, psw, ("Leanne sat. The soup was hot.", {}))
    passage = note.passages.get()
    decide(passage, themes[0], "confirmed", start=12, end=len(passage.text))

    (each,) = texts(codebook)

    ((code, start, end),) = each.quotes
    assert (code, each.text[start:end]) == ("meals", "The soup was hot.")


def test_only_notes_that_count_and_units_of_the_codebook_are_learned_from(
    codebook, themes, team, other_team, psw
):
    meals, _ = themes
    add_note(team, psw, (meal("soup"), {meals: "confirmed"}), withdrawn=True)
    add_note(other_team, psw, (meal("stew"), {meals: "confirmed"}))
    add_note(team, psw, (meal("pie"), {meals: "suggested"}))
    retired = ThemeFactory(codebook=codebook, retired_on="2026-01-01")
    add_note(team, psw, (meal("cake"), {retired: "confirmed"}))

    assert texts(codebook) == []


def test_a_nearer_codebook_takes_its_units_away(codebook, themes, team, psw):
    add_note(team, psw, (meal("soup"), {themes[0]: "confirmed"}))
    CodebookFactory(unit=team)

    assert texts(codebook) == []


# What comes of it


def test_with_too_little_it_says_what_is_lacking(codebook, themes, team, observers):
    teach(*themes, team, observers, last=8)

    model = versions.learn(asked(codebook))

    assert (model.state, model.version) == (CodingModel.State.NOTHING, None)
    assert "No theme has 10 confirmed passages to learn from yet" in model.because
    assert "“Meals” is nearest, with 8" in model.because


def test_with_nothing_confirmed_it_says_so(codebook, themes):
    model = versions.learn(asked(codebook))

    assert model.because == "No passage has been confirmed for a theme yet."


def test_with_nothing_turned_down_it_says_so(codebook, themes, team, observers):
    meals, _ = themes
    for place in range(12):
        add_note(team, observers[place % 2], (meal("soup"), {meals: "confirmed"}))

    assert (
        "fewer than 2 that people said are not about it" in versions.learn(asked(codebook)).because
    )


def test_out_of_few_notes_nothing_is_learned(codebook, themes, team, psw):
    passages = [
        part
        for dish in ["soup", "stew", "curry", "pie", "rice"]
        for part in [
            (meal(dish), {themes[0]: "confirmed", themes[1]: "rejected"}),
            (journey(dish), {themes[1]: "confirmed", themes[0]: "rejected"}),
        ]
    ]
    for _ in range(3):
        add_note(team, psw, *passages)

    assert "from fewer than 4 observations" in versions.learn(asked(codebook)).because


def test_a_first_version_that_does_better_is_used(codebook, taught_and_held_back):
    model = versions.learn(asked(codebook))

    model.refresh_from_db()
    assert (model.state, model.version) == (CodingModel.State.IN_USE, 1)
    assert "16 passages held back from learning it did better than the word lists" in model.because
    assert set(model.content["themes"]) == {"meals", "travel"}
    assert len(model.trained_on) == 64
    assert model.seconds > 0


def test_from_then_on_its_suggestions_say_that_they_are_its(codebook, taught, team, psw):
    model = versions.learn(asked(codebook))
    note = add_note(team, psw, ("The goulash was tasty and hot on the plate.", {}))

    notes_coding.code(observation=note)

    mention = Mention.objects.get(observation=note)
    assert (mention.theme.code, mention.model) == ("meals", model)
    assert mention.came_from == (
        f"version 1 of what was learned, {timezone.localtime(model.trained_at):%-d %B %Y}"
    )


def test_where_else_a_mention_came_from_is_said_too(codebook, themes, team, psw):
    note = add_note(team, psw, ("The food was hot.", {}))
    notes_coding.code(observation=note)
    words = Mention.objects.get(observation=note)
    person = actions.add_mention(passage=words.passage, theme=themes[1], stance="helps", by=psw)

    assert words.came_from == "words on the list"
    assert person.came_from == "a person"


def test_what_is_held_back_is_never_learned_from(codebook, taught, team, psw):
    meals, travel = taught
    add_note(
        team,
        psw,
        ("The marzipan was tasty.", {meals: "confirmed", travel: "rejected"}),
        held_back=True,
    )
    add_note(team, psw, ("The nougat was tasty.", {meals: "confirmed", travel: "rejected"}))

    model = versions.learn(asked(codebook))

    assert "nougat" in words_known(model)
    assert "marzipan" not in words_known(model)
    assert "marzipan" not in json.dumps(model.measures)


def test_with_little_held_back_it_is_tried_on_what_it_learned_from(codebook, taught):
    model = versions.learn(asked(codebook))

    assert model.measures["comparison"]["held_back"] is False
    assert "Fewer than 20 decisions are held back yet" in model.because


def test_a_worse_version_is_kept_back_and_says_why(codebook, themes, team, observers):
    # What is held back has words of the lists; what is learned from says the contrary of them.
    meals, travel = themes
    for place in range(14):
        observer = observers[place % 2]
        add_note(
            team,
            observer,
            ("The food was late.", {travel: "confirmed", meals: "rejected"}),
            ("The bus was hot.", {meals: "confirmed", travel: "rejected"}),
        )
    for _ in range(6):
        add_note(
            team,
            observers[0],
            ("The food was late.", {meals: "confirmed", travel: "rejected"}),
            ("The bus was hot.", {travel: "confirmed", meals: "rejected"}),
            held_back=True,
        )

    model = versions.learn(asked(codebook))

    assert (model.state, model.version) == (CodingModel.State.KEPT_BACK, 1)
    assert "it did worse than the word lists" in model.because
    assert "0 of them right" in model.because
    assert CodingModel.objects.in_use(codebook) is None


def test_a_worse_version_leaves_the_one_in_use(codebook, taught_and_held_back, team, observers):
    first = versions.learn(asked(codebook))
    meals, travel = taught_and_held_back
    for _ in range(5):
        teach(travel, meals, team, observers)

    second = versions.learn(asked(codebook))

    assert second.state == CodingModel.State.KEPT_BACK
    assert "it did worse than version 1" in second.because
    assert CodingModel.objects.in_use(codebook) == first


def test_a_version_that_does_no_worse_replaces_the_former(
    codebook, taught_and_held_back, team, observers
):
    first = versions.learn(asked(codebook))
    teach(*taught_and_held_back, team, observers)

    second = versions.learn(asked(codebook))

    first.refresh_from_db()
    assert (first.state, second.state) == ("replaced", "in_use")
    assert (second.version, CodingModel.objects.in_use(codebook)) == (2, second)


def test_with_no_new_decision_there_is_no_new_version(codebook, taught):
    versions.learn(asked(codebook))
    versions.learn(asked(codebook))
    again = versions.learn(asked(codebook))

    assert again.because == "Nothing to learn from was decided since version 1."
    assert sorted(CodingModel.objects.values_list("state", flat=True)) == ["in_use", "nothing"]


def test_the_same_rows_give_the_same_numbers(codebook, taught):
    first = versions.learn(asked(codebook))
    content, trained_on = first.content, first.trained_on
    CodingModel.objects.all().delete()

    second = versions.learn(asked(codebook))

    assert (second.content, second.trained_on) == (content, trained_on)


def test_a_suggestion_can_be_derived_again_from_what_is_kept(codebook, taught, team, psw):
    version = versions.learn(asked(codebook))
    note = add_note(team, psw, ("We came. The goulash was tasty and hot on the plate.", {}))
    notes_coding.code(observation=note)
    mention = Mention.objects.get(observation=note, theme__code="meals")

    version.refresh_from_db()
    book = coding.Codebook(
        tuple(
            coding.Theme(**each | {name: tuple(each[name]) for name in ("keywords", "examples")})
            for each in version.themes_then
        )
    )
    model = acting(Model.from_plain(version.content))
    found = coding.suggest(mention.passage.text, book, model)
    again = next(each for each in found if each.theme == "meals")

    assert (again.theme, again.start, again.end, again.score, again.engine) == (
        mention.theme.code,
        mention.start,
        mention.end,
        mention.score,
        mention.engine,
    )


def test_the_model_in_use_hides_no_keyword_by_itself(codebook, taught, team, psw):
    meals, travel = taught
    for _ in range(4):
        add_note(team, psw, ("The food was here.", {meals: "rejected", travel: "rejected"}))

    version = versions.learn(asked(codebook))

    assert ["meals", ["food"]] in version.content["hidden"]
    assert model_of(version.pk).hidden == frozenset()


def test_learning_leaves_every_decision_as_it_was(codebook, taught_and_held_back):
    before = list(Mention.objects.order_by("pk").values())

    versions.learn(asked(codebook))

    assert list(Mention.objects.order_by("pk").values()) == before


def test_learning_twice_is_once(codebook, taught):
    row = asked(codebook)

    assert versions.learn(row).version == 1
    assert versions.learn(row) is None
    assert CodingModel.objects.count() == 1


def test_what_stops_it_leaves_it_asked_for(codebook, taught, monkeypatch):
    row = asked(codebook)
    monkeypatch.setattr("observations.learning.proposals.keep", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        versions.learn(row)

    assert list(CodingModel.objects.values_list("state", "version")) == [("asked", None)]


# Asking


def test_asking_twice_is_asking_once(codebook, psw):
    first = versions.ask(codebook, by=psw)

    assert versions.ask(codebook) == first
    assert CodingModel.objects.asked().get().asked_by == psw


def test_the_night_asks_where_something_was_decided(codebook, taught):
    CodebookFactory()

    assert [row.codebook for row in versions.ask_where_decided()] == [codebook]


def test_the_night_does_not_ask_again_before_anything_is_decided(codebook, taught):
    versions.learn(asked(codebook))

    assert versions.ask_where_decided() == []

    mention = Mention.objects.order_by("pk").first()
    actions.decide_mention(mention=mention, by=mention.decided_by, status=Mention.Status.REJECTED)

    assert [row.codebook for row in versions.ask_where_decided()] == [codebook]


def test_the_night_asks_when_a_note_was_withdrawn(codebook, taught, psw):
    versions.learn(asked(codebook))
    note = Observation.objects.order_by("pk").first()

    notes.withdraw(observation=note, by=psw)

    assert versions.ask_where_decided()


def test_a_passage_nobody_decided_about_is_no_news(codebook, themes, team, psw):
    note = add_note(team, psw)
    decide(PassageFactory(observation=note), themes[0], "suggested")

    assert versions.ask_where_decided() == []
