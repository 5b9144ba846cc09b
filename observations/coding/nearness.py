"""How near a passage is to a theme by what its sentences mean, beside the words that it has.

A small sentence model (observations/meaning) turns each sentence into numbers. For each theme a line
is drawn between them by logistic regression: from the theme's own name, definition, keywords and
examples, and, once there are decisions enough, from the passages that people decided about too.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from .suggesting import LEAST_SCORE
from .version import NEARNESS

# Kept with each mention that comes of it: a new way takes a new name.
ENGINE = NEARNESS

# How much the words count beside the meaning, in what both say of a theme that was learned.
WORDS_SHARE = 0.4
# How much the passage as a whole counts beside its best sentence.
PASSAGE_SHARE = 0.25
# Before anything is learned: a keyword adds this to the log odds of the meaning, and by how much its score is
# above the least; and how these become a score that stands beside those of words alone. Measured on the
# demonstration, so that of what is likely six in ten are right.
KEYWORD = 0.5
STEEPNESS, MIDDLE = 2.245, 1.04
LIKELY_FROM, PERHAPS_FROM = 0.45, 0.25
# Sentences of one text that are read; a passage seldom has twenty.
MOST_SENTENCES = 200
SMALLEST = 1e-4


@dataclass(frozen=True)
class Near:
    """One theme's line: likely from one score of both words and meaning on, perhaps from another."""

    bias: float
    weights: tuple
    perhaps: float = PERHAPS_FROM
    likely: float = LIKELY_FROM


@dataclass(frozen=True)
class Nearness:
    """The lines of some themes. They are true only beside the sentence model with this SHA-256."""

    sha256: str
    themes: dict

    @cached_property
    def codes(self):
        return sorted(self.themes)

    @cached_property
    def _weights(self):
        return np.array([self.themes[code].weights for code in self.codes]).T

    @cached_property
    def _biases(self):
        return np.array([self.themes[code].bias for code in self.codes])

    def odds(self, vectors, sizes):
        """The log odds of each theme: for the passage, and a row a sentence."""
        by_sentence = vectors @ self._weights + self._biases
        of_passage = whole(vectors, sizes) @ self._weights + self._biases
        return passage_odds(of_passage, by_sentence), by_sentence

    def as_plain(self):
        return {
            "sha256": self.sha256,
            "themes": {
                code: vars(near) | {"weights": list(near.weights)}
                for code, near in self.themes.items()
            },
        }

    @classmethod
    def from_plain(cls, plain):
        return cls(
            plain["sha256"],
            {
                code: Near(**near | {"weights": tuple(near["weights"])})
                for code, near in plain["themes"].items()
            },
        )


def passage_odds(of_passage, by_sentence):
    """Mostly its best sentence, partly the whole of it: as chances, and back to log odds."""
    best = chance(by_sentence).max(axis=0)
    return odds(PASSAGE_SHARE * chance(of_passage) + (1 - PASSAGE_SHARE) * best)


def whole(vectors, sizes):
    """The numbers of a passage: the mean of its sentences by their words, of length 1."""
    mean = np.asarray(sizes, dtype=float) @ vectors
    return mean / (np.linalg.norm(mean) or 1)


def chance(log_odds):
    return 1 / (1 + np.exp(-log_odds))


def odds(chances):
    kept = np.clip(chances, SMALLEST, 1 - SMALLEST)
    return np.log(kept / (1 - kept))


def both(words, meaning):
    """One score from what words say, as a chance, and what the meaning says, as log odds."""
    return chance(WORDS_SHARE * odds(words) + (1 - WORDS_SHARE) * meaning)


def before_learning(meaning, keyword=None):
    """A score from the meaning, as log odds, where a theme has not been learned.

    `keyword` is the score of the keywords that point to the theme, if any does.
    """
    if keyword is not None:
        meaning = meaning + KEYWORD + keyword - LEAST_SCORE
    return chance(STEEPNESS * (meaning - MIDDLE))


def read_by(codebook, sentences):
    """`(vectors, sizes)` of the sentences that are read, from the codebook's reader."""
    sentences = sentences[:MOST_SENTENCES]
    vectors = codebook.reader.read([each.text for each in sentences])
    return vectors, [len(each.words) for each in sentences]


@lru_cache(maxsize=8)
def of_codebook(codebook):
    """The lines that follow from a codebook alone, before anybody decided anything."""
    # It brings scikit-learn, whose import takes longer than the rest of the product's.
    from .nearness_learning import from_codebook

    return from_codebook(codebook)
