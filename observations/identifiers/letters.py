"""One letter that stands for a person: "J said", "Mum (K)", "Baby P"."""

import re

from . import kinds
from .clues import OF_FAMILY, TALK
from .initials import ACTS, is_shouted
from .kinds import identifier
from .lists import set_of
from .tokens import STARTS

ALONE = re.compile(
    r"(?<![\w.&/+#*°£$€-])(?<!\w['’])[^\W\d_](?![\w&/+#*°%-])(?!\.\w)(?!['’](?!s\b)\w)"
)
ROLE = (
    r"mum|mam|mummy|mother|dad|daddy|father|nan|gran|grandma|grandad|grandmother|grandfather|sister|"
    r"brother|siblings?|aunt|auntie|aunty|uncle|cousin|carer|child|children|son|daughter|baby|boy|girl|"
    r"toddler|twins?|partner|yp|young person|client|student|pupil|tamaiti|pēpi|moko|mokopuna|rangatahi"
)
OF_ROLE = re.compile(rf"\b(?:{ROLE})[,:]?\s?[(\[“\"'‘]?\s?$", re.IGNORECASE)
IN_BRACKETS = re.compile(rf"\b(?:{ROLE})\s?[(\[]\s?$", re.IGNORECASE)
CLOSES = re.compile(r"\s?[,)\]]")
OF_BABY = re.compile(r"\b(?:baby|yp|young person)\s$", re.IGNORECASE)
# What is told apart by letters and is nobody: before the letter, and after it.
LETTERED = re.compile(
    r"\b(?:plans?|options?|vitamins?|hepatitis|hep|strep|omega|years?|grades?|parts?|flats?|rooms?|units?|"
    r"blocks?|sections?|schedules?|annex|appendix|appendices|bands?|categor(?:y|ies)|groups?|class|forms?|"
    r"levels?|stages?|points?|tiers?|keys?|types?|models?|teams?|sites?|gates?|platforms?|bays?|floors?|zones?|"
    r"phases?|steps?|letters?|box|houses?|wards?|wings?|tables?|figures?|columns?|rows?|exhibits?|items?|"
    r"strands?|routes?|scenarios?|cohorts?|lists?|panels?|sides?|sizes?|cups?|articles?|questions?|criteri(?:on|a)|"
    r"domains?|standards?|outcomes?|objectives?|goals?|targets?|factors?|lines?|chapters?|courts?|licences?|"
    r"visas?|drugs?|cells?|an?|the|[0-9]+|[A-Z] (?:or|to|of))\s$",
    re.IGNORECASE,
)
OF_THINGS = re.compile(
    r"\s(?:levels?|shirts?|turns?|box(?:es)?|necks?|plates?|numbers?|bends?|roads?|lists?|stars?|rated|grades?|"
    r"class|rays?|words?|mail|plans?|teams?|scans?|ax[ei]s|cells?|wing|side|movies?|of\b)",
    re.IGNORECASE,
)
PAIRED = re.compile(
    r"\b(?:A and E|Q and A|B and B|M and S|R and B|D and V|R and R|L and D|H and S)\b"
)
LIST_MARK = re.compile(r"\)\s|\.\s+[A-ZĀĒĪŌŪ“‘\"]")
ROW = re.compile(r"(?:\b[A-Z] ){2}[A-Z]\b|\b[A-Z] [A-Z] $")
# Letters that are words or signs; of them the words around have to say that they are someone.
WORDS = set_of("A I O E X")
NOUNS_TOO = re.compile(r"\s(?:felt|reported|stated|wanted|presented)\b")
# Typed small, the others are mostly what is left of a word: "didn t", "told u".
SMALL = set_of("b f g h j k l p q v w z")
SPEAKS = re.compile(r"\s+(?:said|says|told|asked|asks|disclosed|wants|likes|lives|attends|cried)\b")


def letters_in(note):
    """Single letters that stand for a person; one that is the whole text stands for nobody."""
    for match in ALONE.finditer(note.text) if len(note.words) > 1 else ():
        start, end = match.span()
        if not note.allowed.touch(start, end) and not note.phrases.touch(start, end):
            is_somebody = large if match.group().isupper() else small
            if is_somebody(note.text, match, note.text[max(0, start - 24) : start]):
                yield identifier(note.text, start, end, kinds.INITIALS)


def large(text, match, before):
    if IN_BRACKETS.search(before) or (OF_ROLE.search(before) and match.group() != "I"):
        return True
    if match.group() in WORDS:
        return is_told_of(text, match, before)
    return not (is_of_things(text, match, before) or is_shouted(text, match))


def is_told_of(text, match, before):
    """Whether "A" or "E" does what people do; "I" and "O" never tell."""
    if match.group() not in "AEX" or LETTERED.search(before) or is_shouted(text, match):
        return False
    acts = ACTS.match(text, match.end()) and not NOUNS_TOO.match(text, match.end())
    starts = STARTS.search(before[-12:]) is not None
    return bool(acts) if starts else bool(acts or TALK.search(before))


def is_of_things(text, match, before):
    start, end = match.span()
    if OF_FAMILY.match(text, end):
        return False
    if LETTERED.search(before) or OF_THINGS.match(text, end):
        return True
    if STARTS.search(before[-12:]) and LIST_MARK.match(text, end):
        return True
    near = text[max(0, start - 8) : end + 8]
    return PAIRED.search(near) is not None or ROW.search(near) is not None


def small(text, match, before):
    letter = match.group()
    if IN_BRACKETS.search(before):
        return letter not in "abci" and CLOSES.match(text, match.end()) is not None
    if letter not in SMALL:
        return False
    return bool(OF_BABY.search(before) or SPEAKS.match(text, match.end()))
