"""Initials that stand for a person: "D.B.", "A.B", and "AF" where no short form of the field is."""

import re

from . import kinds
from .clues import TALK
from .kinds import identifier
from .lists import set_of

DOTTED = re.compile(r"(?<![\w.])[A-ZĀĒĪŌŪ]\.\s?[A-ZĀĒĪŌŪ](?:\.\s?[A-Z])?(?:\.(?!\w)|(?![\w.]))")
BARE = re.compile(r"(?<![\w.&/'’-])[A-ZĀĒĪŌŪ]{2}(?![\w&/-])")
BEFORE = re.compile(r"(\w+)\W*$")
AFTER = re.compile(r"\s*(\w+)")
DOT = re.compile(r"\.(?!\w)")
NO_INITIALS = set_of("U.K U.S E.G I.E N.B P.M A.M P.S R.E P.E U.N T.V D.O.B E.U I.T")
# Short forms and shouted words of two letters; initials only beside others that are.
KNOWN = set_of(
    "UK US EU UN NZ OK KO TV PC GP HV SW HR IT ID NI PE RE TA LA QA NB PS AM PM DV DA DS DI DC MH EP EH "
    "OT MR DR MS ST NO SO DO GO IS AN AS AT BE BY HE HI IF IN ME MY OF OH ON OR TO UP WE II IV VI IX XI "
    "CP AA PA TM MP BA CV ER CT MC"
)
JOINED = re.compile(r"\.?\s*(?:,|and|&|/|with|\+)\s*")
ACTS = re.compile(
    r"\.?(?:['’]s\b|\s+(?:was|were|said|says|told|asked|disclosed|felt|feels|wanted|wants|lives|seemed|"
    r"presented|reported|stated|became|attended|attends|likes|cried|smiled))"
)
CHILD = re.compile(
    r"\b(?:child|young person|yp|sibling|siblings|son|daughter|baby|boy|girl|mum|dad|mother|father|"
    r"client|student)\s\(?$",
    re.IGNORECASE,
)
DETERMINED = re.compile(
    r"\b(?:the|a|an|our|her|his|their|my|this|local|allocated|new|new-ish|no)\s+$", re.IGNORECASE
)
# Those that are the subject of a sentence in every note, so that acting says nothing of them.
OFFICES = set_of("DC DS DI GP SW HV PC TA LA EP OT TM DA DV IT PE RE HR MH QA TV UK US EU NZ OK")
OFFICES |= set_of("ID NI MP CT ER CV HE WE NO SO IS MY IF AD")


def initials_in(note, people, found, taken=()):
    """Initials in a note; those of `people` and of names already found are surer."""
    text = note.text
    places = [(*match.span(), is_dotted(text, match)) for match in DOTTED.finditer(text)]
    bare = [match for match in BARE.finditer(text) if not is_shouted(text, match)]
    theirs = initials_of((*people, *(each.words for each in found))) if bare else ()
    places += [(*with_dot(text, match), is_bare(text, match, theirs)) for match in bare]
    for start, end in those_sure(text, sorted(places)):
        if start not in taken and not note.allowed.touch(start, end):
            yield identifier(text, start, end, kinds.INITIALS)


def those_sure(text, places):
    """Those that are sure, and those joined to one of them by "and" or a comma."""
    sure = [is_sure for _, _, is_sure in places]
    for one in range(len(places) - 1):
        if (sure[one] or sure[one + 1]) and are_joined(text, places[one], places[one + 1]):
            sure[one] = sure[one + 1] = True
    return [place[:2] for place, is_sure in zip(places, sure, strict=True) if is_sure]


def are_joined(text, one, other):
    return JOINED.fullmatch(text, one[1], other[0]) is not None


def with_dot(text, match):
    """The dot after initials belongs to them as often as it ends the sentence."""
    dot = DOT.match(text, match.end())
    return match.start(), dot.end() if dot else match.end()


def is_dotted(text, match):
    written = re.sub(r"[\s.]*$", "", match.group()).replace(" ", "")
    if written.replace(".", "") in OFFICES and DETERMINED.search(text_before(text, match)):
        return False
    return written not in NO_INITIALS or ACTS.match(text, match.end()) is not None


def initials_of(known):
    found = set()
    for name in known:
        words = [word for word in name.split() if word[0].isupper()]
        if len(words) > 1:
            found.add(words[0][0] + words[-1][0])
    return found - KNOWN


def is_shouted(text, match):
    """Whether a word beside it is in capitals throughout as well."""
    before = BEFORE.search(text[max(0, match.start() - 20) : match.start()])
    after = AFTER.match(text[match.end() : match.end() + 20])
    return any(
        near and len(near[1]) > 2 and near[1].isupper() and near[1].isalpha()
        for near in (before, after)
    )


def text_before(text, match):
    return text[max(0, match.start() - 24) : match.start()]


def is_bare(text, match, theirs):
    written, before = match.group(), text_before(text, match)
    if written not in KNOWN:
        return written in theirs or not DETERMINED.search(before)
    if written in OFFICES:
        return False
    if CHILD.search(before) or TALK.search(before):
        return True
    if DETERMINED.search(before):
        return False
    return written in theirs or ACTS.match(text, match.end()) is not None
