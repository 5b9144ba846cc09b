"""Learn, from what people confirmed and rejected, a linear model for each theme.

For each theme a logistic regression whose inputs are first scaled by how much more often they stand
in confirmed texts (the log-count ratio of naive Bayes; Wang and Manning, 2012, "Baselines and
bigrams"). A decision about a text of several sentences does not say which sentence it is about: the
one that shows the theme best by keywords is taken for it, and the rest are set aside.
"""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from .features import Vectors, rarity, terms_of, whole
from .model import ENGINE, Learned, Model, together
from .nearness import both, chance
from .nearness_learning import Passages
from .passages import read
from .suggesting import suggestions_of
from .tiers import NO, OPEN, YES, bars_of

# Below these a theme goes by its keywords.
LEAST_CONFIRMED = 10
LEAST_REJECTED = 2
FOLDS = 4
# The regression's C: higher trusts the decisions more.
TRUST = 3.0
# Added to each count of the log-count ratio; the ratio is kept within e^-4 to e^4 and halved.
SMOOTHING = 0.1
LARGEST_RATIO = 4.0
# A sentence this likely shows the theme even where another shows it better.
SHOWS = 0.5
# Numbers are kept to so many decimals; of small weights nothing is left.
DECIMALS = 3
WEIGHT_DECIMALS = 2
# When a keyword is hidden.
LEAST_SEEN = 3
LEAST_PRECISION = 0.25
LEAST_LIFT = 1.5


class Confirmed(NamedTuple):
    """A text with the themes that people confirmed in it. `rejected` is all others if None.

    Texts of the same `group` (a note) are never on both sides of a cross-validation. `quotes` says
    where in the text a confirmed theme is shown, as (theme, start, end), so far as anybody said.
    """

    text: str
    labels: tuple
    rejected: tuple | None = None
    group: str | None = None
    quotes: tuple = ()


@dataclass(frozen=True)
class Bags:
    """Texts and their sentences as rows of numbers. `truth` has a row a text, a column a theme.

    `quoted` has a row a sentence: whether it is in what was quoted for a theme, or OPEN.
    """

    notes: sparse.csr_matrix
    sentences: sparse.csr_matrix
    owner: np.ndarray
    keyword_scores: np.ndarray
    truth: np.ndarray
    groups: np.ndarray
    quoted: np.ndarray

    def only(self, chosen):
        inside = np.isin(self.owner, chosen)
        renumbered = np.searchsorted(chosen, self.owner[inside])
        return Bags(
            self.notes[chosen],
            self.sentences[inside],
            renumbered,
            self.keyword_scores[inside],
            self.truth[chosen],
            self.groups[chosen],
            self.quoted[inside],
        )

    def best(self, by_sentence):
        """For each text, the highest of its sentences' values."""
        highest = np.full((len(self.truth), by_sentence.shape[1]), -np.inf)
        np.maximum.at(highest, self.owner, by_sentence)
        return highest


def train(codebook, confirmed):
    """A Model for the themes of `codebook` that have decisions enough. The same in, the same out."""
    return Training(codebook, confirmed).model


class Training:
    """What is learned from decisions, and how it does on texts that it has not seen."""

    def __init__(self, codebook, confirmed):
        read_texts = [(each, read(each.text, codebook)) for each in confirmed]
        read_texts = [(each, sentences) for each, sentences in read_texts if sentences]
        self.codebook = codebook
        self.confirmed = [each for each, _ in read_texts]
        self.sentences = [found for _, found in read_texts]
        self.truth = truth_of(self.confirmed, codebook)
        columns = range(len(codebook.themes))
        self.ready = [at for at in columns if is_ready(self.truth[:, at], self.confirmed)]
        self.codes = [codebook.themes[at].code for at in self.ready]

    @cached_property
    def trained_on(self):
        return hash_of(self.codebook, self.confirmed)

    @cached_property
    def model(self):
        learned, vectors = {}, Vectors({}, ())
        if self.ready:
            vectors = self._vectors_and_bags[0]
            bars = bars_of(self._by_words, self._bags.truth)
            learned = learn(self._bags, self.codes, vectors, bars)
        return Model(
            trained_on=self.trained_on,
            idf=vectors.idf,
            features=vectors.features,
            themes=learned,
            hidden=hidden_keywords(self.sentences, self.truth, self.codebook),
            near=self._near,
        )

    @cached_property
    def _near(self):
        """What was learned by meaning, or None where no sentence model reads."""
        if not (self.ready and self.codebook.reader):
            return None
        bars = bars_of(self._held_out, self._bags.truth)
        return self._passages.nearness(self.codebook.reader.sha256, bars)

    @cached_property
    def judged(self):
        """What would likely be suggested for each text, as sets of themes.

        A learned theme by a model that saw nothing of the text's group, from a threshold in which
        that group had no part; any other theme by its keywords.
        """
        found = [self._before_learning(sentences) - set(self.codes) for sentences in self.sentences]
        if self.ready:
            for row, column in np.argwhere(self._suggested_unseen()):
                found[row].add(self.codes[column])
        return found

    def _suggested_unseen(self):
        suggested = np.zeros(self._bags.truth.shape, dtype=bool)
        for seen, unseen in folds(self._bags):
            bars = bars_of(self._held_out[seen], self._bags.truth[seen])
            suggested[unseen] = self._held_out[unseen] >= bars.likely
        return suggested

    def _before_learning(self, sentences):
        found = suggestions_of(sentences, self.codebook, None)
        return {each.theme for each in found if each.is_likely}

    @cached_property
    def _held_out(self):
        """The score of each text, by words and by meaning, from what saw nothing of its group."""
        if not self.codebook.reader:
            return self._by_words
        return both(self._by_words, self._passages.held_out(folds(self._bags)))

    @cached_property
    def _by_words(self):
        return held_out(self._bags)

    @cached_property
    def _passages(self):
        return Passages(self.codebook, self.sentences, self._bags.truth, self.codes)

    @property
    def _bags(self):
        return self._vectors_and_bags[1]

    @cached_property
    def _vectors_and_bags(self):
        return bags_of(self.confirmed, self.sentences, self.codebook, self.ready)


