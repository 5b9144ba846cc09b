"""Put a role in the place of every identifier, and keep the way back."""

import re
from bisect import bisect_right
from typing import NamedTuple

from .catalogue import is_listed, without_article
from .lists import set_of
from .roles import NAME, in_place_of

SENTENCE_ENDS = ".!?\n"
BEFORE_NOUNS = set_of("the a an our her his their my your its this that every each another")
NEAR = 80  # characters before a place, among which its sentence begins or goes on
ENDS = re.compile(r"\s*$|\s+[^\W\d_a-zāēīōū]")


class Masked(NamedTuple):
    """A masked text, and where its pieces stand in both texts.

    `pieces` are (start, end) in the original and (start, end) in the masked text, in order and
    without gaps; a piece that was put in place of another is `replaced`.
    """

    text: str
    pieces: tuple

    def to_original(self, offset):
        """Where in the original the character at `offset` of the masked text came from."""
        return self._across(offset, here=2, there=0)

    def to_masked(self, offset):
        """Where in the masked text the character at `offset` of the original is now."""
        return self._across(offset, here=0, there=2)

    def span_to_masked(self, start, end):
        """Where `[start:end]` of the original is now; a piece it cuts into belongs to it whole."""
        if start == end:
            return self.to_masked(start), self.to_masked(start)
        place = bisect_right(self.pieces, end - 1, key=lambda piece: piece[0]) - 1
        is_replaced = place >= 0 and self.pieces[place][4]
        last = self.pieces[place][3] if is_replaced else self.to_masked(end - 1) + 1
        return self.to_masked(start), last

    @property
    def put_in(self):
        """Where in the masked text something stands in place of something else."""
        return [(piece[2], piece[3]) for piece in self.pieces if piece[4]]

    def _across(self, offset, here, there):
        place = bisect_right(self.pieces, offset, key=lambda piece: piece[here]) - 1
        if place < 0:
            return offset
        piece = self.pieces[place]
        if piece[4]:
            inside = offset < piece[here + 1]
            return piece[there] if inside else piece[there + 1]
        return min(piece[there] + offset - piece[here], piece[there + 1])


def mask(text, identifiers):
    """`text` with the suggestion of each identifier in its place, as a `Masked`."""
    return swap(text, [(each.start, each.end, in_sentence(text, each)) for each in identifiers])


def swap(text, edits):
    """`text` with other words at each (start, end, words), which are in order and apart."""
    pieces, written, last, length = [], [], 0, 0
    for first, after, instead in edits:
        for start, end, words, replaced in (
            (last, first, text[last:first], False),
            (first, after, instead, True),
        ):
            if start < end:
                pieces.append((start, end, length, length + len(words), replaced))
                written.append(words)
                length += len(words)
        last = after
    if last < len(text):
        pieces.append((last, len(text), length, length + len(text) - last, False))
        written.append(text[last:])
    return Masked("".join(written), tuple(pieces))


def standing(words, text):
    """The (start, end) of each place where `words` stand in `text`: as words of their own, if so."""
    before = r"(?<!\w)" if re.match(r"\w", words) else ""
    after = r"(?!\w)" if re.search(r"\w$", words) else ""
    apart = [match.span() for match in re.finditer(before + re.escape(words) + after, text)]
    return apart or [match.span() for match in re.finditer(re.escape(words), text)]


class Needs(NamedTuple):
    """What a role has to become where a name stands.

    `capital` where a sentence starts, `bare` after an article, `name` where the words before have
    told the role already ("Mum (Ana)"), `dot` where the name ends a sentence with a dot of its own.
    """

    capital: bool
    bare: bool
    name: bool
    dot: bool


def needs(text, each):
    near = text[max(0, each.start - NEAR) : each.start]
    before = near.rstrip(" \t\"“‘'(*–—-")
    article = near.rstrip(" \t\"“‘'").rpartition(" ")[2].lower()
    return Needs(
        capital=not before or before[-1] in SENTENCE_ENDS,
        bare=article in BEFORE_NOUNS,
        name=in_place_of(text, each.start, each.end) == NAME,
        dot=each.words.endswith(".") and ENDS.match(text, each.end) is not None,
    )


def in_sentence(text, each):
    """The suggestion, with a capital where a sentence starts and no second article."""
    return as_needed(each.suggestion, needs(text, each))


def as_needed(words, need):
    if need.name and is_listed(words):
        words = NAME
    if need.bare:
        words = without_article(words)
    if need.capital:
        words = words[:1].upper() + words[1:]
    return words + "." if need.dot else words
