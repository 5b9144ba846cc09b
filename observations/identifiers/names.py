"""Names of people in a text.

Three ways: names that the caller knows, names that a title or the words around them give away, and
a short list of given names. A stronger reader of names can take the place of `named` whole.
"""

import re
import unicodedata
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from . import kinds
from .kinds import identifier

LETTER = "[^\\W\\d_][\u0300-\u036f]*"
NAME = re.compile(rf"(?<!\w)(?:{LETTER})+(?:['’-](?:{LETTER})+)*")
SPACE = re.compile(r"[ \t\u00a0]+")
TITLE_SPACE = re.compile(r"\.?\s{1,2}")

FAMILY_TITLES = frozenset(
    {
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "whaea",
        "matua",
        "koro",
        "kuia",
        "nanny",
        "nan",
        "nana",
        "auntie",
        "aunty",
        "uncle",
    }
)
PROFESSIONAL_TITLES = frozenset(
    {"dr", "doctor", "prof", "professor", "pc", "dc", "sgt", "judge", "rev", "cllr"}
)
# Titles after which any word is a name, and which are typed small in haste.
SURE_TITLES = frozenset({"mr", "mrs", "ms", "dr"})
NO_NAMES = frozenset(
    {
        "and",
        "who",
        "was",
        "has",
        "had",
        "said",
        "were",
        "are",
        "the",
        "from",
        "with",
        "also",
        "then",
    }
)

NAMED = re.compile(r"\b(?:named|called|name is|name's|known as|goes by)\s+[\"“'‘]?$", re.IGNORECASE)
CHILD = re.compile(
    r"\b(?:son|daughter|brother|sister|siblings?|[Bb]aby|child|boy|girl|toddler|[Tt]wins?|nephew|"
    r"niece|p[eē]pi|tamaiti|moko|mokopuna|year[- ]old)\s+$"
)
AGE = "(?:1[0-8]|[1-9])"
AGED = re.compile(
    r"\s*(?:,?\s*(?:who\s+is\s+|who's\s+|is\s+|was\s+)?aged?\s+\w+"
    rf"|\(\s*(?:aged?\s+)?{AGE}\s*\)|,\s*{AGE}\s*,"
    rf"|,?\s*(?:who\s+is\s+|who's\s+|is\s+)?{AGE}[- ]years?[- ]old)"
)
VERBS = "said|says|told|tells|asked|asks|replied|answered|whispered|shouted|cried|laughed|grinned"
SPEAKS = re.compile(rf"\s+(?:then |quietly |just |also )?(?:{VERBS}|smiled|nodded|shrugged)\b")
OF_FAMILY = re.compile(r"\s+(?:family|household|whānau|whanau|children|siblings|girls|boys)\b")
THE = re.compile(r"\bthe\s+$", re.IGNORECASE)
SPOKEN_TO = re.compile(r"(?:\b(?:told|asked|thanked|hugged)|[\"”’,]\s*(?:said|asked|replied))\s+$")
OF_SOMEBODY = re.compile(r"['’]s\b|\s+(?:was|is|had|has|went|came|sat|felt|wanted|looked)\b")
STARTS = re.compile(r"(?:^|[.!?\n•])[\s\"“‘'(*–—-]*$")

HERE = Path(__file__).parent


class Word(NamedTuple):
    start: int
    end: int
    plain: str
    is_capital: bool


def named(text, people=(), allow=()):
    """The people named in `text`; some may overlap."""
    words = _words(text)
    found = [*_known(text, words, people), *_titled(text, words)]
    found += _guessed(text, words, _allowed(text, allow))
    return found + _again(text, words, found)


