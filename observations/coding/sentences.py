"""A text cut into sentences, by offsets."""

import re
from bisect import bisect_left

from .lists import read_words

MOST = 120_000  # characters that are read of one text, some sixty pages

ABBREVIATIONS = frozenset(read_words("abbreviations.txt"))
BULLET = re.compile(r"\s*(?:[-*•‣▪◦–—]+|\(?(?:\d{1,2}|[a-z])[.)])\s+")
# A stop, what closes with it (quotes and brackets), then a space; or a stop typed without one.
STOP = re.compile(
    r"[.!?…]{1,9}[\"'”’)\]]{0,4}(?=\s|$)|(?<=[a-z]{2})[.!?](?=[A-Z][a-z])|\r\n?|\n|\u2028|\u2029"
)
# Short speech stays in one piece; longer speech is cut as any other text is.
SPEECH = re.compile(r"“[^”\n]{1,160}”|\"[^\"\n]{1,160}\"")
LAST_WORD = re.compile(r"[\w.]*$")
LIST_NUMBER = re.compile(r"^[^\S\n]*\d{1,2}\Z", re.MULTILINE)


def sentences(text):
    """The `(start, end)` of each sentence, without its bullet and the space around it.

    Of a very long text only the first `MOST` characters are read.
    """
    text = text[:MOST]
    found = []
    start = 0
    for end in [*boundaries(text), len(text)]:
        if span := trimmed(text, start, end):
            found.append(span)
        start = end
    return found


def boundaries(text):
    speech = [match.span() for match in SPEECH.finditer(text)]
    starts = [start for start, _ in speech]
    for match in STOP.finditer(text):
        last = bisect_left(starts, match.start()) - 1
        if last >= 0 and match.end() < speech[last][1]:
            continue
        if match.group()[0] in "\r\n\u2028\u2029":
            if not runs_on(text, match):
                yield match.end()
        elif not carries_on(text, match):
            yield match.end()


def runs_on(text, line_break):
    """Whether a line was merely wrapped: the next one starts small, and straight away."""
    following = text[line_break.end() : line_break.end() + 2]
    return following[:1].islower() and following[1:] not in (")", ".")


def carries_on(text, stop):
    """Whether a stop is inside its sentence: an abbreviation, an initial, dots before a small word."""
    following = text[stop.end() : stop.end() + 40].lstrip()
    if following[:1].islower():
        return stop.group()[0] in ".…" or stop.group()[-1] in "\"'”’)"
    if stop.group() != ".":
        return False
    before = LAST_WORD.search(text, max(0, stop.start() - 12), stop.start()).group()
    return before.lower() in ABBREVIATIONS or is_initial(before) or is_number(text, stop)


def is_initial(before):
    return len(before) == 1 and before.isupper() and before != "I"


def is_number(text, stop):
    """Whether the stop follows the number of a list ("1. Ask first"), at the start of a line."""
    return LIST_NUMBER.search(text, max(0, stop.start() - 20), stop.start()) is not None


def trimmed(text, start, end):
    bullet = BULLET.match(text, start, end)
    start = bullet.end() if bullet else start
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end = start + len(piece.strip())
    return (start, end) if any(letter.isalnum() for letter in text[start:end]) else None
