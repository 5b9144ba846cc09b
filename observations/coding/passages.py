"""A passage read once: its sentences, their words, and what the codebook finds in each."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property

from .codebook import STOP_STEMS
from .sentences import sentences
from .stance import Sentence
from .words import words

VERBAL = ("ed", "ing")
# What a supporting word counts beside a keyword.
SUPPORT_SHARE = 0.35
# What supporting words must add up to where no keyword stands: three that are one theme's own.
ENOUGH_SUPPORT = 3


@dataclass
class Hits:
    """What one sentence holds for one theme: `{stems: weight}`, and where those words stand."""

    keywords: dict = field(default_factory=dict)
    support: dict = field(default_factory=dict)
    places_of: dict = field(default_factory=dict)
    support_places: set = field(default_factory=set)

    @property
    def keyword_places(self):
        return {place for stems in self.keywords for place in self.places_of[stems]}

    @property
    def places(self):
        """The words that led here: keywords, or what supports where there is none."""
        return self.keyword_places or self.support_places

    def without(self, hidden, theme):
        """These hits, less the keywords that are hidden for the theme."""
        left = {stems: w for stems, w in self.keywords.items() if (theme, stems) not in hidden}
        return self if len(left) == len(self.keywords) else replace(self, keywords=left)

    @property
    def supported(self):
        return sum(self.support.values())

    @property
    def score(self):
        """raw / (raw + 1), where raw = keywords + 0.35 of their support; 0 for too little."""
        if not self.keywords and self.supported < ENOUGH_SUPPORT:
            return 0.0
        raw = sum(self.keywords.values()) + SUPPORT_SHARE * self.supported
        return raw / (raw + 1)


@dataclass(frozen=True)
class Read:
    """A sentence at `start` to `end`, its words, and `{theme: Hits}`."""

    start: int
    end: int
    text: str
    words: list
    hits: dict

    @cached_property
    def told(self):
        return Sentence(self.text, self.words)


def read(text, codebook):
    """The sentences of `text`."""
    return [
        Read(start, end, text[start:end], found, hits_of(found, codebook))
        for start, end in sentences(text)
        for found in [words(text[start:end])]
    ]


def hits_of(found, codebook):
    """What a sentence's words hold for each theme that they touch."""
    by_theme = defaultdict(Hits)
    for place, word in enumerate(found):
        for keyword in codebook.keywords.get(word.stem, ()):
            if places := match(keyword, found, place):
                hits = by_theme[keyword.theme]
                hits.keywords[keyword.stems] = keyword.weight
                hits.places_of.setdefault(keyword.stems, set()).update(places)
        for theme, weight in codebook.support.get(word.stem, ()):
            hits = by_theme[theme]
            hits.support[word.stem] = weight
            hits.support_places.add(place)
    return dict(by_theme)


def match(keyword, found, place):
    """The places of a keyword that starts at `place`, or None.

    One word alone is known by its stem. A phrase is known as it is written, in singular and plural;
    a verb in it that is written in -ed or -ing, in each of its forms. Between two of its words that
    say something one other word may stand.
    """
    if len(keyword.stems) == 1:
        return [place]
    if not stands_at(keyword, 0, found, place):
        return None
    places = [place]
    gaps = 1
    for at in range(1, len(keyword.stems)):
        place += 1
        if gaps and says_something(keyword, at) and not stands_at(keyword, at, found, place):
            place, gaps = place + 1, 0
        if not stands_at(keyword, at, found, place):
            return None
        places.append(place)
    return places


def says_something(keyword, at):
    """Whether neither a word of a phrase nor the one before it is one that says nothing alone."""
    return STOP_STEMS.isdisjoint(keyword.stems[at - 1 : at + 1])


def stands_at(keyword, at, found, place):
    """Whether a word of a phrase stands at a place, in one of the forms that it may have."""
    if place >= len(found) or found[place].stem != keyword.stems[at]:
        return False
    return any(is_form_of(found[place], form) for form in keyword.forms[at])


def is_form_of(word, form):
    if form.endswith(VERBAL):
        return word.plain.endswith((*VERBAL, "s")) or len(word.plain) <= len(word.stem) + 1
    return singular(word.plain) == singular(form)


def singular(plain):
    plain = plain.removesuffix("'s").removesuffix("s'")
    if plain.endswith("ies"):
        return f"{plain[:-3]}y"
    return plain if plain.endswith("ss") else plain.removesuffix("s").removesuffix("e")
