"""Which role may stand in place of a name, read from the words around it."""

import re

REACH = 40
NAME = "[name]"  # what stays where the words around say who it is
# The nearest of these before a name, in the same sentence, says who it is.
ROLES = (
    (
        "the father’s partner",
        r"(?:dad|father)['’]s (?:new )?(?:partner|girlfriend)|step-?mum|stepmother",
    ),
    ("the mother", "mum|mummy|mam|mother|māmā|mama|birth mother"),
    ("the father", "dad|daddy|father|pāpā|birth father"),
    ("the grandmother", "nan|nana|nanny|gran|granny|grandma|grandmother|kuia"),
    ("the grandfather", "grandad|grandpa|grandfather|koro"),
    ("the carer", r"(?:foster |kinship )?carers?|guardians?|adopters?"),
    ("the boy", "son|boy"),
    ("the girl", "daughter|girl"),
    ("the baby", "baby|pēpi"),
    ("the young person", "young person"),
    ("the child", r"child|children|toddler|twins?|tamaiti|siblings?"),
    ("the brother", r"brother|half-brother|step-?brother"),
    ("the sister", r"sister|half-sister|step-?sister"),
    ("the aunt", "aunt|auntie|aunty"),
    ("the uncle", "uncle"),
    ("the cousin", "cousin"),
    ("a relative", "niece|nephew|relative"),
    ("the mother’s partner", "partner|boyfriend|step-?dad|stepfather"),
    ("the neighbour", "neighbour"),
    ("a friend", "friend"),
    ("a manager", "manager|team manager|chair|chaired by|supervisor|director"),
    ("the worker", r"social worker|worker|practitioner|supervision with|observed|shadowed|student"),
    ("the teacher", r"teacher|headteacher|head|SENCO|teaching assistant|pastoral lead"),
    ("the health visitor", "health visitor"),
    ("the nurse", "nurse|midwife"),
    ("the doctor", "doctor|GP|paediatrician"),
    ("a health professional", "psychologist|therapist"),
    ("the police officer", "police officer|police|constable|sergeant|officer"),
    ("the lawyer", "solicitor|lawyer"),
    ("the interpreter", "interpreter"),
    ("a professional", r"advocate|IRO|guardian ad litem|from the school"),
)
BEFORE = re.compile(
    r"\b(?:" + "|".join(f"(?P<r{at}>{words})" for at, (_, words) in enumerate(ROLES)) + r")\b",
    re.IGNORECASE,
)
TOLD = re.compile(r"(?:\s*[,(:]\s*|\s+|,?\s+(?:is |was )?(?:called|named|is|was)\s+)$")
FAMILY = re.compile(r" (?:family|household|whānau|whanau)\b")


# "Kayden, her son," and "Tama (brother)".
AFTER = re.compile(
    r"['’]?\s*[,(]\s*(?:(?:his|her|the|their|my|our|a|an)\s+)?(?:"
    + "|".join(f"(?P<r{at}>{words})" for at, (_, words) in enumerate(ROLES))
    + r")\b(?!['’])",
    re.IGNORECASE,
)


def in_place_of(text, start, end):
    """What may stand in place of the name at `text[start:end]`; None where the text does not say.

    Where the role is told right before ("Mum (Ana)"), only the name is taken out.
    """
    if FAMILY.match(text, end):
        return "child’s"
    last, before = nearest(text, start)
    if last is None:
        return None
    if last.group().lower().endswith((" with", " by", "observed", "shadowed")):
        return role_of(last) if before[last.end() :].isspace() else None
    return NAME if TOLD.fullmatch(before, last.end()) else None


def told(text, start, end):
    """The role that the words right before a name give it, or those right after; else nothing."""
    last, before = nearest(text, start)
    if last is not None and TOLD.fullmatch(before, last.end()):
        return role_of(last)
    after = AFTER.match(text, end)
    return role_of(after) if after else ""


def nearest(text, start):
    before = text[max(0, start - REACH) : start]
    matches = list(BEFORE.finditer(before))
    return (matches[-1] if matches else None), before


def role_of(match):
    return ROLES[int(match.lastgroup[1:])][0]
