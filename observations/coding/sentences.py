"""A text cut into sentences, by offsets."""

import re

from .lists import read_words

ABBREVIATIONS = frozenset(read_words("abbreviations.txt"))
BULLET = re.compile(r"\s*(?:[-*•‣▪◦–—]+|\(?(?:\d{1,2}|[a-z])[.)])\s+")
# A stop, what closes with it (quotes and brackets), then a space; or a stop typed without one.
STOP = re.compile(
    r"[.!?…]{1,9}[\"'”’)\]]{0,4}(?=\s|$)|(?<=[a-z]{2})[.!?](?=[A-Z][a-z])|\r\n?|\n|\u2028|\u2029"
)
# Short speech stays in one piece; longer speech is cut as any other text is.
SPEECH = re.compile(r"“[^”\n]{1,160}”|\"[^\"\n]{1,160}\"")
LAST_WORD = re.compile(r"[\w.]*$")


def sentences(text):
    """The `(start, end)` of each sentence, without its bullet and the space around it."""
    found = []
    start = 0
    for end in [*_boundaries(text), len(text)]:
        if span := _trimmed(text, start, end):
            found.append(span)
        start = end
    return found


def _boundaries(text):
    speech = [match.span() for match in SPEECH.finditer(text)]
    for match in STOP.finditer(text):
        if any(start < match.start() and match.end() < end for start, end in speech):
            continue
        if match.group()[0] in "\r\n\u2028\u2029":
            if not _runs_on(text, match):
                yield match.end()
        elif not _carries_on(text, match):
            yield match.end()


def _runs_on(text, line_break):
    """Whether a line was merely wrapped: the next one starts small, and straight away."""
    following = text[line_break.end() : line_break.end() + 2]
    return following[:1].islower() and following[1:] not in (")", ".")


def _carries_on(text, stop):
    """Whether a stop is inside its sentence: an abbreviation, an initial, dots before a small word."""
    following = text[stop.end() : stop.end() + 40].lstrip()
    if following[:1].islower():
        return stop.group()[0] in ".…" or stop.group()[-1] in "\"'”’)"
    if stop.group() != ".":
        return False
    before = LAST_WORD.search(text, max(0, stop.start() - 12), stop.start()).group()
    return before.lower() in ABBREVIATIONS or _is_initial(before) or _is_number(before, text, stop)


def _is_initial(before):
    return len(before) == 1 and before.isupper() and before != "I"


def _is_number(before, text, stop):
    """Whether the stop follows the number of a list ("1. Ask first"), at the start of a line."""
    line = text.rfind("\n", 0, stop.start()) + 1
    return before.isdigit() and len(before) < 3 and text[line : stop.start()].strip() == before


def _trimmed(text, start, end):
    bullet = BULLET.match(text, start, end)
    start = bullet.end() if bullet else start
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end = start + len(piece.strip())
    return (start, end) if any(letter.isalnum() for letter in text[start:end]) else None
