"""What was learned from people's decisions, as numbers that anybody can read and score with."""

import json
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import pairwise

import numpy as np

from .codebook import STOP_STEMS
from .features import Vectors, features_of, letters_of
from .nearness import Nearness, chance
from .version import LEARNED

# Kept with each mention: a new way of learning takes a new name.
ENGINE = LEARNED

# How much the note as a whole counts beside its best sentence.
NOTE_SHARE = 0.25
# A word led to a suggestion if it counts for this much of what the strongest word counts for.
TELLING = 0.34
MOST_WORDS = 5
# How many words a model in use remembers what they say.
MOST_KEPT = 20_000


@dataclass(frozen=True)
class Learned:
    """One theme's linear model: perhaps from `threshold` on, likely from `likely` on.

    What was learned before there were two has one.
    """

    threshold: float
    bias: float
    weights: dict
    likely: float | None = None

    @property
    def likely_from(self):
        return self.threshold if self.likely is None else max(self.likely, self.threshold)


@dataclass(frozen=True)
class Model:
    """A linear model for each theme with enough decisions.

    `trained_on` is the SHA-256 of the decisions and the codebook; `hidden` lists keywords, as
    (theme, stems), that people rejected too often to suggest by. `near` is what was learned of the
    same themes by meaning, if a sentence model read beside the words.
    """

    trained_on: str
    idf: dict
    features: tuple
    themes: dict
    hidden: frozenset = frozenset()
    engine: str = ENGINE
    near: Nearness | None = None

    def as_plain(self):
        """The model in lists, objects, numbers and text, as JSON holds it."""
        return fields_of(self) | {
            "marks": list(self.features),  # as versions of before were kept
            "themes": {code: fields_of(theme) for code, theme in self.themes.items()},
            "hidden": sorted([theme, list(stems)] for theme, stems in self.hidden),
            "near": self.near and self.near.as_plain(),
        }

    @classmethod
    def from_plain(cls, plain):
        """A model from what `as_plain` gave, wherever that was kept."""
        kept = {name: value for name, value in plain.items() if name != "marks"}
        return cls(
            **kept
            | {
                "features": tuple(plain["marks"]),
                "themes": {code: Learned(**theme) for code, theme in plain["themes"].items()},
                "hidden": frozenset((theme, tuple(stems)) for theme, stems in plain["hidden"]),
                "near": Nearness.from_plain(near) if (near := plain.get("near")) else None,
            }
        )

    def to_json(self):
        return json.dumps(self.as_plain(), ensure_ascii=False, sort_keys=True)

    @property
    def name(self):
        """Says which model made a suggestion."""
        return f"{self.engine} {self.trained_on[:12]}"

    @cached_property
    def vectors(self):
        return Vectors(dict(sorted(self.idf.items())), self.features)

    @cached_property
    def codes(self):
        return sorted(self.themes)

    @cached_property
    def biases(self):
        return np.array([self.themes[code].bias for code in self.codes])

    @cached_property
    def said(self):
        """What each term says of each theme when it stands once: idf * weight, and last idf^2."""
        rarity = self.vectors.rarity
        table = np.zeros((len(rarity), len(self.codes) + 1))
        for column, code in enumerate(self.codes):
            weights = self.themes[code].weights
            at = self.vectors.known(weights)
            table[at, column] = rarity[at] * np.array(list(weights.values()))
        table[:, -1] = rarity**2
        return table

    @cached_property
    def _words(self):
        """What each word met so far says: as a word, then by its letters."""
        return {}

    def says(self, word):
        """What a word says: a row as a word, a row by its letters; columns as in `said`."""
        key = word.plain, word.stem
        says = self._words.get(key)
        if says is None:
            if len(self._words) >= MOST_KEPT:
                self._words.clear()
            kinds = [word.stem], letters_of(word.plain)
            says = np.array([[self.said[self.vectors.known(kind)].sum(axis=0) for kind in kinds]])
            self._words[key] = says
        return says

    def hear(self, sentences):
        return Heard(sentences, self)

    def chance(self, totals, features):
        """1 / (1 + exp(-(w x + b))) for each row and theme, from sums over words."""
        by_kind = totals[..., :-1] / lengths(totals)[..., None]
        of_features = self.said[len(self.idf) :, :-1]
        return chance(by_kind.sum(axis=1) + features @ of_features + self.biases)


def fields_of(row):
    """The fields of a dataclass by name; `asdict` would copy every number, which takes seconds."""
    return {each.name: getattr(row, each.name) for each in fields(row)}


class Heard:
    """What a model hears in the sentences of a passage, word by word."""

    def __init__(self, sentences, model):
        self.model = model
        self.sentences = sentences
        self.starts = np.cumsum([0, *(len(sentence.words) for sentence in sentences)])
        found = [word for sentence in sentences for word in sentence.words]
        # Words of grammar weigh in with the rest, and tell a reader nothing.
        self._plain = np.array([word.stem in STOP_STEMS for word in found], dtype=bool)
        self.by_word = np.concatenate([model.says(word) for word in found])
        self.pairs = np.array(self._pairs(), dtype=int).reshape(-1, 3)
        self.by_pair = model.said[self.pairs[:, 2]]
        self.totals = np.add.reduceat(self.by_word, self.starts[:-1])
        np.add.at(self.totals[:, 0], self.pairs[:, 0], self.by_pair)
        self.by_sentence = model.chance(self.totals, self.features)

    @property
    def scores(self):
        """A score from 0 to 1 for each theme, for the passage."""
        totals, features = self.totals.sum(axis=0), self.features.max(axis=0)
        return together(self.model.chance(totals[None], features[None])[0], self.by_sentence)

    def _pairs(self):
        """`(sentence, place of its first word, term)` of each pair of words that is known."""
        places = self.model.vectors.places
        return [
            (row, at, places[pair])
            for row, sentence in enumerate(self.sentences)
            for at, (one, other) in enumerate(pairwise(sentence.words))
            if (pair := f"{one.stem} {other.stem}") in places
        ]

    @cached_property
    def features(self):
        """What the codebook's keywords and their support say in each sentence."""
        places, offset = self.model.vectors.places, len(self.model.idf)
        values = np.zeros((len(self.sentences), len(self.model.features)))
        for row, sentence in enumerate(self.sentences):
            for feature, value in features_of(sentence.hits).items():
                if feature in places:
                    values[row, places[feature] - offset] = value
        return values

    def telling(self, row, column):
        """The places of the words of a sentence that speak most for a theme."""
        of_words, of_letters = lengths(self.totals[row])
        says = self.by_word[self.starts[row] : self.starts[row + 1], :, column]
        told = says[:, 0] / of_words + says[:, 1] / of_letters
        here = self.pairs[:, 0] == row
        halves = self.by_pair[here, column] / of_words / 2
        for word in (0, 1):  # each place starts one pair at most
            told[self.pairs[here, 1] + word] += halves
        told[self._plain[self.starts[row] : self.starts[row + 1]]] = 0
        strongest = np.argsort(-told, kind="stable")[:MOST_WORDS]
        enough = TELLING * told.max(initial=0)
        return {int(place) for place in strongest if told[place] >= enough > 0}


def lengths(totals):
    """The length of a text's words, and of their letters; 1 where there are none."""
    squares = totals[..., -1]
    return np.sqrt(np.where(squares > 0, squares, 1))


def together(note, by_sentence):
    """The score of a passage: mostly its best sentence, partly the whole of it."""
    return NOTE_SHARE * note + (1 - NOTE_SHARE) * by_sentence.max(axis=0)
