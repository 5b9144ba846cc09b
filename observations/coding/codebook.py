"""What passages are coded to, made ready for matching."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import NamedTuple

from .lists import read_words
from .words import stems, words

# What says nothing of a theme when it stands alone.
STOP_STEMS = frozenset(stem for word in read_words("stop_words.txt") for stem in stems(word))

# How much a word counts by where it stands in the codebook.
NAME, DEFINITION, EXAMPLE = 0.7, 0.5, 1.0
# A word that two themes of three use is still telling: small codebooks are weighed as if larger.
FEW_THEMES = 10


@dataclass(frozen=True)
class Theme:
    """A theme as its authors wrote it."""

    code: str
    name: str
    definition: str = ""
    keywords: tuple = ()
    examples: tuple = ()


class Keyword(NamedTuple):
    """The stems of a keyword or phrase, the theme it points to, and how far it is that theme's own.

    `forms` are of each of its words the forms that it is written in.
    """

    stems: tuple
    theme: str
    weight: float
    forms: tuple = ()


@dataclass(frozen=True)
class Codebook:
    """A set of themes. Its words are stemmed once, when they are first asked for.

    `reader` is a sentence model that reads beside the words (observations/meaning), or None.
    """

    themes: tuple
    reader: object = None

    @cached_property
    def keywords(self):
        """Keywords by the stem they start with: `{stem: [Keyword, ...]}`."""
        index = defaultdict(list)
        for phrase, codes in self._phrases.items():
            for code in codes:
                # A stem that other themes lean on too points less surely to this one.
                own = max(self._distinction(stem) for stem in phrase)
                weight = (0.4 + 0.6 * own) / len(codes) ** 0.5
                index[phrase[0]].append(Keyword(phrase, code, weight, self._forms[phrase]))
        return dict(index)

    @cached_property
    def support(self):
        """What other words of the codebook say: `{stem: [(theme, weight), ...]}`."""
        index = defaultdict(list)
        for code, weights in self._weights.items():
            for stem, weight in weights.items():
                if distinction := self._distinction(stem):
                    index[stem].append((code, weight * distinction))
        return dict(index)

    @cached_property
    def _phrases(self):
        phrases = defaultdict(dict)
        for theme in self.themes:
            for keyword in theme.keywords:
                phrase = tuple(stems(keyword))
                if any(stem not in STOP_STEMS for stem in phrase):
                    phrases[phrase][theme.code] = True
        return phrases

    @cached_property
    def _forms(self):
        """Of each phrase, whatever theme it is of: `{stems: (the forms of its first word, ...)}`."""
        forms = {}
        for theme in self.themes:
            for keyword in theme.keywords:
                found = words(keyword)
                kept = forms.setdefault(
                    tuple(word.stem for word in found), tuple(set() for _ in found)
                )
                for form, word in zip(kept, found, strict=True):
                    form.add(word.plain)
        return forms

    @cached_property
    def _weights(self):
        return {theme.code: weights_of(theme) for theme in self.themes}

    @cached_property
    def _spread(self):
        """In how many themes each stem stands."""
        return Counter(stem for weights in self._weights.values() for stem in weights)

    def _distinction(self, stem):
        """1 for a stem that one theme alone uses, less for each other that does (inverse frequency)."""
        if stem in STOP_STEMS:
            return 0.0
        return 1 - log(max(1, self._spread[stem])) / log(max(FEW_THEMES, len(self.themes)))


def weights_of(theme):
    """Each stem of a theme's texts, weighed by the place where it counts most."""
    weights = {}
    places = [(DEFINITION, text) for text in (theme.definition, *theme.keywords)]
    places += [(NAME, theme.name), *((EXAMPLE, text) for text in theme.examples)]
    for weight, text in places:
        for stem in stems(text):
            if stem not in STOP_STEMS:
                weights[stem] = max(weight, weights.get(stem, 0))
    return weights
