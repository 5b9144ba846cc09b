"""The words of a text, with what the readers of names need to know of each."""

import re
from functools import lru_cache
from typing import NamedTuple

from .lists import has_marks, is_word, plain
from .spans import Spans

LETTER = "[^\\W\\d_][\u0300-\u036f]*"
NAME = re.compile(rf"(?<!\w)['ʻ‘]?(?:{LETTER})+(?:['’ʻ-](?:{LETTER})+)*")
SPACE = re.compile(r"[ \t\u00a0]+")
ENDS = re.compile(r"[?!\n•]|\.(?!\w)")
STARTS = re.compile(r"(?:^|[.!?\n•])[\s\"“”‘'(*–—-]*$")
MOST = 100_000  # characters that are read of one text, some fifty pages
SENTENCE = 1_000  # characters after a word among which the end of its sentence is looked for

OKINA = "'ʻ‘"


class Word(NamedTuple):
    """One word: `plain` is for comparison; a loud one is written in capitals throughout.

    An ordinary one is in the list of words, or is one of those with an ending.
    """

    start: int
    end: int
    plain: str
    is_capital: bool
    is_loud: bool
    is_ordinary: bool


class Note(NamedTuple):
    """A text, its words, and the places of the caller's own words and of set phrases."""

    text: str
    words: list
    allowed: Spans
    phrases: Spans

    def before(self, word, reach=48):
        return self.text[max(0, word.start - reach) : word.start]

    def starts_sentence(self, word):
        return STARTS.search(self.before(word, 12)) is not None or word.start == 0

    def is_allowed(self, word):
        return self.is_phrase(word) or self.allowed.touch(word.start, word.end)

    def is_phrase(self, word):
        return self.phrases.touch(word.start, word.end)

    def asks(self, word):
        """Whether a word at the start of a sentence begins a question: "Will Housing pay?"."""
        end = ENDS.search(self.text, word.end, word.end + SENTENCE)
        return self.starts_sentence(word) and end is not None and end.group() == "?"

    def follows(self, place):
        """The next word, if nothing but space stands between; else None."""
        if place + 1 < len(self.words):
            word, following = self.words[place], self.words[place + 1]
            if SPACE.fullmatch(self.text, word.end, following.start):
                return following
        return None


def read_to(text):
    """Where reading ends: at the end of the text or, in one that is too long, between two words."""
    if len(text) <= MOST:
        return len(text)
    last = max(text.rfind(space, 0, MOST) + 1 for space in " \n")
    return last if last > MOST // 2 else MOST


def words_of(text):
    found = []
    for match in NAME.finditer(text):
        start, end = match.span()
        if text[start] in OKINA:
            start += 1
        if text[end - 2 : end] in ("'s", "’s"):
            end -= 2
        if start < end:
            found.append(word_of(start, end, text[start:end]))
    return found


def word_of(start, end, written):
    compared = plain(written)
    ordinary = is_word(compared) and (written.isascii() or has_marks(compared))
    loud = len(written) > 1 and written.isupper()
    return Word(start, end, compared, written[0].isupper(), loud, ordinary)


def allowed_in(text, allow):
    """Where the caller's own words that are no person stand."""
    pattern = pattern_of(allow)
    return Spans(match.span() for match in pattern.finditer(text)) if pattern else Spans(())


@lru_cache(maxsize=64)
def pattern_of(allow):
    phrases = sorted(filter(None, allow), key=len, reverse=True)
    if not phrases:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases))})(?!\w)", re.IGNORECASE)
