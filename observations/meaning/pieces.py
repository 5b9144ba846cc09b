"""A text as the pieces of words that a BERT knows (WordPiece; Schuster and Nakajima, 2012)."""

import re
import unicodedata
from functools import lru_cache
from string import punctuation

LONGEST_WORD = 100
FIRST, LAST, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
# Ideographs stand each for themselves, as every mark of punctuation does.
IDEOGRAPH = re.compile(
    "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002ceaf\U0002f800-\U0002fa1f]"
)


class Pieces:
    """The pieces of one vocabulary, by number."""

    def __init__(self, path, lower=True):
        lines = path.read_text(encoding="utf-8").split("\n")
        self.numbers = {piece: number for number, piece in enumerate(lines) if piece}
        self.lower = lower
        self.of_word = lru_cache(maxsize=20_000)(self._of_word)
        self.of_letter = lru_cache(maxsize=2_000)(self._of_letter)

    def numbers_of(self, text, longest):
        """The numbers of a text's pieces, at most `longest` with the mark at either end."""
        found = [number for word in self.plain(text).split() for number in self.of_word(word)]
        return [self.numbers[FIRST], *found[: longest - 2], self.numbers[LAST]]

    def plain(self, text):
        """A text with spaces between its words and marks, and without signs that can't be seen.

        Where capitals count for nothing, accents don't either.
        """
        if self.lower:
            text = unicodedata.normalize("NFD", text.lower())
        return "".join(map(self.of_letter, text))

    def _of_letter(self, letter):
        kind = unicodedata.category(letter)
        if letter.isspace():
            return " "
        if kind[0] == "C" or letter == "\ufffd" or (self.lower and kind == "Mn"):
            return ""
        stands_alone = kind[0] == "P" or letter in punctuation or IDEOGRAPH.match(letter)
        return f" {letter} " if stands_alone else letter

    def _of_word(self, word):
        """The longest piece that is known, from the start on, again and again."""
        found, start = [], 0
        if len(word) > LONGEST_WORD:
            return (self.numbers[UNKNOWN],)
        while start < len(word):
            for end in range(len(word), start, -1):
                number = self.numbers.get(f"{'##' if start else ''}{word[start:end]}")
                if number is not None:
                    break
            else:
                return (self.numbers[UNKNOWN],)
            found.append(number)
            start = end
        return tuple(found)
