"""Draw the lines of `nearness`: from a codebook's own texts, and from decided passages beside them."""

import numpy as np
from sklearn.linear_model import LogisticRegression

from .nearness import Near, Nearness, odds, passage_odds, read_by, whole
from .tiers import OPEN, YES

# How much a text of the codebook counts beside a decided passage.
EXAMPLE, DEFINITION, NAME, KEYWORD = 1.0, 1.0, 0.5, 0.2
# The regression's C: higher trusts the texts more.
TRUST_IN_CODEBOOK, TRUST = 1.0, 2.0
DECIMALS = 3


def from_codebook(codebook):
    """For each theme how much likelier it is than by the share that it has of the codebook's texts."""
    rows, owners, weights = texts_of(codebook)
    themes = {}
    for theme in codebook.themes:
        own = owners == theme.code
        line, bias = fitted(rows, own, weights, TRUST_IN_CODEBOOK)
        share = weights[own].sum() / weights.sum()
        themes[theme.code] = near(line, bias - odds(share))
    return Nearness(codebook.reader.sha256, themes)


def texts_of(codebook):
    """`(rows, the theme of each, how much it counts)` of all that a codebook says of its themes."""
    told = [
        (text, theme.code, weight)
        for theme in codebook.themes
        for weight, texts in (
            (EXAMPLE, theme.examples),
            (DEFINITION, [theme.definition]),
            (NAME, [theme.name]),
            (KEYWORD, theme.keywords),
        )
        for text in texts
        if text.strip()
    ]
    texts, owners, weights = zip(*told, strict=True)
    rows = codebook.reader.read(list(texts))
    return rows, np.array(owners), np.array(weights)


def fitted(rows, truth, weights, trust):
    """`(weights, bias)`; a theme without a text of its own, or all of them, is never near."""
    if truth.all() or not truth.any():
        return np.zeros(rows.shape[1]), -20.0
    found = LogisticRegression(C=trust, max_iter=300)
    found.fit(rows, truth, sample_weight=weights)
    return found.coef_[0], found.intercept_[0]


def near(weights, bias, **bars):
    """A line in numbers that are written out: small enough to keep, and near enough."""
    return Near(
        bias=round(float(bias), DECIMALS),
        weights=tuple(float(each) for each in np.round(weights, DECIMALS)),
        **bars,
    )


class Passages:
    """Decided passages as numbers, with the codebook's texts to learn from beside them.

    `truth` has a row a passage and a column a theme: YES, NO or OPEN.
    """

    def __init__(self, codebook, sentences, truth, codes):
        read = [read_by(codebook, found) for found in sentences]
        self.sentences = [vectors for vectors, _ in read]
        self.rows = np.array([whole(vectors, sizes) for vectors, sizes in read])
        self.texts, self.owners, self.weights = texts_of(codebook)
        self.truth, self.codes = truth, codes

    def fit(self, seen):
        """Weights, a row a number and a column a theme, and biases, from these passages alone."""
        rows = np.vstack([self.rows[seen], self.texts])
        lines = []
        for column, code in enumerate(self.codes):
            truth = self.truth[seen, column]
            decided = np.append(truth != OPEN, np.ones(len(self.texts), dtype=bool))
            yes = np.append(truth == YES, self.owners == code)
            weights = np.append(np.ones(len(seen)), self.weights)
            lines.append(fitted(rows[decided], yes[decided], weights[decided], TRUST))
        return np.array([line for line, _ in lines]).T, np.array([bias for _, bias in lines])

    def odds(self, line, unseen):
        """The log odds of each theme for these passages."""
        weights, bias = line
        of_passage = self.rows[unseen] @ weights + bias
        by_sentence = [self.sentences[at] @ weights + bias for at in unseen]
        pairs = zip(of_passage, by_sentence, strict=True)
        return np.array([passage_odds(*pair) for pair in pairs])

    def held_out(self, folds):
        """The log odds of each passage from lines that saw nothing of its group."""
        found = np.zeros(self.truth.shape)
        for seen, unseen in folds:
            found[unseen] = self.odds(self.fit(seen), unseen)
        return found

    def nearness(self, sha256, bars):
        weights, biases = self.fit(np.arange(len(self.rows)))
        return Nearness(
            sha256,
            {
                code: near(
                    weights[:, at],
                    biases[at],
                    perhaps=round(float(bars.perhaps[at]), DECIMALS),
                    likely=round(float(bars.likely[at]), DECIMALS),
                )
                for at, code in enumerate(self.codes)
            },
        )