def plain(written):
    """A name for comparison: small letters, no marks over them."""
    decomposed = unicodedata.normalize("NFKD", written.lower().replace("’", "'"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@lru_cache
def _list(name):
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


@lru_cache
def given_names():
    """The given names of our list: `{name: whether it is an ordinary word too}`."""
    return {plain(name.rstrip("~")): name.endswith("~") for name in _list("given_names.txt")}


@lru_cache
def field_words():
    return frozenset(plain(word) for word in _list("field_words.txt"))


def _words(text):
    found = []
    for match in NAME.finditer(text):
        start, end = match.span()
        if text[end - 2 : end] in ("'s", "’s"):
            end -= 2
        found.append(Word(start, end, plain(text[start:end]), text[start].isupper()))
    return found


def _known(text, words, people):
    """Full names of `people` in any case, and a first or last name with its capital."""
    whole, parts = _index(people)
    for place, word in enumerate(words):
        for name in whole.get(word.plain, ()):
            following = words[place : place + len(name)]
            if tuple(each.plain for each in following) == name:
                yield identifier(text, word.start, following[-1].end, kinds.PERSON)
        if word.plain in parts and word.is_capital and not _is_plain_word(text, word):
            yield identifier(text, word.start, word.end, kinds.PERSON)


@lru_cache(maxsize=64)
def _index(people):
    """Names by their first word, and the first and last names long enough to stand alone."""
    whole, parts = defaultdict(list), set()
    for person in people:
        name = tuple(word.plain for word in _words(person))
        if len(name) > 1:
            whole[name[0]].append(name)
        parts.update(part for part in (name[:1] + name[-1:]) if len(part) >= 3)
    return whole, parts


def _is_plain_word(text, word):
    """Whether a name starts a sentence and may be any word there ("Will he", "Hope for more")."""
    if not given_names().get(word.plain, False) or OF_SOMEBODY.match(text, word.end):
        return False
    return _starts_sentence(text, word)


def _starts_sentence(text, word):
    return STARTS.search(text, max(0, word.start - 12), word.start) is not None


def _titled(text, words):
    for place, title in enumerate(words[:-1]):
        professional = title.plain in PROFESSIONAL_TITLES
        if not (professional or title.plain in FAMILY_TITLES):
            continue
        if _is_named_by(text, title, words[place + 1]):
            end = _end_of_name(text, words, place + 1)
            suggestion = kinds.PROFESSIONAL if professional else None
            yield identifier(text, title.start, end, kinds.TITLED_NAME, suggestion)


def _is_named_by(text, title, word):
    # "Asked the doctor. However" has no title in it.
    space = TITLE_SPACE if title.is_capital else SPACE
    if not space.fullmatch(text, title.end, word.start) or word.plain == "i":
        return False
    if title.plain in SURE_TITLES and not title.is_capital and not word.is_capital:
        return len(word.plain) > 2 and word.plain not in NO_NAMES
    return word.is_capital and (title.plain in SURE_TITLES or word.plain not in field_words())


def _end_of_name(text, words, place):
    """Where a name ends that starts at `place`: two more capitalised words may belong to it."""
    last = place
    while last < min(place + 2, len(words) - 1):
        following = words[last + 1]
        space = TITLE_SPACE if words[last].end - words[last].start == 1 else SPACE
        joined = space.fullmatch(text, words[last].end, following.start)
        if not joined or not following.is_capital or following.plain in field_words():
            break
        last += 1
    return words[last].end


def _allowed(text, allow):
    """The places of the caller's own words that are no person."""
    pattern = _pattern(allow)
    return [match.span() for match in pattern.finditer(text)] if pattern else []


@lru_cache(maxsize=64)
def _pattern(allow):
    phrases = sorted(filter(None, allow), key=len, reverse=True)
    if not phrases:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases))})(?!\w)", re.IGNORECASE)


def _guessed(text, words, allowed):
    """Names that the words around them give away, and given names of our list."""
    for place, word in enumerate(words):
        if not word.is_capital or word.plain in field_words():
            continue
        if any(start < word.end and word.start < end for start, end in allowed):
            continue
        if kind := _guess(text, word):
            yield identifier(text, word.start, _end_of_name(text, words, place), kind)


def _guess(text, word):
    before = text[max(0, word.start - 24) : word.start]
    if _is_acronym(text, word):
        return None
    if NAMED.search(before) or CHILD.search(before) or AGED.match(text, word.end):
        return kinds.CHILD_NAME
    if SPOKEN_TO.search(before) or (SPEAKS.match(text, word.end) and not _is_adverb(word)):
        return kinds.GIVEN_NAME
    if OF_FAMILY.match(text, word.end) and THE.search(before):
        return kinds.GIVEN_NAME
    if word.plain in given_names() and not _is_plain_word(text, word):
        return kinds.GIVEN_NAME
    return None


def _is_acronym(text, word):
    capitals = sum(letter.isupper() for letter in text[word.start : word.end])
    return capitals > 1 and len(word.plain) < 5


def _is_adverb(word):
    """Whether it is "Quietly asked" or "Smiling said", and no name that the list knows."""
    return word.plain.endswith(("ly", "ing")) and word.plain not in given_names()


def _again(text, words, found):
    """A name once found, wherever it stands again with its capital."""
    known = {
        word.plain: each
        for each in found
        for word in _words(each.words)
        if len(word.plain) > 2 and word.is_capital and not _is_title(word)
    }
    return [
        identifier(text, word.start, word.end, known[word.plain].kind, known[word.plain].suggestion)
        for word in words
        if word.is_capital and word.plain in known and not _is_plain_word(text, word)
    ]


def _is_title(word):
    return word.plain in FAMILY_TITLES | PROFESSIONAL_TITLES or word.plain in field_words()