def truth_of(confirmed, codebook):
    decisions = [decisions_of(each, codebook) for each in confirmed]
    return np.array(decisions, dtype=int).reshape(len(confirmed), len(codebook.themes))


def is_ready(decisions, confirmed):
    """Whether a theme has decisions enough, from groups enough to cross-validate."""
    yes = np.flatnonzero(decisions == YES)
    groups = {group_of(confirmed[at]) for at in yes}
    enough = len(yes) >= LEAST_CONFIRMED and (decisions == NO).sum() >= LEAST_REJECTED
    return enough and len(groups) >= FOLDS


def decisions_of(each, codebook):
    return [
        YES
        if theme.code in each.labels
        else NO
        if each.rejected is None or theme.code in each.rejected
        else OPEN
        for theme in codebook.themes
    ]


def hash_of(codebook, confirmed):
    said = {
        "engine": ENGINE,
        "meaning": codebook.reader.sha256 if codebook.reader else "",
        "codebook": [
            [t.code, t.name, t.definition, list(t.keywords), list(t.examples)]
            for t in codebook.themes
        ],
        "confirmed": [
            [
                e.text,
                sorted(e.labels),
                None if e.rejected is None else sorted(e.rejected),
                e.group,
                *sorted(e.quotes),
            ]
            for e in confirmed
        ],
    }
    plain = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def bags_of(confirmed, sentences, codebook, ready):
    parts = [[terms_of(sentence) for sentence in found] for found in sentences]
    notes = [whole(each) for each in parts]
    features = tuple(f"{sign}{theme.code}" for sign in "=+" for theme in codebook.themes)
    codes = [codebook.themes[at].code for at in ready]
    vectors = Vectors(rarity(notes), features)
    flat = [sentence for found in sentences for sentence in found]
    return vectors, Bags(
        notes=rows_of(notes, vectors),
        sentences=rows_of([part for each in parts for part in each], vectors),
        owner=np.repeat(np.arange(len(parts)), [len(each) for each in parts]),
        keyword_scores=np.array([[keyword_score(s, code) for code in codes] for s in flat]),
        truth=truth_of(confirmed, codebook)[:, ready],
        groups=groups_of(confirmed),
        quoted=np.array(
            [
                quoted_by_theme(sentence, {code: place for code, *place in each.quotes}, codes)
                for each, found in zip(confirmed, sentences, strict=True)
                for sentence in found
            ]
        ),
    )


def quoted_by_theme(sentence, quotes, codes):
    """For each theme, whether the sentence touches what was quoted for it; OPEN if nothing was."""
    return [
        OPEN
        if code not in quotes
        else YES
        if sentence.start < quotes[code][1] and quotes[code][0] < sentence.end
        else NO
        for code in codes
    ]


def keyword_score(sentence, code):
    return sentence.hits[code].score if code in sentence.hits else 0.0


def groups_of(confirmed):
    numbers = {}
    return np.array([numbers.setdefault(group_of(each), len(numbers)) for each in confirmed])


def group_of(each):
    return each.group or each.text


def rows_of(texts, vectors):
    found = [vectors.vector(terms) for terms in texts]
    ends = np.cumsum([0, *(len(at) for at, _ in found)])
    at = np.concatenate([at for at, _ in found])
    values = np.concatenate([values for _, values in found])
    return sparse.csr_matrix((values, at, ends), shape=(len(texts), len(vectors.places)))


