"""Sentences and notes as numbers: what a learned model weighs.

Three kinds of terms, each written so that anybody can read it in a stored model:

    listen, not listen   stems, and two stems side by side
    ~_lis                three to five letters of a word ("_" is its edge): catches slips of typing
    =Theme, +Theme       the keyword score, and the support, that the codebook gives a theme

A term that stands tf times counts tf * idf / sqrt(sum of tf * idf^2 over the terms of its kind), with
idf = ln((1 + n) / (1 + df)) + 1 (Spärck Jones, 1972). So each kind has a length of about 1 however
long the text is, and what a text says is the sum of what its words say.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import log

import numpy as np

# How much keywords count beside words. Less, and few confirmations teach less.
KEYWORD_SHARE = 0.7
MOST_SUPPORT = 2


@dataclass(frozen=True)
class Terms:
    """What a sentence, or a note, holds of each kind of term."""

    words: Counter
    letters: Counter
    features: dict

    @property
    def kinds(self):
        return self.words, self.letters


def terms_of(sentence):
    found = sentence.words
    letters = Counter()
    for word in found:
        letters.update(letters_of(word.plain))
    stems = [word.stem for word in found]
    pairs = (f"{one} {other}" for one, other in pairwise(stems))
    return Terms(Counter([*stems, *pairs]), letters, features_of(sentence.hits))


def whole(parts):
    """The terms of a note: those of its sentences, with the strongest feature of each theme."""
    words, letters, features = Counter(), Counter(), {}
    for part in parts:
        words.update(part.words)
        letters.update(part.letters)
        for feature, value in part.features.items():
            features[feature] = max(value, features.get(feature, 0))
    return Terms(words, letters, features)


def letters_of(word):
    edged = f"_{word}_"
    return tuple(
        f"~{edged[at : at + size]}" for size in (3, 4, 5) for at in range(len(edged) - size + 1)
    )


def features_of(hits):
    """What the codebook makes of a sentence: `{feature: value}`."""
    features = {}
    for theme, each in hits.items():
        features[f"={theme}"] = KEYWORD_SHARE * each.score
        features[f"+{theme}"] = KEYWORD_SHARE * min(each.supported, MOST_SUPPORT) / MOST_SUPPORT
    return features


def rarity(notes):
    """The idf of each term of `notes`. Letters that one note alone holds are left out."""
    idf = {}
    for kind, least in ((0, 1), (1, 2)):
        spread = Counter(term for note in notes for term in note.kinds[kind])
        idf |= {
            term: round(log((1 + len(notes)) / (1 + count)) + 1, 4)
            for term, count in sorted(spread.items())
            if count >= least
        }
    return idf


@dataclass(frozen=True)
class Vectors:
    """Numbers the terms of `idf` and `features`; turns a text's terms into places and values."""

    idf: dict
    features: tuple

    @cached_property
    def places(self):
        return {term: place for place, term in enumerate([*self.idf, *self.features])}

    @cached_property
    def rarity(self):
        """The idf of each place; 1 for features, which are weighed already."""
        return np.array([*self.idf.values(), *(1.0 for _ in self.features)])

    def known(self, terms):
        places = self.places
        return [places[term] for term in terms if term in places]

    def vector(self, terms):
        """`(places, values)` of what is known of a text; the rest says nothing."""
        parts = [self._weighed(counts) for counts in terms.kinds]
        features = [feature for feature in terms.features if feature in self.places]
        parts.append((self.known(features), [terms.features[feature] for feature in features]))
        at, values = zip(*parts, strict=True)
        return np.concatenate(at).astype(int), np.concatenate(values)

    def _weighed(self, counts):
        at = self.known(counts)
        count = np.array([times for term, times in counts.items() if term in self.places])
        rarity = self.rarity[at]
        return at, count * rarity / np.sqrt(count @ rarity**2 if at else 1)
