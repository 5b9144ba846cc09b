"""Suggest the themes that a passage speaks to, each with the sentence that shows it best."""

from collections import defaultdict
from dataclasses import dataclass, field

from .sentences import sentences
from .stance import Sentence
from .words import words

# Kept with each mention that a suggestion becomes: a new method takes a new name.
ENGINE = "words 1"

# What a supporting word counts beside a keyword.
SUPPORT_SHARE = 0.35
# What supporting words must add up to where no keyword stands: three that are one theme's own.
ENOUGH_SUPPORT = 3
# One keyword that is its theme's own is enough; so is one that others lean on, with a little
# support. A keyword that two themes share needs something beside it.
LEAST_SCORE = 0.45


@dataclass(frozen=True)
class Suggestion:
    """A theme that a passage speaks to. `text[start:end]` is the sentence to quote.

    `words` are the offsets of the words that led to it, and `score` (0 to 1) orders suggestions;
    it is no probability.
    """

    theme: str
    stance: str
    start: int
    end: int
    words: list
    score: float


@dataclass
class Hits:
    """What one sentence holds for one theme."""

    keywords: dict = field(default_factory=dict)
    support: dict = field(default_factory=dict)
    keyword_places: set = field(default_factory=set)
    support_places: set = field(default_factory=set)

    @property
    def places(self):
        """The words that led here: keywords, or what supports where there is none."""
        return self.keyword_places or self.support_places

    @property
    def score(self):
        support = sum(self.support.values())
        if not self.keywords and support < ENOUGH_SUPPORT:
            return 0.0
        raw = sum(self.keywords.values()) + SUPPORT_SHARE * support
        return raw / (raw + 1)


def suggest(text, codebook):
    """At most one suggestion for each theme of `codebook`: its best sentence in `text`.

    The earliest of equal sentences wins; suggestions come in the codebook's order.
    """
    best = {}
    for start, end in sentences(text):
        found = words(text[start:end])
        for theme, hits in _hits(found, codebook).items():
            score = hits.score
            if score >= LEAST_SCORE and (theme not in best or score > best[theme][0]):
                best[theme] = score, start, end, found, hits.places
    return [
        _suggestion(text, theme.code, *best[theme.code])
        for theme in codebook.themes
        if theme.code in best
    ]


def _suggestion(text, theme, score, start, end, found, places):
    return Suggestion(
        theme=theme,
        stance=Sentence(text[start:end], found).stance(places),
        start=start,
        end=end,
        words=[(start + found[i].start, start + found[i].end) for i in sorted(places)],
        score=round(score, 3),
    )


def _hits(found, codebook):
    """What a sentence's words hold for each theme that they touch."""
    by_theme = defaultdict(Hits)
    for place, word in enumerate(found):
        for keyword in codebook.keywords.get(word.stem, ()):
            if places := _match(keyword.stems, found, place):
                hits = by_theme[keyword.theme]
                hits.keywords[keyword.stems] = keyword.weight
                hits.keyword_places.update(places)
        for theme, weight in codebook.support.get(word.stem, ()):
            hits = by_theme[theme]
            hits.support[word.stem] = weight
            hits.support_places.add(place)
    return by_theme


def _match(stems, found, place):
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
