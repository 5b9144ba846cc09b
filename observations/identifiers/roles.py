"""Which role may stand in place of a name, read from the words around it."""

import re

REACH = 40
# The nearest of these before a name, in the same sentence, says who it is.
ROLES = (
    ("the mother", "mum|mummy|mam|mother|māmā|mama"),
    ("the father", "dad|daddy|father|pāpā"),
    (
        "a grandparent",
        "nan|nana|nanny|gran|granny|grandma|grandmother|grandad|grandfather|koro|kuia",
    ),
    ("a carer", r"(?:foster |kinship )?carers?|guardians?|adopters?"),
    (
        "the child",
        r"child|children|son|daughter|baby|boy|girl|toddler|twins?|pēpi|tamaiti|young person",
    ),
    ("a sibling", "siblings?|brother|sister|half-brother|half-sister|step-?brother|step-?sister"),
    (
        "a relative",
        "aunt|auntie|aunty|uncle|cousin|niece|nephew|step-?dad|step-?mum|partner|wife|husband",
    ),
    ("a manager", "manager|team manager|chair|chaired by|supervisor|director"),
    ("the worker", r"social worker|worker|practitioner|supervision with|observed|shadowed|student"),
    ("a teacher", r"teacher|headteacher|head|SENCO|teaching assistant|pastoral lead"),
    (
        "a health professional",
        "health visitor|nurse|midwife|doctor|GP|paediatrician|psychologist|therapist",
    ),
    ("a police officer", r"police officer|police|constable|sergeant|officer"),
    ("a professional", r"solicitor|advocate|interpreter|IRO|guardian ad litem|from the school"),
)
BEFORE = re.compile(
    r"\b(?:" + "|".join(f"(?P<r{at}>{words})" for at, (_, words) in enumerate(ROLES)) + r")\b",
    re.IGNORECASE,
)
TOLD = re.compile(r"(?:\s*[,(:]\s*|\s+|,?\s+(?:is |was )?(?:called|named|is|was)\s+)$")
FAMILY = re.compile(r" (?:family|household|whānau|whanau)\b")


def in_place_of(text, start, end):
    """What may stand in place of the name at `text[start:end]`; None where the text does not say.

    Where the role is told right before ("Mum (Ana)"), only the name is taken out.
    """
    if FAMILY.match(text, end):
        return "child’s"
    before = text[max(0, start - REACH) : start]
    matches = list(BEFORE.finditer(before))
    if not matches:
        return None
    last = matches[-1]
    if last.group().lower().endswith((" with", " by", "observed", "shadowed")):
        return ROLES[int(last.lastgroup[1:])][0] if before[last.end() :].isspace() else None
    return "[name]" if TOLD.fullmatch(before, last.end()) else None
