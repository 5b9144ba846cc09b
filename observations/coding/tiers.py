"""From which score on a theme is perhaps there, and from which likely: learned on texts held back.

Each theme has its own, drawn towards the one of all themes the less it has been confirmed.
"""

from typing import NamedTuple

import numpy as np

YES, NO, OPEN = 1, 0, -1

# A theme's own counts c / (c + so many) beside the one of all themes, c being its confirmed.
SHRINKAGE, SHRINKAGE_OF_LIKELY = 200, 50
# Of what is likely so many are right, over at least so many texts.
RIGHT, LEAST = 0.6, 5


class Bars(NamedTuple):
    """For each theme, where perhaps begins and where likely does."""

    perhaps: np.ndarray
    likely: np.ndarray


def bars_of(scores, truth):
    perhaps = drawn(scores, truth, best_threshold, SHRINKAGE)
    likely = drawn(scores, truth, sure_threshold, SHRINKAGE_OF_LIKELY)
    return Bars(perhaps, np.maximum(perhaps, likely))


def drawn(scores, truth, threshold, shrinkage):
    """The threshold of each theme, drawn towards that of all themes together."""
    shared = threshold(scores[truth != OPEN], truth[truth != OPEN])
    found = []
    for column in range(truth.shape[1]):
        decided = truth[:, column] != OPEN
        own = threshold(scores[decided, column], truth[decided, column])
        confirmed = (truth[:, column] == YES).sum()
        found.append((confirmed * own + shrinkage * shared) / (confirmed + shrinkage))
    return np.array(found)


def best_threshold(scores, truth):
    """The score from which on suggesting gives the highest F1 = 2 right / (suggested + confirmed)."""
    order, right, suggested = counted(scores, truth)
    f1 = 2 * right / (suggested + right[-1])
    return between(scores, order, int(np.argmax(np.where(is_last(scores[order]), f1, -1))))


def sure_threshold(scores, truth):
    """The lowest score from which on enough are right; the highest there is, if none is."""
    order, right, suggested = counted(scores, truth)
    enough = is_last(scores[order]) & (right / suggested >= RIGHT) & (suggested >= LEAST)
    found = np.flatnonzero(enough)
    return between(scores, order, int(found[-1])) if len(found) else scores[order[0]]


def counted(scores, truth):
    """The order of the texts by their score, and how many are right, and suggested, down to each."""
    order = np.argsort(-scores, kind="stable")
    return order, np.cumsum(truth[order] == YES), np.arange(1, len(order) + 1)


def is_last(ordered):
    """Equal scores stand or fall together."""
    return np.append(np.diff(ordered) != 0, True)


def between(scores, order, last):
    """Half way from the last score that is in to the first that is not."""
    following = scores[order[last + 1]] if last + 1 < len(order) else scores[order[last]]
    return (scores[order[last]] + following) / 2
