"""Words of a text: where they stand, and the stem by which two forms of a word are one."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from snowballstemmer import stemmer

from .lists import read_words

# Combining marks belong to the letter before them, so that a macron typed in two parts is kept.
LETTER = "[^\\W\\d_][\u0300-\u036f]*"
WORD = re.compile(rf"(?:{LETTER})+(?:['’](?:{LETTER})+)*|\d+")

LONGEST = 60  # letters by which a word is known: nobody writes a longer one

# Left whole: English stemming would cut them.
TE_REO = frozenset(read_words("te_reo.txt"))


class Word(NamedTuple):
    """One word of a text: `text[start:end]`, folded for comparison, and its stem."""

    start: int
    end: int
    plain: str
    stem: str


def words(text):
    """The words of `text`, in order, with their offsets."""
    return [
        Word(match.start(), match.end(), *plain_and_stem(match.group()[:LONGEST]))
        for match in WORD.finditer(text)
    ]


def stems(text):
    return [word.stem for word in words(text)]


def folded(text):
    """A text as it is compared: whanau for whānau, cafe for café, one apostrophe, small letters.

    The database does the same to what is searched: see the migration `folded_search`.
    """
    return without_marks(unicodedata.normalize("NFKD", text.lower().replace("’", "'")))


def without_marks(text):
    return "".join(letter for letter in text if not unicodedata.combining(letter))


@lru_cache(maxsize=50_000)
def plain_and_stem(written):
    lower = unicodedata.normalize("NFKD", written.lower().replace("’", "'"))
    plain = without_marks(lower)
    bare = plain.removesuffix("'s")
    if "\u0304" in lower or bare in TE_REO:
        return plain, bare
    # A stemmer of its own for each word: one keeps the word it works on, and threads share modules.
    return plain, stemmer("english").stemWord(bare)
