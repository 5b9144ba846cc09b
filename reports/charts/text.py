"""Fitting words into the room a chart has for them."""

import unicodedata

from practicelens.typesetting.widths import WIDTHS

# Semibold letters are a little wider; the rest is a margin for kerning and other faces.
SEMIBOLD, MARGIN = 1.05, 1.02
# A letter the table does not have is taken to be as wide as the type is high.
UNKNOWN = 1000


def width(words, size, bold=False):
    """About how wide `words` are when set in Source Sans 3 at `size`."""
    thousandths = sum(WIDTHS.get(letter, UNKNOWN) for letter in drawn(words))
    return thousandths * size / 1000 * MARGIN * (SEMIBOLD if bold else 1)


def wrap(words, size, room, lines=2, bold=False):
    """`words` as at most `lines` lines, none wider than `room`; what is left over ends in "…".

    A fixed space does not turn, so a figure keeps its noun.
    """
    wrapped = fill(words.split(" "), size, room, bold)
    if len(wrapped) > lines:
        wrapped = [*wrapped[: lines - 1], " ".join(wrapped[lines - 1 :])]
    return [cut(line, size, room, bold) for line in wrapped]


def drawn(words):
    spaced = words.replace("\N{NO-BREAK SPACE}", " ")
    return [letter for letter in spaced if not unicodedata.combining(letter)]


def fill(words, size, room, bold):
    lines = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def cut(line, size, room, bold):
    if width(line, size, bold) <= room:
        return line
    while line and width(f"{line}…", size, bold) > room:
        line = line[:-1]
    return f"{line.rstrip()}…"
