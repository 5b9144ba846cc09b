"""What a person still has to look at before a text is released."""

import re
from typing import NamedTuple

from .lists import set_of
from .spans import Spans
from .tokens import Note, read_to, words_of

DIGITS = re.compile(r"[0-9](?:[0-9 ./:-]*[0-9])?")
PAIR = re.compile(r"(?<!\w)(?:[^\W\d_]\.\s?){1,3}[^\W\d_]?(?!\w)|(?<!\w)[A-ZĀĒĪŌŪ]{2}(?!\w)")
# Words of grammar: at the start of a sentence their capital says nothing.
GRAMMAR = set_of(
    "a an the this that these those there here i he she it we you they his her its our your their my "
    "mine who whom whose which what when where why how if because although though while since until "
    "unless as so and but or nor yet not no yes in on at by for from with without to of off over under "
    "up down out into onto about after before again then than is are was were be been being am do does "
    "did has have had can could should would shall might must both either neither each every all any "
    "some most many much more other another one two three four five also just only even still"
)


class Place(NamedTuple):
    """Something left in a text: `text[start:end]` is `words`, and `why` says what it may be."""

    start: int
    end: int
    words: str
    why: str


def remaining(text, found):
    """Every capitalised word, run of digits and pair of initials that `found` does not cover.

    Only words of grammar at the start of a sentence are left out. What is too long to be read is
    one place of its own.
    """
    end = read_to(text)
    text, rest = text[:end], text[end:]
    hidden = Spans((each.start, each.end) for each in found)
    places = [*initials(text), *capitals(text), *digits(text)]
    open_places = [each for each in places if not hidden.cover(each.start, each.end)]
    kept = first_of_each(sorted(open_places, key=lambda each: (each.start, -each.end)))
    return [*kept, Place(end, end + len(rest), rest, "Not read: too long.")] if rest else kept


def initials(text):
    for match in PAIR.finditer(text):
        if match.group()[0].isupper() and len(match.group()) > 1:
            yield Place(*match.span(), match.group(), "May be somebody’s initials.")


def capitals(text):
    note = Note(text, words_of(text), Spans(()), Spans(()))
    for word in note.words:
        if not word.is_capital or (word.plain in GRAMMAR and note.starts_sentence(word)):
            continue
        if word.plain != "i" and not word.plain.startswith("i'"):
            words = text[word.start : word.end]
            yield Place(word.start, word.end, words, "Has a capital: may be a name.")


def digits(text):
    for match in DIGITS.finditer(text):
        yield Place(*match.span(), match.group(), "A number: may point to somebody.")


def first_of_each(places):
    """Without those that stand inside the one before."""
    kept = []
    for each in places:
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept
