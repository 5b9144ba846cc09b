"""Names typed in small letters, as they are on a phone in a car park."""

import re

from . import clues, kinds
from .capitals import MODALS, VERBS, name_end, with_okina
from .kinds import identifier
from .lists import given_names, is_mistyped, names, set_of, typed_given

NEVER = set_of(
    "can an my long van son min chi til hung hong lien loan nay mi nest non semi charity rota marge kai said theres"
)
LONG = 5  # letters, from which a slip of the finger is told from a name on no list
# "kaiyra-mae": second halves that no ordinary word has.
JOINED = re.compile(
    r"[a-z]{2,}-(?:mae|leigh|rose|jay|lee|louise|grace|james|rae|jo|ann|anne|marie|jade|mei|skye)$"
)
TOLD = re.compile(r"\b(?:said|says|that|when|if|because|but|and|how|while)\s+$", re.IGNORECASE)
SHORTEST = 3  # of a name that nothing around it gives away


def small_names(note):
    for place, word in enumerate(note.words):
        if word.is_capital or len(word.plain) < SHORTEST or note.is_allowed(word):
            continue
        if is_small_name(note, word):
            start = with_okina(note.text, word)
            yield identifier(note.text, start, name_end(note, place), kinds.GIVEN_NAME)


def is_small_name(note, word):
    if word.is_ordinary:
        return may_be_a_name(word) and is_given_away(note, word)
    if word.plain in NEVER:
        return False
    if word.plain in typed_given() or (word.plain in given_names() and len(word.plain) > 4):
        return True
    if JOINED.fullmatch(word.plain):
        return True
    if word.plain in names() and len(word.plain) > LONG and not is_mistyped(word.plain):
        return not clues.DETERMINED.search(note.before(word))
    if word.plain not in names() and may_be_a_slip(note.text, word):
        return False
    return is_given_away(note, word)


def may_be_a_slip(text, word):
    if not text[word.start : word.end].isascii():
        return False
    return len(word.plain) < LONG or is_mistyped(word.plain)


def may_be_a_name(word):
    return word.plain in typed_given() and word.plain not in NEVER


def is_given_away(note, word):
    before, text = note.before(word), note.text
    if clues.NAMED.search(before) or clues.ROLE_BRACKET.search(before):
        return True
    if clues.TALK.search(before):
        return True
    if clues.AGED.match(text, word.end):
        return not clues.DETERMINED.search(before)
    if clues.POSSESSED.match(text, word.end):
        return True
    if note.starts_sentence(word) and clues.SMALL_IS.match(text, word.end):
        return word.plain not in VERBS or word.plain in MODALS
    if clues.DETERMINED.search(before):
        return False
    return acts(text, word) or is_told_of(word, before, text)


def is_told_of(word, before, text):
    """A word that is in no list, in the place of whoever is told of: "mum said jaxxon had been sick"."""
    is_strange = not word.is_ordinary and len(word.plain) >= LONG
    return bool(is_strange and TOLD.search(before) and clues.SMALL_IS.match(text, word.end))


def acts(text, word):
    return clues.SMALL_OF_SOMEBODY.match(text, word.end) is not None


def small_again(note, word):
    """Whether a name found elsewhere is meant where it is typed small."""
    if not word.is_ordinary:
        return len(word.plain) >= SHORTEST
    return may_be_a_name(word) and (
        is_given_away(note, word) or clues.LOOSE_TALK.search(note.before(word)) is not None
    )
