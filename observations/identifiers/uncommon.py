"""Words that practice seldom has: an object, a place, a post or an event that someone may be known by."""

import re
from functools import cache, lru_cache

from .finding import CouldNotLook
from .lists import plain, read
from .rare import RareFeature
from .tokens import read_to

REASON = "Few observations have this word: would someone know by it who this is about?"
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
SHORTEST = 3
# Not "-er", which makes posts of what people do: "box" is common, and a boxer is one person.
ENDINGS = (
    ("s", ""),
    ("es", ""),
    ("ed", ""),
    ("ed", "e"),
    ("ing", ""),
    ("ing", "e"),
    ("ly", ""),
    ("ings", ""),
)
ENDINGS += (("ies", "y"), ("ied", "y"), ("ily", "y"), ("d", ""))
DOUBLED = re.compile(r"(.+)([bdglmnprt])\2(?:ed|ing)")


@cache
def everyday():
    return frozenset(plain(word) for word in read("common_words.txt"))


@lru_cache(maxsize=20_000)
def is_everyday(word):
    """Whether a plain word, or what it is made from, is in everyday use."""
    if word in everyday():
        return True
    if doubled := DOUBLED.fullmatch(word):
        return "".join(doubled.groups()) in everyday()
    return any(
        word.endswith(end) and word[: -len(end)] + stem in everyday() for end, stem in ENDINGS
    )


def uncommon(text, is_known):
    """The words of a text that are neither everyday nor known; those side by side are one.

    `is_known` says of a plain word whether the archive has it often. Words with a capital are left
    to `remaining`, save the first of a sentence. Raises `CouldNotLook` where it fails.
    """
    try:
        return list(joined(text, uncommon_words(text[: read_to(text)], is_known)))
    except Exception as fault:
        raise CouldNotLook("The text could not be read for what is uncommon.") from fault


def uncommon_words(text, is_known):
    for match in WORD.finditer(text):
        word = plain(match.group()).split("'")[0]
        is_name = match.group()[0].isupper() and not starts_sentence(text, match.start())
        if len(word) < SHORTEST or is_name or is_everyday(word) or is_known(word):
            continue
        yield match.span()


def starts_sentence(text, at):
    before = text[:at].rstrip("\"“'‘( \n")
    return not before or before[-1] in ".!?:…"


def joined(text, spans):
    """The spans, and one for those with nothing but a space or a hyphen between."""
    start = end = None
    for span in spans:
        if end is not None and text[end : span[0]] in (" ", "-"):
            end = span[1]
            continue
        if end is not None:
            yield RareFeature(start, end, REASON)
        start, end = span
    if end is not None:
        yield RareFeature(start, end, REASON)
