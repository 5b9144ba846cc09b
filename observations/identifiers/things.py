"""Capitals that name a thing: a club, a course, a charity, a book, an illness called after a person."""

import re
from functools import cache

from .clues import RELATIVES
from .lists import lines_of

# Called after whoever described them, and hardly a name here. "Parkinson's coat" is someone's all the same.
ILLNESSES = (
    "Alzheimer|Asperger|Crohn|Cushing|Ehlers-Danlos|Guillain-Barré|Hashimoto|Hirschsprung|Hodgkin|Huntington|Kawasaki|"
    "Korsakoff|Meniere|Ménière|Munchausen|Münchausen|Parkinson|Perthes|Raynaud|Tay-Sachs|Tourette|Wernicke"
)
ILLNESS = re.compile(
    rf"(?<!\w)(?:{ILLNESSES})(?:['’]?s|s['’]|(?=\s(?:syndrome|disease)\b)|(?<=Perthes))(?!\w)(?!\s(?:{RELATIVES}|coat|drawing)\b)"
)
# Names too, and a child who is watched may have one: only of a film, or of what is watched again.
TITLES = "Moana|Matilda|Mulan|Hercules|Aladdin|Elsa|Mario|Encanto|Pocahontas|Merida|Ratatouille|Paddington"
TITLE = re.compile(
    rf"\b(?:films?|dvd|episodes? of)\s(?:the\s)?(?P<film>{TITLES})\b"
    rf"|\bwatch(?:ed|ing)\s(?P<again>{TITLES})\s(?:again|twice|three times)\b"
)
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# "In April, or May, and then June": after a word of time a month beside another is no person.
BESIDE_A_MONTH = re.compile(
    r"(?<!\w)(?:in|since|until|between|during|before|after|end of|mid|(?:moved|put off|put back|postponed|delayed) to)[\s-]"
    rf"(?P<months>(?:{MONTHS})(?:(?:,?[\w\s]{{0,24}}?\b(?:or|and|to|then|until|but|because|not|than)|,|\s?[/–-])\s?(?:then\s)?(?:{MONTHS}))+)(?!\w)"
)


def things_in(text):
    """Where things that are no person are named, as (start, end)."""
    for pattern in (listed(), ILLNESS):
        for match in pattern.finditer(text):
            yield match.span()
    for match in TITLE.finditer(text):
        yield match.span(match.lastgroup)
    for match in BESIDE_A_MONTH.finditer(text):
        yield match.span("months")


@cache
def listed():
    names = sorted(filter(None, lines_of("named_things.txt")), key=len, reverse=True)
    either = "|".join(re.escape(name).replace("'", "['’]") for name in names)
    return re.compile(rf"(?<![\w'’-])(?=[A-Z0-9])(?:{either})(?![\w-])(?!['’]s\s(?:{RELATIVES})\b)")
