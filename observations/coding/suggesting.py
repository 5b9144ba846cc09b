"""Suggest the themes that a passage speaks to, each with the sentence that shows it best."""

from dataclasses import dataclass, replace

from .passages import read
from .sentences import MOST
from .stance import balance

# Kept with each mention that a suggestion becomes: a new method takes a new name.
ENGINE = "words 2"

# One keyword that is its theme's own is enough; so is one that others lean on, with a little
# support. A keyword that two themes share needs something beside it.
LEAST_SCORE = 0.45


@dataclass(frozen=True)
class Suggestion:
    """A theme that a passage speaks to. `text[start:end]` is the sentence to quote.

    `words` are the offsets of the words that led to it, and `score` (0 to 1) orders suggestions;
    it is no probability. `engine` names the method, or the model, that suggested it.
    """

    theme: str
    stance: str
    start: int
    end: int
    words: list
    score: float
    engine: str = ENGINE

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

    Themes that `model` has learned go by it, the others by their keywords. The earliest of equal
    sentences wins; suggestions come in the codebook's order.
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
    if model and model.themes and sentences:
        best |= by_model(sentences, model)
    return [
        suggestion(theme.code, *best[theme.code], engine_of(theme.code, model))
        for theme in codebook.themes
        if theme.code in best
    ]


def engine_of(theme, model):
    return model.name if model and theme in model.themes else ENGINE


def by_keywords(sentences, model=None):
    """`{theme: (score, sentence, places of words)}`, without what `model` knows better."""
    learned, hidden = (model.themes, model.hidden) if model else ((), ())
    best = {}
    for sentence in sentences:
        for theme, hits in sentence.hits.items():
            if theme in learned:
                continue
            if hidden:
                hits = hits.without(hidden, theme)
            score = hits.score
            if score >= LEAST_SCORE and (theme not in best or score > best[theme][0]):
                best[theme] = score, sentence, hits.places
    return best


def by_model(sentences, model):
    """{theme: (score, sentence, places)} from what was learned. Keywords are always among the places."""
    heard = model.hear(sentences)
    scores, rows = heard.scores, heard.by_sentence.argmax(axis=0)  # the first of equals
    best = {}
    for column, theme in enumerate(model.codes):
        if scores[column] >= model.themes[theme].threshold:
            sentence = sentences[rows[column]]
            hits = sentence.hits.get(theme)
            keywords = hits.keyword_places if hits else set()
            places = heard.telling(rows[column], column) | keywords
            best[theme] = scores[column], sentence, places
    return best


def suggestion(theme, score, sentence, places, engine):
    start, found = sentence.start, sentence.words
    return Suggestion(
        theme=theme,
        stance=sentence.told.stance(places),
        start=start,
        end=sentence.end,
        words=[(start + found[i].start, start + found[i].end) for i in sorted(places)],
        score=round(float(score), 3),
        engine=engine,
    )