def learn(bags, themes, vectors, bars):
    weights, biases = fit(bags)
    terms = list(vectors.places)
    return {
        code: Learned(
            threshold=round(float(bars.perhaps[column]), DECIMALS),
            likely=round(float(bars.likely[column]), DECIMALS),
            bias=round(float(biases[column]), DECIMALS),
            weights=readable(weights[:, column], terms),
        )
        for column, code in enumerate(themes)
    }


def readable(weights, terms):
    rounded = np.round(weights, WEIGHT_DECIMALS)
    return {terms[at]: float(rounded[at]) for at in np.flatnonzero(rounded)}


def fit(bags):
    """Weights, a row a term and a column a theme, and biases: from texts and sentences together."""
    rows = sparse.vstack([bags.notes, bags.sentences]).tocsr()
    truth = np.vstack([bags.truth, truth_of_sentences(bags)])
    fits = [fit_theme(rows, truth[:, column]) for column in range(truth.shape[1])]
    return np.array([weights for weights, _ in fits]).T, np.array([bias for _, bias in fits])


def truth_of_sentences(bags):
    """Its text's decision for a sentence; left open where another shows a confirmed theme better.

    What was quoted shows it best.
    """
    scores = bags.keyword_scores
    best = bags.best(scores)[bags.owner]
    alone = np.bincount(bags.owner)[bags.owner] == 1
    shows = ((scores == best) & (best > 0)) | (scores >= SHOWS) | alone[:, None]
    shows = np.where(bags.quoted == OPEN, shows, bags.quoted == YES)
    truth = bags.truth[bags.owner]
    return np.where((truth == YES) & ~shows, OPEN, truth)


def fit_theme(rows, truth):
    decided = truth != OPEN
    rows, yes = rows[decided], truth[decided] == YES
    if yes.all() or not yes.any():
        return np.zeros(rows.shape[1]), 20.0 if yes.all() else -20.0
    ratio = ratio_of(rows, yes)
    scaled = rows.copy()
    scaled.data *= ratio[scaled.indices]
    fitted = LogisticRegression(
        C=TRUST, solver="liblinear", dual=True, tol=0.01, max_iter=1000, random_state=0
    )
    fitted.fit(scaled, yes)
    return fitted.coef_[0] * ratio, fitted.intercept_[0]


def ratio_of(rows, yes):
    """Half of ln(p / q): p and q are a term's share in confirmed and in rejected texts."""
    logs = []
    for chosen in (yes, ~yes):
        counts = chosen.astype(float) @ rows
        logs.append(np.log((counts + SMOOTHING) / (counts.sum() + SMOOTHING)))
    return np.clip(logs[0] - logs[1], -LARGEST_RATIO, LARGEST_RATIO) / 2


def held_out(bags):
    """The score of each text from models that saw nothing of its group."""
    scores = np.zeros(bags.truth.shape)
    for seen, unseen in folds(bags):
        weights, biases = fit(bags.only(seen))
        part = bags.only(unseen)
        by_sentence = part.best(chance(part.sentences @ weights + biases))
        scores[unseen] = together(chance(part.notes @ weights + biases), by_sentence[None])
    return scores


def folds(bags):
    """The rows that a model sees and those that it does not, a pair a fold; a group on one side."""
    return GroupKFold(FOLDS).split(bags.notes, groups=bags.groups)


def hidden_keywords(sentences, truth, codebook):
    """Keywords, as (theme, stems), that were rejected too often.

    Seen 3 times or more, with (confirmed + 1) / (seen + 2) below a quarter or below one and a
    half times the theme's share of the texts.
    """
    shares = (truth == YES).sum(0) / np.maximum(1, (truth != OPEN).sum(0))
    bars = {
        theme.code: max(LEAST_PRECISION, LEAST_LIFT * share)
        for theme, share in zip(codebook.themes, shares, strict=True)
    }
    return frozenset(
        (code, stems)
        for (code, stems), (seen, confirmed) in sightings(sentences, truth, codebook).items()
        if seen >= LEAST_SEEN and (confirmed + 1) / (seen + 2) < bars[code]
    )


def sightings(sentences, truth, codebook):
    """How many decided texts hold a keyword, and in how many its theme was confirmed.

    As {(theme, stems): (seen, confirmed)}.
    """
    seen, confirmed = Counter(), Counter()
    columns = {theme.code: at for at, theme in enumerate(codebook.themes)}
    for found, decisions in zip(sentences, truth, strict=True):
        for code, stems in keywords_in(found):
            decision = decisions[columns[code]]
            seen[code, stems] += decision != OPEN
            confirmed[code, stems] += decision == YES
    return {keyword: (int(count), int(confirmed[keyword])) for keyword, count in seen.items()}


def keywords_in(sentences):
    return {
        (code, stems)
        for sentence in sentences
        for code, hits in sentence.hits.items()
        for stems in hits.keywords
    }
