"""Words of an observation that are in another text: the same words, one after the other."""

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import takewhile

from observations.models import Passage

WORD = re.compile(r"\w+(?:['’-]\w+)*")
CLOSING = re.compile(r"[.!?…”’\"')]*")
# So many words running are someone's; fewer are common to any two texts.
RUN = 6


@dataclass(frozen=True)
class Borrowed:
    """`passage.text[start:end]` is, word for word, in a text."""

    passage: Passage
    start: int
    end: int

    @property
    def words(self):
        return self.passage.text[self.start : self.end]


def plain_words(text):
    """The words of a text as they are compared: small letters, one apostrophe."""
    return [word.replace("’", "'").lower() for word in WORD.findall(text)]


def holds(text, words):
    """Whether a text holds these words, one after the other."""
    inside, sought = plain_words(text), plain_words(words)
    return any(inside[at : at + len(sought)] == sought for at in range(len(inside)))


class Borrowings:
    """Finds what texts took over from some passages; each passage is read once."""

    def __init__(self, passages):
        self.passages = [(passage, plain_words(passage.text)) for passage in passages]
        self.starts = defaultdict(list)
        for source in self.passages:
            for place in range(len(source[1]) - RUN + 1):
                self.starts[tuple(source[1][place : place + RUN])].append((*source, place))

    def of(self, text):
        """Each run of words that a passage has too; the longest where several have it."""
        words, found, at = plain_words(text), [], 0
        while at <= len(words) - RUN:
            length = 1
            if runs := self.starts.get(tuple(words[at : at + RUN])):
                passage, place, length = max(
                    (
                        (passage, place, shared(words[at:], source[place:]))
                        for passage, source, place in runs
                    ),
                    key=lambda run: run[2],
                )
                found.append(placed(passage, place, length))
            at += length
        return found


def without(text, borrowings, mark):
    """The text with a mark in place of each run of words that a passage has too."""
    for each in borrowings.of(text):
        sought, places = plain_words(each.words), list(WORD.finditer(text))
        inside = plain_words(text)
        at = next(at for at in range(len(inside)) if inside[at : at + len(sought)] == sought)
        start, end = places[at].start(), places[at + len(sought) - 1].end()
        text = f"{text[:start]}{mark}{text[end:]}"
    return text


def shared(words, source):
    """How many words two lists begin with alike."""
    pairs = zip(words, source, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def placed(passage, place, length):
    spans = [match.span() for match in WORD.finditer(passage.text)]
    start, end = spans[place][0], spans[place + length - 1][1]
    return Borrowed(passage, start, CLOSING.match(passage.text, end).end())
