"""Sentences that no theme covers, put together by likeness: a guess at what may be a theme.

Stems and pairs of stems are weighed by rarity (TF-IDF), turned into fewer numbers by latent semantic
analysis (Deerwester and others, 1990) and parted by k-means. Measured against themes that people
gave, one hidden theme in three comes out as a group of its own, and of the groups offered most are
no theme: every other method that was tried is as weak. What is found here is for a person to look
at, and is never counted.
"""

import re
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from .codebook import STOP_STEMS
from .words import words

# Kept with each mention that comes of it: a new method takes a new name.
ENGINE = "grouped 1"

SHORTEST, LONGEST = 5, 60  # words of a sentence that is looked at
# With less text than this, groups are chance.
LEAST_SENTENCES = 60
LEAST_MEMBERS, LEAST_NOTES, LEAST_OBSERVERS = 5, 5, 3
# Groups offered: one for thirty sentences, so that little text gives little to read.
MOST_GROUPS, A_GROUP_OFFERED = 8, 30

# Cosines: a group whose sentences are not this near its middle on average is not offered. Of those,
# fewer were a theme.
LEAST_CLOSE = 0.65

# What stands in the place of a date or a number says nothing.
PLACEHOLDER = re.compile(r"\[[^\]\n]*\]")


class Group(NamedTuple):
    """Sentences like each other.

    `members` are their places, those nearest the middle first, and `nearness` the cosine of each to
    it; `closeness` is the mean of these. `terms` are words that set them apart, as people wrote them.
    """

    members: tuple
    terms: tuple
    closeness: float
    nearness: tuple


def fits(sentence):
    """Whether a sentence is long enough to say something, and short enough to say one thing."""
    return SHORTEST <= len(words(sentence)) <= LONGEST


def groups(texts, observers, notes, recent=None, seed=0):
    """The groups worth a look, the one most worth it first; the same for the same sentences.

    `observers` and `notes` say of each sentence who wrote it and in which note; `recent`, whether it
    is of the newer half of the time looked at.
    """
    found = [each for each in all_groups(texts, seed) if is_enough(each, observers, notes)]
    worth = {each: len(each.members) * each.closeness * growth(each, recent) for each in found}
    best = sorted(found, key=lambda each: (-worth[each], each.members))
    return best[: min(MOST_GROUPS, max(1, len(texts) // A_GROUP_OFFERED))]


def all_groups(texts, seed=0):
    """Every group that sentences fall into, good or bad."""
    # It brings scikit-learn, whose import takes longer than the rest of the product's.
    from .parting import fewer_numbers, parted, telling_terms, weighed_terms

    # In an order of their own: the same sentences are grouped alike, however they come.
    order = sorted(range(len(texts)), key=lambda place: (texts[place], place))
    read = [telling(texts[place]) for place in order]
    weighed, names = weighed_terms([terms_of(sentence) for sentence in read])
    if weighed is None:
        return []
    return [
        Group(
            members=tuple(order[row] for row in rows),
            terms=tuple(as_written(telling_terms(rows, weighed, names), rows, read)),
            closeness=round(float(near.mean()), 4),
            nearness=tuple(round(float(each), 4) for each in near),
        )
        for rows, near in parted(fewer_numbers(weighed, seed), seed)
    ]


def is_enough(group, observers, notes):
    return (
        group.closeness >= LEAST_CLOSE
        and len(group.members) >= LEAST_MEMBERS
        and len({notes[place] for place in group.members}) >= LEAST_NOTES
        and len({observers[place] for place in group.members}) >= LEAST_OBSERVERS
    )


def growth(group, recent):
    """How much of a group is recent, to how much of everything is; 1 if that is not known."""
    if not recent:
        return 1.0
    ours = (sum(recent[place] for place in group.members) + 1) / (len(group.members) + 2)
    return ours / ((sum(recent) + 1) / (len(recent) + 2))


class Said(NamedTuple):
    stem: str
    written: str


def telling(text):
    """The words of a sentence that say something by themselves."""
    text = PLACEHOLDER.sub(lambda found: " " * len(found.group()), text)
    return [
        Said(word.stem, text[word.start : word.end].lower())
        for word in words(text)
        if word.stem not in STOP_STEMS and len(word.stem) > 1 and not word.stem.isdigit()
    ]


def terms_of(sentence):
    stems = [word.stem for word in sentence]
    return [*stems, *(f"{one} {other}" for one, other in pairwise(stems))]


def as_written(terms, rows, read):
    """Each term in the whole words in which these sentences have it most often."""
    for stems in terms:
        written = Counter(
            " ".join(word.written for word in sentence[at : at + len(stems)])
            for row in rows
            for sentence in [read[row]]
            for at in range(len(sentence))
            if tuple(word.stem for word in sentence[at : at + len(stems)]) == stems
        )
        if written:
            yield min(written, key=lambda words: (-written[words], words))
