"""Sentences that may matter on their own: by what they say, or by being like nothing before them.

A sign is something done to people or felt by them in practice now. Worry words are everyday in
social work, so "a risk of harm" is none: see the lists, `lists/signs_*.txt`.
"""

import re
from collections import defaultdict
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from .lists import read_phrases
from .sentences import sentences
from .stance import CONTRASTS, NEGATIONS, NO_NEGATION
from .words import stems, words

HARM, FEAR, SHAME, DISCRIMINATION = "harm", "fear", "shame", "discrimination"
CONCEALMENT = "concealment"
KINDS = (HARM, FEAR, SHAME, DISCRIMINATION, CONCEALMENT)
# Words before a sign among which a negation, or what sets it aside, is looked for.
NEGATED_WITHIN, ASIDE_WITHIN = 3, 6
REASONS = frozenset(("because", "since"))  # what follows them is so, whatever was not
GAP = 4  # words that "..." may stand for
DIVIDES = re.compile(r"[,;:()–—]| - ")


class Sign(NamedTuple):
    """Words of one kind in a text: `text[start:end]`."""

    kind: str
    start: int
    end: int
    words: str


class Placed(NamedTuple):
    """A word where it stands in the text, and in which clause of its sentence."""

    start: int
    end: int
    plain: str
    stem: str
    clause: int


class Slot(NamedTuple):
    """One place of a phrase: a word by stem or as written, up to `gap` other words before it."""

    stems: frozenset
    plain: frozenset
    gap: int

    def takes(self, word):
        return word.stem in self.stems or word.plain in self.plain


def signs(text):
    """Every sign in a text, in order; what is denied, imagined or only talked about is none."""
    return [
        Sign(kind, found[first].start, found[last].end, text[found[first].start : found[last].end])
        for start, end in sentences(text)
        for found in [words_of(text, start, end)]
        for kind, first, last in in_sentence(found)
        if not is_denied(found, first) and not is_aside(found, first)
    ]


def words_of(text, start, end):
    """The words of a sentence; commas and the like divide its clauses."""
    placed, clause, at = [], 0, start
    for word in words(text[start:end]):
        clause += bool(DIVIDES.search(text, at, start + word.start))
        at = start + word.end
        placed.append(Placed(start + word.start, at, word.plain, word.stem, clause))
    return placed


def in_sentence(found):
    """(kind, first word, last word) of what matches; of each kind, words are told once."""
    for kind in KINDS:
        reached = -1
        for first in range(len(found)):
            if first > reached and (last := longest(kind, found, first)) is not None:
                yield kind, first, last
                reached = last


def longest(kind, found, first):
    word = found[first]
    phrases = phrases_of(kind)
    begun = [*phrases["stem", word.stem], *phrases["plain", word.plain]]
    ends = [end_of(slots, found, first) for slots in begun]
    return max((end for end in ends if end is not None), default=None)


def end_of(slots, found, first):
    """Where a phrase that begins at a word ends, or None if it does not go on."""
    at = first
    for slot in slots[1:]:
        within = range(at + 1, min(len(found), at + 2 + slot.gap))
        fitting = (each for each in within if found[each].clause == found[first].clause)
        at = next((each for each in fitting if slot.takes(found[each])), None)
        if at is None:
            return None
    return at


@cache
def phrases_of(kind):
    """The phrases of a list by the word that they begin with."""
    index = defaultdict(list)
    for line in read_phrases(f"signs_{kind}.txt"):
        slots = slots_of(line)
        for stem in slots[0].stems:
            index["stem", stem].append(slots)
        for plain in slots[0].plain:
            index["plain", plain].append(slots)
    return index


def slots_of(line):
    slots, gap = [], 0
    for part in line.split():
        if part == "...":
            gap = GAP
            continue
        slots.append(slot_of(part, gap))
        gap = 0
    return tuple(slots)


def slot_of(part, gap):
    spelled = [word for each in part.split("/") for word in classes().get(each, [each])]
    plain = frozenset(word[1:] for word in spelled if word.startswith("="))
    loose = [stem for word in spelled if not word.startswith("=") for stem in stems(word)]
    return Slot(frozenset(loose), plain, gap)


@cache
def classes():
    lines = [line.split(" = ") for line in read_phrases("signs_classes.txt")]
    return {name: members.split("/") for name, members in lines}


def is_denied(found, first):
    """Whether a negation reaches the sign: "was not afraid", but not "never been so ashamed"."""
    if found[first].plain in REASONS:  # "was not let in because of his turban"
        return False
    before = words_before(found, first, NEGATED_WITHIN)
    for at, word in enumerate(before):
        following = before[at + 1].plain if at + 1 < len(before) else found[first].plain
        if (word.plain, following) in NO_NEGATION:
            continue
        if word.plain in NEGATIONS or word.plain.endswith("n't"):
            return not any(each.plain in ("so", "such") for each in before[at + 1 :])
    return False


def is_aside(found, first):
    """Whether it is only talked about, guarded against or imagined."""
    before = words_before(found, first, ASIDE_WITHIN)
    held = {word.stem for word in before}
    held |= {f"{one.stem} {other.stem}" for one, other in pairwise(before)}
    return not held.isdisjoint(asides())


def words_before(found, first, within):
    """The words before a sign in its clause, from the last turn on."""
    near = found[max(0, first - within) : first]
    before = [word for word in near if word.clause == found[first].clause]
    turns = [at for at, word in enumerate(before) if word.plain in CONTRASTS]
    return before[turns[-1] + 1 :] if turns else before


@cache
def asides():
    return frozenset(" ".join(stems(line)) for line in read_phrases("signs_aside.txt"))
