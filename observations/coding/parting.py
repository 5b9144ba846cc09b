"""Sentences as rows of numbers, and the groups that these fall into (see emerging.py).

Whoever imports this waits for scikit-learn: do so where something is grouped, and not before.
"""

import numpy as np
from sklearn.cluster import KMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize
from threadpoolctl import threadpool_limits

# A term is weighed if two sentences share it, and not more than half of all.
LEAST_SHARED, MOST_SHARED = 2, 0.5
# Numbers a sentence: fewer where there are few sentences.
COMPONENTS, SENTENCES_A_COMPONENT = 80, 5
# Groups: one for twenty sentences, thirty at the most; of a small set, one for six, at most twenty.
A_GROUP, MOST = 20, 30
A_SMALL_GROUP, MOST_SMALL = 6, 20
STARTS = 10
# A sentence further than this (a cosine) from the middle of its group is left out of it.
LEAST_NEAR = 0.3
MOST_TERMS = 5


def weighed_terms(sentences):
    """A row of weights for each sentence, and the terms they belong to; None if nothing is shared."""
    vectorizer = TfidfVectorizer(
        analyzer=lambda terms: terms,
        min_df=LEAST_SHARED,
        max_df=MOST_SHARED,
        sublinear_tf=True,
    )
    try:
        return vectorizer.fit_transform(sentences), vectorizer.get_feature_names_out()
    except ValueError:  # no term is left
        return None, ()


def fewer_numbers(weighed, seed):
    most = min(COMPONENTS, weighed.shape[0] // SENTENCES_A_COMPONENT, weighed.shape[1] - 1)
    if most < 2:
        return normalize(weighed.toarray())
    return normalize(TruncatedSVD(most, random_state=seed).fit_transform(weighed))


def how_many(sentences):
    return max(1, min(MOST_SMALL, sentences // A_SMALL_GROUP), min(MOST, sentences // A_GROUP))


def parted(vectors, seed):
    """`(rows, nearness)` of each group, the row nearest the middle first."""
    told = np.flatnonzero(vectors.any(axis=1))
    with threadpool_limits(1):  # several threads add up in any order, and so never quite the same
        means = KMeans(min(how_many(len(vectors)), len(told)), n_init=STARTS, random_state=seed)
        labels = means.fit_predict(vectors[told])
    for label in range(means.n_clusters):
        rows = told[labels == label]
        if not len(rows):
            continue
        near = vectors[rows] @ normalize(vectors[rows].mean(axis=0, keepdims=True))[0]
        nearest = [at for at in np.lexsort((rows, -near.round(6))) if near[at] >= LEAST_NEAR]
        if nearest:
            yield rows[nearest], near[nearest]


def telling_terms(rows, weighed, names):
    """The terms that weigh more in these rows than in all, the strongest first; no stem twice."""
    strength = np.asarray(weighed[rows].mean(axis=0) - weighed.mean(axis=0)).ravel()
    chosen, used = [], set()
    for column in np.argsort(-strength.round(9), kind="stable"):
        stems = names[column].split()
        if strength[column] <= 0 or len(chosen) == MOST_TERMS:
            break
        if used.isdisjoint(stems):
            chosen.append(tuple(stems))
            used.update(stems)
    return chosen
