"""The lists of words and names that the engine reads: plain text, one file each."""

import unicodedata
from functools import cache, lru_cache
from pathlib import Path

HERE = Path(__file__).parent


def set_of(words):
    """The words of one line as a set."""
    return frozenset(words.split())


# Letters that Unicode does not take apart into a letter and a mark.
LETTERS = str.maketrans("øłđðħıŧ’‘ʻʼ`", "olddhit'''''")

ENDINGS = (("s", ""), ("es", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("ly", ""))
ENDINGS += (("ings", ""), ("er", ""), ("ers", ""), ("er", "e"), ("ers", "e"), ("ness", ""))
ENDINGS += (("ment", ""), ("isation", "ise"), ("ised", "e"), ("ability", "able"), ("ally", ""))
LONGEST = 20  # letters of an ordinary word
LONGEST_JOINED = 80  # letters of several, with hyphens between
ALPHABET = "abcdefghijklmnopqrstuvwxyz"
SHORTENED = frozenset(("s", "d", "ll", "ve", "re", "m", "t"))
MARKED = set_of(
    "cafe cafes cliche cliches creche creches debut decor detente divorcee doyenne entree expose "
    "facade fete fetes fiance fiancee fiancees naive naively naivety passe pate precis protege resume "
    "risque role roles saute seance soiree touche vis-a-vis elan emigre apres a"
)
PREFIXES = (
    "un",
    "re",
    "pre",
    "over",
    "multi",
    "non",
    "mis",
    "under",
    "inter",
    "co",
    "anti",
    "super",
    "semi",
    "ultra",
    "hyper",
    "micro",
    "mini",
    "extra",
    "counter",
)


def plain(written):
    """A word for comparison: small letters, no marks over them, straight apostrophes."""
    small = written.lower()
    if small.isascii():
        return small
    apart = unicodedata.normalize("NFKD", small.translate(LETTERS))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def read(name):
    """The words of one list; lines that start with # explain it."""
    return [word for line in lines_of(name) for word in line.split()]


def lines_of(name):
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


@cache
def field_words():
    """Capitalised words of the field that name nobody."""
    written = read("field_words.txt")
    names_too = {plain(word[:-1]) for word in written if word.endswith("~")}
    return frozenset(map(plain, written)) - names_too - {word + "~" for word in names_too}


@cache
def words():
    """Every word that may stand in small letters and name nobody."""
    either = {plain(word.rstrip("~")) for word in read("field_words.txt")}
    return frozenset(read("words.txt")) | either


def is_derived(word, known):
    """Whether a word is one of `known` with an ordinary beginning or ending."""
    return any(
        word.endswith(end) and len(word) > len(end) + 2 and word[: -len(end)] + stem in known
        for end, stem in ENDINGS
    ) or any(
        word.startswith(prefix) and len(word) > len(prefix) + 3 and word[len(prefix) :] in known
        for prefix in PREFIXES
    )


def is_word(word):
    """Whether an ordinary word, or several joined, is written like this."""
    return len(word) <= LONGEST_JOINED and is_plain_word(word)


@lru_cache(maxsize=50_000)
def is_plain_word(word):
    if word in words():
        return True
    if word in names():
        return False
    if "-" in word:
        return all(part in PREFIXES or is_word(part) for part in word.split("-"))
    stem, _, ending = word.partition("'")
    if ending in SHORTENED:
        return is_word(stem)
    return is_derived(word, words())


def is_mistyped(word):
    """Whether one slip (a letter left out, doubled, changed or swapped) makes it an ordinary word."""
    return len(word) <= LONGEST and is_slip(word)


@lru_cache(maxsize=10_000)
def is_slip(word):
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    slips = [first + last[1:] for first, last in cuts if last]
    slips += [first + last[1] + last[0] + last[2:] for first, last in cuts if len(last) > 1]
    slips += [first + letter + last for first, last in cuts for letter in ALPHABET]
    slips += [first + letter + last[1:] for first, last in cuts if last for letter in ALPHABET]
    return any(slip in words() or is_derived(slip, words()) for slip in slips)


def has_marks(word):
    """Whether an ordinary word may be written with marks: not "Mānia", which is a name."""
    return word in MARKED or word in field_words() or "'" in word or "-" in word


@cache
def names():
    return given_names() | family_names()


@cache
def typed_given():
    return frozenset(plain(name.rstrip("~")) for name in read("given_names.txt"))


@cache
def given_names():
    return typed_given() | frozenset(read("listed_given.txt"))


@cache
def family_names():
    typed = frozenset(plain(name) for name in read("surnames.txt"))
    return typed | frozenset(read("listed_surnames.txt"))


@cache
def places():
    """Towns by the first of their words: `{first: [all words, ...]}`, the longest first."""
    found = {}
    for line in sorted(lines_of("places.txt"), key=len, reverse=True):
        name = tuple(plain(line).split())
        if name:
            found.setdefault(name[0], []).append(name)
    return found
