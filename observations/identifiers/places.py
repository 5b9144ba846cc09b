"""Schools and small places: they lead to a family as a name does."""

import re
from itertools import pairwise

from . import kinds
from .kinds import identifier
from .lists import field_words, is_word, names, places, set_of
from .tokens import SPACE

# Taken whole, and never longer than a word is: see addresses.
WORD = r"(?:St(?!\w)\.?|[A-ZĀĒĪŌŪ][\w'’-]{0,40}+)"
LEVEL = (
    "Primary|Secondary|Junior|Juniors|Infant|Infants|Grammar|Academy|High|Middle|Intermediate|"
    "Community|Catholic|C of E|CofE|Church of England|RC|Special|Nursery|Area|Normal|Comprehensive|"
    "Preparatory|Prep|Montessori|Girls'?|Boys'?|First|Free|Studio"
)
SCHOOL = re.compile(
    rf"(?<!\w)(?:(?:The|the)\s)?(?:{WORD}\s(?:(?:of|the|and|&|on|le|y|yr|o|de|ki)\s){{0,2}}){{1,5}}?"
    rf"(?:(?:{LEVEL})\s){{0,3}}"
    r"(?:Primary|Juniors?|Infants?|Grammar|Academy|Nursery|Pre-?[Ss]chool|Playgroup|Playcentre|"
    r"School|College|Kindergarten|Comprehensive|Prep|Comp|High|Intermediate)(?!\w)(?:\s(?:and|&)\s(?:Nursery|Infants?|Juniors?|Primary))?(?:\s(?:(?:primary|infant|junior|high)\s)?school(?!\w))?"
)
REO_SCHOOL = re.compile(
    rf"(?<!\w)(?:Te\s)?(?:Kura(?:\sKaupapa\sMāori)?|K[oō]hanga(?:\sReo)?|Wharekura)"
    rf"\s(?:o|ki|ō)\s{WORD}(?:\s{WORD}){{0,2}}"
)
# "Ngā Hau e Whā marae", "Our Lady of the Rosary school": the last word may be written small.
SMALL_LINKS = r"(?:(?:e|o|ō|ki|te|ngā|nga|a|me|i|of|the|and)\s){0,3}"
MARAE = re.compile(rf"(?<!\w)(?:{WORD}\s{SMALL_LINKS}){{1,6}}[Mm]arae(?!\w)")
SMALL_SCHOOL = (
    r"(?:(?:primary|infants?|juniors?|high|secondary|special)\s)?"
    r"(?:school|primary|infants?|juniors?|nursery|academy|college|kura|kindy|kindergarten|playgroup|playcentre)(?!\w)"
)
SAINTED = re.compile(
    rf"(?<!\w)(?:St|Saint|Our Lady|Sacred|Holy|Blessed|Christ|All Saints|Te|Ngā)(?!\w)\.?\s(?:{SMALL_LINKS}{WORD}\s){{0,5}}"
    rf"{SMALL_SCHOOL}"
)
# "Upper Marlow Road school": two words with capitals in the midst of a sentence.
CAPITALS_SCHOOL = re.compile(rf"(?<=[a-z,] )(?:{WORD}\s){{2,5}}{SMALL_SCHOOL}")
MARAE_CALLED = re.compile(
    rf"\b[Mm]arae(?:,?\s(?:called|named)|,|:)\s(?P<name>{WORD}(?:\s{SMALL_LINKS}{WORD}){{0,4}})"
)
NO_MARAE = set_of("the a our their this that at on to from back inside outside whole urban local")
# Words that stand before "School" or "College" without naming one.
NO_SCHOOL = set_of(
    "the a an miss mr mrs our their his her my your this that new old big whole every after before at in to from "
    "primary secondary high junior infant grammar middle boarding special sunday nursery night summer "
    "free state private public faith village local pre former next first last art drama law business "
    "medical special driving early help forest safer extended sixth form home virtual social work "
    "ask asked tell told ring rang call called email emailed contact visit visited thank when while if is was does "
    "did will can could should may might must has have had with see saw meet met "
    "further higher community technical catholic and of church england head deputy attendance"
)
IN = re.compile(r"\b(?:in|near|around|outside|towards|via|moved to|lives? at)\s+$")


def placed(note):
    """Schools and towns; some may overlap."""
    yield from schools(note)
    yield from marae_in(note)
    yield from towns(note)


def schools(note):
    text = note.text
    for pattern in (SCHOOL, REO_SCHOOL, SAINTED, CAPITALS_SCHOOL):
        for match in pattern.finditer(text):
            if pattern in (REO_SCHOOL, SAINTED) or names_a_school(match.group()):
                start, end = without_lead(text, *match.span())
                if not note.allowed.touch(start, end):
                    yield identifier(text, start, end, kinds.SCHOOL)


def marae_in(note):
    for match in MARAE.finditer(note.text):
        if any(word.lower() not in NO_MARAE for word in match.group().split()[:-1]):
            yield identifier(note.text, *match.span(), kinds.PLACE)
    for match in MARAE_CALLED.finditer(note.text):
        yield identifier(note.text, *match.span("name"), kinds.PLACE)


def names_a_school(written):
    return any(word.lower().strip("'’.") not in NO_SCHOOL for word in written.split()[:-1])


def without_lead(text, start, end):
    """Not the word before the school's name that only starts a sentence ("Attendance at")."""
    words = text[start:end].split()
    while len(words) > 2 and words[0].lower() in NO_SCHOOL - {"the"} and words[1] != "Lady":
        start = text.index(words[1], start + len(words[0]))
        words.pop(0)
    return start, end


def towns(note):
    known = places()
    for place, word in enumerate(note.words):
        if word.is_capital and word.plain in known and (end := end_of_town(note, place)):
            found = identifier(note.text, word.start, end, kinds.PLACE)
            if not note.allowed.touch(word.start, end) and is_town(note, word, found):
                yield found


def end_of_town(note, place):
    for name in places()[note.words[place].plain]:
        following = note.words[place : place + len(name)]
        if tuple(each.plain for each in following) == name:
            apart = pairwise(following)
            if all(SPACE.fullmatch(note.text, one.end, other.start) for one, other in apart):
                return following[-1].end
    return None


def is_town(note, word, found):
    """A town that is a name or a word too (Nelson, Bluff) is one only where something is there."""
    ordinary = word.plain in names() or is_word(word.plain) or word.plain in field_words()
    return not ordinary or " " in found.words or IN.search(note.before(word, 16)) is not None
