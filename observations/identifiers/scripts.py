"""Words in a script that the lists can't read: each may be a name, and a person has to say."""

import re
import unicodedata

from . import kinds
from .kinds import identifier

# The blocks of Latin: with the letters of phonetics, marks that are letters (ʻ), small and shared
# figures (²½①), ligatures, and the same alphabet in other shapes (Ａ, 𝐀, ℓ).
LATIN = (
    "A-Za-z0-9\u00aa\u00b2-\u00be\u00c0-\u02ff\u1d00-\u1dbf\u1e00-\u1eff\u2070-\u209c\u2100-\u2188"
    "\u2460-\u249b\u2c60-\u2c7f\ua720-\ua7ff\uab30-\uab6f\ufb00-\ufb06\uff21-\uff5a"
    "\U0001d400-\U0001d7ff"
)
NOT_LATIN = re.compile(rf"[^\W_{LATIN}]")
BETWEEN_SPACES = re.compile(r"\S+")
JOINERS = "\u200c\u200d"


def in_other_scripts(text):
    """Each word, or number, of such a script; where no space is between words, a row of them."""
    for match in BETWEEN_SPACES.finditer(text) if NOT_LATIN.search(text) else ():
        if NOT_LATIN.search(match.group()):
            for start, end in words(text, *match.span()):
                if NOT_LATIN.search(text, start, end):
                    yield identifier(text, start, end, kinds.OTHER_SCRIPT)


def words(text, start, last):
    """The (start, end) of what punctuation divides; marks over letters belong to their word."""
    for at in range(start, last + 1):
        if at == last or not belongs(text[at]):
            if start < at:
                yield start, at
            start = at + 1


def belongs(letter):
    return letter.isalnum() or letter in JOINERS or unicodedata.category(letter)[0] == "M"
