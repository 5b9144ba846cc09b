"""A passage read once: its sentences, their words, and what the codebook finds in each."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property

from .sentences import sentences
from .stance import Sentence
from .words import words

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
            if places := match(keyword.stems, found, place):
                hits = by_theme[keyword.theme]
                hits.keywords[keyword.stems] = keyword.weight
                hits.places_of.setdefault(keyword.stems, set()).update(places)
        for theme, weight in codebook.support.get(word.stem, ()):
            hits = by_theme[theme]
            hits.support[word.stem] = weight
            hits.support_places.add(place)
    return dict(by_theme)


def match(stems, found, place):
    """The places of a phrase that starts at `place`, with one other word inside it at most."""
    places = [place]
    gaps = 1
    for stem in stems[1:]:
        place += 1
        if gaps and (place >= len(found) or found[place].stem != stem):
            place, gaps = place + 1, 0
        if place >= len(found) or found[place].stem != stem:
            return None
        places.append(place)
    return places
