"""What a column of a file can be: a part of an observation, guessed from the heading."""

import re

from django.db import models

from frameworks.files.cells import one_line

CRITERION = "criterion:"  # and the code of a criterion


class Part(models.TextChoices):
    LEAVE = "leave", "Leave it out"
    DAY = "day", "The day"
    UNIT = "unit", "The team"
    KIND_OF_WORK = "kind_of_work", "The kind of work"
    SETTING = "setting", "Where it was"
    MINUTES = "minutes", "How long it was"
    PART_OF_DAY = "part_of_day", "When in the day"
    MODE = "mode", "In person or remote"
    PROXIMITY = "proximity", "How it was observed"
    FAMILY_ASKED = "family_asked", "Whether the family was asked"
    OBSERVER = "observer", "The observer, by e-mail or name"
    PRACTITIONER = "practitioner", "The practitioner, by e-mail or name"
    SEEN = "seen", "What was seen"
    HEARD = "heard", "What was heard"
    READING = "reading", "The observer’s reading of it"


P = Part
PASSAGES = (P.SEEN, P.HEARD, P.READING)
GROUPS = [
    ("When and where", [P.DAY, P.UNIT, P.KIND_OF_WORK, P.SETTING, P.MINUTES, P.PART_OF_DAY]),
    ("How and who", [P.PROXIMITY, P.MODE, P.FAMILY_ASKED, P.OBSERVER, P.PRACTITIONER]),
    ("A passage", list(PASSAGES)),
]
# What can be the same for every row.
SAME = [P.UNIT, P.KIND_OF_WORK, P.SETTING, P.PROXIMITY, P.MODE, P.FAMILY_ASKED]
PEOPLE = (P.OBSERVER, P.PRACTITIONER)
# The words of these mean one of a few things: a person says once which.
CHOSEN = [*SAME, P.PART_OF_DAY, *PEOPLE]

# The first that a heading fits is guessed.
GUESSES = [
    (P.LEAVE, r"^(id|response id|total points|quiz feedback|points|last modified|language)\b"),
    (P.LEAVE, r"^(completion|end) time|^score\b|consent"),
    (P.FAMILY_ASKED, r"family.*(asked|agreed)|asked.*family"),
    (P.READING, r"\b(reflection|my view|analysis|impressions?|interpret|i think|my reading)"),
    (P.PART_OF_DAY, r"(morning|time of day|part of (the )?day|when in the day)"),
    (P.MINUTES, r"\b(how long|duration|length|minutes|hours?)\b"),
    (P.DAY, r"\b(date|day|when)\b"),
    (P.OBSERVER, r"\b(observer|observed by|your (name|e-?mail)|completed by|auditor)\b"),
    (P.OBSERVER, r"^(e-?mail( address)?)$"),
    (P.PRACTITIONER, r"\b(practitioner|social worker|worker|colleague|kaimahi)\b"),
    (P.UNIT, r"\b(team|unit|office|hub|service|roopu|rōpū)\b"),
    (P.KIND_OF_WORK, r"\b(kind|type|nature) of\b|\b(activity|what kind)\b"),
    (P.PROXIMITY, r"\bhow .*(observed|observe|close)|\bmethod\b"),
    (P.MODE, r"in person|remote|face.to.face|\bmode\b"),
    (P.SETTING, r"\b(where|setting|location|venue|place)\b"),
    (P.HEARD, r"\b(heard|said|say|told|quote|words|voice|feedback)\b"),
    (P.SEEN, r"\b(seen|saw|see|observe|observation|happened|went well|strengths?|notice)"),
    (P.SEEN, r"\b(practice|example|evidence|notes?|comments?|describe)"),
    (P.DAY, r"^(start time|timestamp)$"),
]


def guessed(headings, criteria):
    """{heading: what it seems to be}; a fact once, for the heading that names it best.

    `criteria` are [(code, name)] of what can be rated.
    """
    found, taken = {}, set()
    for heading in headings:
        part = criterion_of(heading, criteria) or first_fit(heading)
        if part in taken and part not in PASSAGES:
            part = P.LEAVE.value
        found[heading] = part
        taken.add(part)
    if P.DAY.value not in taken:
        stamped = (each for each in headings if is_stamp(each))
        found.update(dict.fromkeys(list(stamped)[:1], P.DAY.value))
    return found


def is_stamp(heading):
    """When a form was begun or sent is the day for want of another."""
    return bool(re.search(r"^(start time|timestamp)$", folded(heading)))


def first_fit(heading):
    words = folded(heading)
    if is_stamp(heading):
        return P.LEAVE.value
    fits = (part.value for part, shape in GUESSES if re.search(shape, words))
    return next(fits, P.LEAVE.value)


def criterion_of(heading, criteria):
    """The criterion that a heading names, by its code in front or by its name."""
    words = folded(heading)
    for code, name in criteria:
        is_coded = re.match(rf"{re.escape(code.casefold())}\b(?!\.\d)", words)
        if (is_coded and re.search(r"\d", code)) or folded(name) in words:
            return f"{CRITERION}{code}"
    return ""


def folded(text):
    """Words as they are compared."""
    return one_line(text).casefold().strip(" .:?*")
