"""Put a role in the place of every identifier, and keep the way back."""

import re
from bisect import bisect_right
from typing import NamedTuple

SENTENCE_ENDS = ".!?\n"
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
    pieces, written, last, length = [], [], 0, 0
    for each in identifiers:
        for start, end, words, replaced in (
            (last, each.start, text[last : each.start], False),
            (each.start, each.end, _in_sentence(text, each), True),
        ):
            if start < end:
                pieces.append((start, end, length, length + len(words), replaced))
                written.append(words)
                length += len(words)
        last = each.end
    if last < len(text):
        pieces.append((last, len(text), length, length + len(text) - last, False))
        written.append(text[last:])
    return Masked("".join(written), tuple(pieces))


def _in_sentence(text, each):
    """The suggestion, with a capital where a sentence starts and no second article."""
    before = text[: each.start].rstrip(" \t\"“‘'(*–—-")
    words = each.suggestion
    article = text[: each.start].rstrip().rpartition(" ")[2].lower()
    if article in ("the", "a", "an", "our", "her", "his", "their", "my"):
        words = words.removeprefix("the ").removeprefix("a ").removeprefix("an ")
    if not before or before[-1] in SENTENCE_ENDS:
        words = words[:1].upper() + words[1:]
    if each.words.endswith(".") and ENDS.match(text, each.end):
        words += "."
    return words
