import json
import subprocess
import sys
from pathlib import Path

import pytest

from observations.coding import ENGINE, Codebook, Theme, code, suggest
from observations.coding.features import letters_of
from observations.coding.learning import Confirmed, train
from observations.coding.model import Model

ROOT = Path(__file__).resolve().parents[2]
CODEBOOK = Codebook(
    (
        Theme("meals", "Meals", "What people eat.", ("food", "dinner")),
        Theme("travel", "Travel", "How people get here.", ("bus", "taxi")),
        Theme("rare", "Rare things", "Seldom seen.", ("comet", "walk")),
    )
)
DISHES = (
    "soup",
    "stew",
    "curry",
    "pie",
    "rice",
    "pasta",
    "salad",
    "bread",
    "cake",
    "fish",
    "chips",
    "beans",
)
WAYS = (
    "tram",
    "train",
    "ferry",
    "bike",
    "coach",
    "lift",
    "van",
    "road",
    "bridge",
    "tunnel",
    "map",
    "stop",
)


def confirmed():
    for dish, way in zip(DISHES, WAYS, strict=True):
        yield Confirmed(f"The {dish} was tasty and hot on the plate.", ("meals",))
        yield Confirmed(f"The {way} ran late and we had a long journey.", ("travel",))
        yield Confirmed(f"We had a long walk by the {way} with the {dish}.", ())


@pytest.fixture(scope="module")
def model():
    return train(CODEBOOK, confirmed())


def themes(text, model):
    return [found.theme for found in suggest(text, CODEBOOK, model)]


def test_words_that_people_confirmed_are_learned(model):
    assert themes("It was tasty and hot.", model) == ["meals"]
    assert themes("A long journey, and late again.", model) == ["travel"]
    assert themes("It was tasty and hot.", None) == []


def test_a_slip_of_typing_is_forgiven(model):
    assert themes("It was tastey and hott.", model) == ["meals"]


def test_a_theme_with_few_decisions_goes_by_its_keywords(model):
    assert set(model.themes) == {"meals", "travel"}
    (found,) = suggest("A comet passed.", CODEBOOK, model)

    assert found.theme == "rare"
    assert found.engine == ENGINE


def test_a_suggestion_says_which_model_made_it(model):
    (found,) = suggest("It was tasty and hot.", CODEBOOK, model)

    assert found.engine == model.name
    assert model.trained_on.startswith(model.name.split()[-1])
    assert len(found.engine) <= 40


def test_a_keyword_that_was_turned_down_is_hidden(model):
    assert ("rare", ("walk",)) in model.hidden
    assert themes("A walk.", model) == []
    assert themes("A walk.", None) == ["rare"]


def test_the_quote_is_the_sentence_that_shows_the_theme(model):
    text = "We came in. The plate was hot and tasty. Then a long journey, and late."

    found = {each.theme: text[each.start : each.end] for each in suggest(text, CODEBOOK, model)}

    assert found == {
        "meals": "The plate was hot and tasty.",
        "travel": "Then a long journey, and late.",
    }


def test_the_words_that_led_to_a_suggestion_are_kept(model):
    text = "Somebody said that it was tasty."

    (found,) = suggest(text, CODEBOOK, model)

    assert "tasty" in [text[start:end] for start, end in found.words]
    assert found.words == sorted(found.words)


def test_a_model_is_the_same_after_being_stored(model):
    stored = Model.from_plain(json.loads(model.to_json()))

    assert stored == model
    assert stored.to_json() == model.to_json()
    for each in confirmed():
        assert code(each.text, CODEBOOK, stored) == code(each.text, CODEBOOK, model)


def test_a_stored_model_can_be_read(model):
    stored = json.loads(model.to_json())

    weights = stored["themes"]["meals"]["weights"]
    assert weights["tasti"] > 0.5
    assert weights["long"] < 0
    assert stored["trained_on"] == model.trained_on


def test_the_same_decisions_teach_the_same(model):
    assert train(CODEBOOK, confirmed()).to_json() == model.to_json()


def test_other_decisions_have_another_hash(model):
    fewer = train(CODEBOOK, list(confirmed())[:-1])

    assert fewer.trained_on != model.trained_on


def test_another_codebook_has_another_hash(model):
    others = Codebook((*CODEBOOK.themes[:2], Theme("rare", "Rare things", "", ("comet",))))

    assert train(others, confirmed()).trained_on != model.trained_on


def test_what_nobody_decided_is_not_taken_for_rejected():
    decided = [each._replace(rejected=()) for each in confirmed()]

    assert train(CODEBOOK, decided).themes == {}


def test_a_theme_may_be_rejected_alone():
    decided = [
        each._replace(rejected=("travel",) if each.labels == ("meals",) else ())
        for each in confirmed()
    ]

    assert set(train(CODEBOOK, decided).themes) == {"travel"}


@pytest.mark.parametrize("texts", [[], ["", " \n"], ["?!"]])
def test_nothing_is_learned_from_nothing(texts):
    model = train(CODEBOOK, [Confirmed(text, ("meals",)) for text in texts])

    assert model.themes == {}
    assert themes("Dinner.", model) == ["meals"]
    assert Model.from_plain(json.loads(model.to_json())) == model


def test_one_note_said_often_teaches_nothing():
    said = [Confirmed("A hot plate.", ("meals",), group="one") for _ in range(12)]
    said += [Confirmed("A late bus.", ("travel",), group="one") for _ in range(12)]

    assert train(CODEBOOK, said).themes == {}


def test_a_theme_gone_from_the_codebook_is_not_suggested(model):
    left = Codebook(CODEBOOK.themes[1:])

    assert suggest("It was tasty and hot.", left, model) == []


@pytest.mark.parametrize("text", ["", "?", "漢字", "zzz qqq", "A\u2028B"])
def test_any_text_is_scored_without_fail(text, model):
    assert -1 <= code(text, CODEBOOK, model).stance <= 1


def test_letters_hold_the_edges_of_a_word():
    assert letters_of("bus") == ("~_bu", "~bus", "~us_", "~_bus", "~bus_", "~_bus_")


def test_coding_by_keywords_needs_nothing_that_learning_needs():
    asked = "import sys, observations.coding; print({'numpy', 'sklearn'} & set(sys.modules))"

    assert said_by(asked) == "set()"


def test_a_web_process_and_a_command_start_without_what_learning_needs():
    """Its import takes longer than that of all the rest, and a fifth of a process's memory."""
    asked = (
        "import sys, django; django.setup(); import practicelens.urls;"
        " print({'scipy', 'sklearn'} & set(sys.modules))"
    )

    assert said_by(asked) == "set()"


def said_by(program):
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, cwd=ROOT)
    return ran.stdout.decode().strip()
