"""Suggest the themes that a passage speaks to, each with the sentence that shows it best."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from .passages import read
from .sentences import MOST
from .stance import balance

# Kept with each mention that a suggestion becomes: a new method takes a new name.
ENGINE = "words 3"

# One keyword that is its theme's own is enough; so is one that others lean on, with a little
# support. A keyword that two themes share needs something beside it.
LEAST_SCORE = 0.45

# What is put before people, and what they find who look further.
LIKELY, PERHAPS = "likely", "perhaps"
MOST_LIKELY = 3


class Found(NamedTuple):
    """What speaks for a theme: a score, from which on it is likely, and where it is shown."""

    score: float
    bar: float
    sentence: object
    places: set
    engine: str


@dataclass(frozen=True)
class Suggestion:
    """A theme that a passage speaks to. `text[start:end]` is the sentence to quote.

    `words` are the offsets of the words that led to it, and `score` (0 to 1) orders suggestions;
    it is no probability. `engine` names the method, or the model, that suggested it. `tier` is
    likely, for three at most, or perhaps.
    """

    theme: str
    stance: str
    start: int
    end: int
    words: list
    score: float
    engine: str = ENGINE
    tier: str = LIKELY

    @property
    def is_likely(self):
        return self.tier == LIKELY

    def moved(self, place):
        """This suggestion in another writing of the text: `place` says where an offset is there."""
        return replace(
            self,
            start=place(self.start),
            end=place(self.end),
            words=[(place(start), place(end)) for start, end in self.words],
        )


@dataclass(frozen=True)
class Coded:
    """A passage's suggestions, and its own stance from -1 (hinders) to 1 (helps).

    `unread_from` is where reading ended in one that was too long; None if all of it was read.
    """

    suggestions: list
    stance: float
    unread_from: int | None = None


def suggest(text, codebook, model=None):
    """At most one suggestion for each theme of `codebook`: its best sentence in `text`.

    Themes that `model` has learned go by it, the others by their keywords; both by what sentences
    mean too, if the codebook has a reader. The earliest of equal sentences wins; suggestions come
    in the codebook's order.
    """
    return suggestions_of(read(text, codebook), codebook, model)


def code(text, codebook, model=None):
    """What is suggested for a passage, with the stance of the whole of it."""
    sentences = read(text, codebook)
    stance = balance(sentence.told for sentence in sentences)
    unread_from = MOST if len(text) > MOST else None
    return Coded(suggestions_of(sentences, codebook, model), stance, unread_from)


def suggestions_of(sentences, codebook, model):
    best = by_keywords(sentences, model)
    sentences = [sentence for sentence in sentences if sentence.words]
    if sentences and codebook.reader:
        # It needs numpy, which whoever suggests by words alone can do without.
        from .by_meaning import by_meaning

        best = by_meaning(sentences, codebook, model, best)
    elif sentences and model and model.themes:
        best |= by_model(sentences, model)
    likely = likeliest(best)
    return [
        suggestion(theme.code, best[theme.code], theme.code in likely)
        for theme in codebook.themes
        if theme.code in best
    ]


def likeliest(best):
    """The themes that are likely: at most three, those farthest above their own bar."""
    above = sorted((bar - score, theme) for theme, (score, bar, *_) in best.items() if score >= bar)
    return {theme for _, theme in above[:MOST_LIKELY]}


def by_keywords(sentences, model=None):
    """`{theme: Found}`, without what `model` knows better."""
    learned, hidden = (model.themes, model.hidden) if model else ((), ())
    best = {}
    for sentence in sentences:
        for theme, hits in sentence.hits.items():
            if theme in learned:
                continue
            if hidden:
                hits = hits.without(hidden, theme)
            score = hits.score
            if score >= LEAST_SCORE and (theme not in best or score > best[theme].score):
                best[theme] = Found(score, LEAST_SCORE, sentence, hits.places, ENGINE)
    return best


def by_model(sentences, model):
    """`{theme: Found}` from what was learned. Keywords are always among the places."""
    heard = model.hear(sentences)
    scores, rows = heard.scores, heard.by_sentence.argmax(axis=0)  # the first of equals
    best = {}
    for column, theme in enumerate(model.codes):
        learned = model.themes[theme]
        if scores[column] >= learned.threshold:
            sentence = sentences[rows[column]]
            places = heard.telling(rows[column], column) | keyword_places(sentence, theme)
            bar = learned.likely_from
            best[theme] = Found(scores[column], bar, sentence, places, model.name)
    return best


def keyword_places(sentence, theme):
    return sentence.hits[theme].keyword_places if theme in sentence.hits else set()


def suggestion(theme, found, is_likely):
    sentence = found.sentence
    start, words = sentence.start, sentence.words
    return Suggestion(
        theme=theme,
        stance=sentence.told.stance(found.places),
        start=start,
        end=sentence.end,
        words=[(start + words[i].start, start + words[i].end) for i in sorted(found.places)],
        score=round(float(found.score), 3),
        engine=found.engine,
        tier=LIKELY if is_likely else PERHAPS,
    )
