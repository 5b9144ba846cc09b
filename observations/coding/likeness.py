"""How like sentences are to others, and which is least like all that was written before.

A term weighs ln((1 + n) / (1 + df)) + 1 (Spärck Jones, 1972), where df of n notes have it.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import log, sqrt

from .codebook import STOP_STEMS
from .sentences import sentences
from .words import words

# With fewer sentences, nearly every one would be unlike the rest.
ENOUGH = 200
SHORTEST = 8  # words of a sentence that may be odd
FEWEST = 5  # of its words that say something
KNOWN_TO = 2  # notes that must have a word before it counts as familiar
OUTERMOST = 0.01  # this share of an archive's own sentences is as odd as what is pointed at
MOSTLY_NEW = 0.5  # and most of what it says is new
ALIKE = 0.55  # from here on two sentences may tell of the same thing
FEWEST_ALIKE = 3


@lru_cache(maxsize=20_000)
def terms(sentence):
    """The stems that say something. Names and numbers are left out: they make nothing odd."""
    return frozenset(
        word.stem
        for place, word in enumerate(words(sentence))
        if word.stem not in STOP_STEMS
        and not word.plain.isdigit()
        and (place == 0 or not sentence[word.start].isupper())
    )


@lru_cache(maxsize=4_000)
def terms_of(text):
    """The terms of each sentence of a text."""
    return tuple(terms(text[start:end]) for start, end in sentences(text))


@dataclass(frozen=True)
class Archive:
    """Notes to compare with: for each, the terms of its sentences."""

    notes: tuple

    @cached_property
    def size(self):
        """How many sentences it has."""
        return sum(len(note) for note in self.notes)

    @property
    def is_enough(self):
        return self.size >= ENOUGH

    @cached_property
    def _spread(self):
        """How many notes have each term."""
        return Counter(term for note in self.notes for term in frozenset().union(*note))

    @cached_property
    def _weights(self):
        """The squared weight of a term by how many notes have it."""
        count = len(self.notes)
        return [(log((1 + count) / (1 + spread)) + 1) ** 2 for spread in range(count + 1)]

    def _weight(self, term):
        return self._weights[self._spread[term]]

    def likeness(self, one, other):
        """The cosine of two sentences' weights, from 0 to 1 (Salton, 1975)."""
        if min(len(one), len(other)) < FEWEST_ALIKE:
            return 0.0
        shared = sum(self._weight(term) for term in one & other)
        return shared / sqrt(self._length(one) * self._length(other))

    def _length(self, sentence):
        return sum(self._weight(term) for term in sentence)

    def familiarity(self, sentence, apart=0):
        """The share of a sentence's weight in words that at least two notes have.

        `apart` is 1 for a sentence of the archive itself: its own note is then not counted.
        """
        known = whole = 0.0
        for term in sentence:
            spread = self._spread[term] - apart
            whole += self._weights[spread]
            known += self._weights[spread] if spread >= KNOWN_TO else 0
        return known / whole

    @cached_property
    def _least_familiar(self):
        """So familiar, at most, is what is odd: less than all but the outermost share."""
        own = sorted(
            self.familiarity(sentence, apart=1)
            for note in self.notes
            for sentence in note
            if len(sentence) >= FEWEST
        )
        return min(own[int(OUTERMOST * len(own))], MOSTLY_NEW) if own else 0.0

    def oddest(self, text):
        """The `(start, end)` of the one sentence least like the archive, if it is odd enough.

        None where the archive is too small to tell, or nothing stands out.
        """
        if not self.is_enough:
            return None
        long_enough = [
            (self.familiarity(terms(text[start:end])), start, end)
            for start, end in sentences(text)
            if len(text[start:end].split()) >= SHORTEST and len(terms(text[start:end])) >= FEWEST
        ]
        familiarity, *span = min(long_enough, default=(1.0,))
        return tuple(span) if familiarity <= self._least_familiar and span else None
