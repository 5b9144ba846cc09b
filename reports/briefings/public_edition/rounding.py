"""Counts and shares as the public is told them: no count under five, counts and shares rounded.

No figure that is told is a part or the sum of others: then what is hidden can't be worked out, which
rounding alone does not see to (two parts of four each have a sum of about ten, and no other two do).
A share is told without its counts, and only where it and what is left of it are of enough.
"""

import re

TO = 5  # counts are to the nearest five
SHARE_TO = 10  # and shares to the nearest ten
HIDDEN = "few or none"
FEW = ("few", "none")  # what a cell says for a number that is under the threshold
NAME_ALONE = 4  # words at most, of a unit’s name before what it was asked

COUNT = re.compile(r"\d+")
PART_OF = re.compile(r"\b(\d+|none) of (\d+)\b|\ball (\d+)\b", re.IGNORECASE)
INTERVAL = re.compile(r"\s*\([^()]*interval[^()]*\)")
MONTHS = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|January|February|March|April|May|June|July|August|September|October|November|December"
# What is no count of anybody: days, months and years, how long, what it costs, and what is withheld.
NO_COUNT = re.compile(
    rf"(?:\b\d{{1,2}} )?\b(?:{MONTHS})(?: (?:19|20)\d\d)?\b|\b(?:in|of|since) (?:19|20)\d\d\b|£\s?[\d,.]+"
    r"|\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: |-)(?:working )?"
    r"(?:minutes?|hours?|days?|weeks?|months?|years?)\b",
    re.IGNORECASE,
)
NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|hundred|dozen|once|twice|both|single|"
    r"neither|half|third|quarter|sole|nobody|no one|none|zero|"
    r"not seen|seen again|never|some places|no passages?)\b",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"(?<=[.!?])\s+")


def rounded(count, least):
    """About 25; the small and none alike are hidden."""
    return HIDDEN if count < least else f"about {max(TO * round(count / TO), TO)}"


def share(count, whole, least):
    """About 70%; hidden where either side of it is of too few."""
    if min(count, whole - count) < least:
        return HIDDEN
    return f"about {SHARE_TO * round(100 * count / whole / SHARE_TO)}%"


def of_match(match, least):
    part, whole, every = match.groups()
    whole = int(every or whole)
    count = whole if every else 0 if part.lower() == "none" else int(part)
    return share(count, whole, least)


def cell(text, least):
    """A cell of a table; None where it has a number that is neither a count nor a share."""
    if text.lower() in FEW:
        return HIDDEN
    if COUNT.fullmatch(text):
        return rounded(int(text), least)
    if found := PART_OF.fullmatch(INTERVAL.sub("", text)):
        return of_match(found, least)
    return text if not has_count(text) else None


def has_count(text):
    return NUMBER.search(NO_COUNT.sub(" ", text)) is not None


def sentences(text, least):
    """A text with shares rounded, and without each sentence that has another number, or a hidden one.

    With it goes the name of a unit before it: else what comes next would be taken for that unit's.
    """
    kept = []
    for each in SENTENCE.split(text.strip()):
        said = PART_OF.sub(lambda match: of_match(match, least), INTERVAL.sub("", each))
        bare = re.sub(r"\babout \d+%", " ", said)
        if said and HIDDEN not in said and not has_count(bare):
            kept.append(said)
        elif kept and len(kept[-1].split()) <= NAME_ALONE:
            kept.pop()
    return " ".join(kept)
