"""Nicknames: "they call him Spud", "Big Dave", "Old Tommo". They are known on the street as no name is."""

import re

from . import kinds
from .kinds import identifier
from .lists import field_words, plain, set_of

NAME = r"[A-ZĀĒĪŌŪ][\w'’-]{1,20}"
CALLED = re.compile(
    r"\b(?:(?:call(?:s|ed)?|nicknam(?:e|es|ed)|know(?:n|s)?)\s(?:him|her|them|me|us)|"
    r"(?:is|was|are|be|being|been|gets?|got|goes)\s(?:called|nicknamed)|nicknamed|nickname\s(?:is|was)|"
    r"known\s(?:\w+\s){0,6}as|(?:goes|went)\sby)\s[\"“'‘]?(?P<name>"
    rf"{NAME}(?:\s{NAME})?)"
)
FRONT = re.compile(
    r"(?<!\w)(?P<front>Big|Old|Wee|Young|Mad|Lanky|Ginger|Fat|Tall|Scouse|Auld|Crazy|Uncle|Aunty|Auntie|Nanny|Nana|Papa|Pāpā)"
    rf"\s(?P<name>{NAME})(?!\w)"
)
# What follows such a word and is no person: "Old Town", "Big Issue", "Young Carers".
NOBODY = set_of(
    "town road street school issue lunch bang ben brother testament english bill father farm mill hall church "
    "harry people person carers adults minds offenders mothers parents families workers women men boys girls"
)
# After "called": what people are called that is no name.
NO_NAME = set_of("mum mam mummy dad daddy nan nana gran grandma koro sir miss love bro")


def nicknames_in(note):
    for match in CALLED.finditer(note.text):
        first = plain(match["name"]).split()[0].removesuffix("'s")
        if first not in NO_NAME | field_words():
            yield from named(note, *match.span("name"))
    for match in FRONT.finditer(note.text):
        if plain(match["name"]) not in NOBODY | field_words():
            yield from named(note, *match.span())


def named(note, start, end):
    if not note.allowed.touch(start, end) and not note.phrases.touch(start, end):
        yield identifier(note.text, start, end, kinds.GIVEN_NAME)
