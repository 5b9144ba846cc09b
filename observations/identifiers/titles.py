"""Names that a title gives away: "Mrs Patel", "whaea Mere"."""

import re

from . import kinds
from .capitals import name_end
from .kinds import identifier
from .lists import family_names, field_words, plain, set_of
from .tokens import SPACE

TITLE_SPACE = re.compile(r"\.?\s{1,2}")
FAMILY_TITLES = set_of(
    "mr mrs ms miss mx whaea matua koro kuia nanny nan nana auntie aunty uncle aunt master"
)
# Titles that say what someone is to the child, and what then stands in place of the name.
RELATIONS = {
    **dict.fromkeys(("auntie", "aunty", "aunt"), "the aunt"),
    "uncle": "the uncle",
    **dict.fromkeys(("nan", "nana", "nanny", "kuia"), "the grandmother"),
    "koro": "the grandfather",
    "miss": "a teacher",
}
PROFESSIONAL_TITLES = set_of(
    "dr doctor prof professor pc dc sgt judge rev cllr nurse sister pastor imam father reverend hhj "
    "dcs dci di ds pcso sir dame lady lord councillor constable sergeant"
)
# Titles after which any word is a name, and which are typed small in haste.
SURE_TITLES = set_of("mr mrs ms dr")
POSTS = set_of("pc dc sgt prof professor cllr hhj judge constable sergeant councillor")
NO_NAMES = set_of("and who was has had said were are the from with also then")


def titled(note):
    for place, title in enumerate(note.words[:-1]):
        if not is_title(title.plain) or not is_named_by(note, title, note.words[place + 1]):
            continue
        end = name_end(note, place + 1)
        suggestion = RELATIONS.get(title.plain)
        if title.plain in PROFESSIONAL_TITLES:
            suggestion = kinds.PROFESSIONAL
        yield identifier(note.text, title.start, end, kinds.TITLED_NAME, suggestion)


def relation_in(words):
    """What a title in someone's name says that they are to the child; nothing for most names."""
    titles = (RELATIONS.get(part.strip(".")) for part in plain(words).split()[:-1])
    return next(filter(None, titles), "")


def is_title(word):
    return word in FAMILY_TITLES or word in PROFESSIONAL_TITLES


def is_named_by(note, title, word):
    # "Asked the doctor. However" has no title in it.
    space = TITLE_SPACE if title.is_capital else SPACE
    if not space.fullmatch(note.text, title.end, word.start) or word.plain == "i":
        return False
    if title.plain in SURE_TITLES:
        if not title.is_capital and not word.is_capital:
            return len(word.plain) > 2 and word.plain not in NO_NAMES
        return word.is_capital
    if not word.is_capital or word.is_loud:
        return False
    if word.plain in field_words():
        return title.plain in POSTS and word.plain in family_names()
    return title.is_capital or not word.is_ordinary
