"""Capitals that no ordinary word explains, and words that are names where they stand."""

import re

from . import clues, kinds
from .kinds import identifier
from .lists import (
    family_names,
    field_words,
    given_names,
    is_mistyped,
    names,
    set_of,
    typed_given,
)
from .tokens import SPACE

MONTHS = set_of("april may june august summer autumn spring winter easter sunday friday")
SEASONS = set_of("summer autumn spring winter")
PLACES = set_of(
    "chelsea clare devon florence jordan kerry skye victoria georgia india kent paris chad israel "
    "china holland everton beverley austin dakota havana savannah orlando zaire cleveland eden "
    "sydney florence verona vienna asia brooklyn cairo milan rhodes troy lourdes"
)
MODALS = set_of("will may can")
WORDY = set_of("will may mark hope bill rob sue can an do my so in on no he said my us")
# Names that begin a sentence as a verb does, so that what follows has to say more.
VERBS = set_of(
    "will may mark hope rose drew bill rob sue grant chase chance cherish can clay curt dash dot earnest guy "
    "handy jet lance loyal merry noble reed rich rock skip star sterling spike storm trace true van wade "
    "worth young august april june junior senior art ash bay bear buddy cash cherry china christian cliff cove "
    "dolly echo fox ginger golden honest honesty honey honour ivory lane lark legend lucky marina marvel misty "
    "nova oak ocean pepper prince princess praise queen rain rainbow red river roman royal rusty sage saint "
    "silver sky stormy summer autumn winter sunny sunshine tiger truth unity urban velvet west wise wolf wood "
    "woody wisdom beauty memory promise privilege justice innocent sunday friday prosper gift comfort patience "
    "mercy favour faith long an my son min chi hung made said"
)
LONGEST = 3  # words that a name may have after its first
LONG = 6  # letters of a word, from which a slip of the finger is told from a name


CLOSES = re.compile(r"['’](?![^\W\d_])")


def guessed(note):
    """Names that their capital, our lists or the words around them give away."""
    last = 0
    for place, word in enumerate(note.words):
        if not word.is_capital or word.start < last:
            continue
        if word.plain in field_words() or note.is_allowed(word):
            continue
        if kind := guess(note, place):
            last = name_end(note, place)
            if is_office(note, place, last):
                continue
            start = with_okina(note.text, note.words[start_of_name(note, place)])
            if premises := clues.PREMISES.match(note.text, last):
                last, kind = premises.end(), kinds.PLACE
            yield identifier(note.text, start, last, kind)


def with_okina(text, word):
    """The mark before a Tongan or Samoan name belongs to it, unless it opens a quotation."""
    start = word.start
    if start and text[start - 1] in "'ʻ‘’":
        opens = word.plain in names() or word.is_ordinary
        if not (word.is_capital and opens and CLOSES.search(text, word.end, start + 200)):
            return start - 1
    return start


def guess(note, place):
    word = note.words[place]
    if is_acronym(note, word) or len(word.plain) < 2:
        return None
    if clues.ILLNESS.match(note.text, word.end):
        return None
    if is_given_away(note, word):
        before = note.before(word)
        is_child = clues.CHILD.search(before) or clues.NAMED.search(before)
        aged = clues.AGED.match(note.text, word.end)
        return kinds.CHILD_NAME if is_child or aged else kinds.GIVEN_NAME
    return kinds.GIVEN_NAME if looks_like_a_name(note, place) else None


def is_given_away(note, word):
    """Whether the words around say that it is someone."""
    if word.is_ordinary and word.plain not in names():
        return False
    before, text = note.before(word), note.text
    if clues.NAMED.search(before) or clues.CHILD.search(before) or clues.SPOKEN_TO.search(before):
        return True
    if word.plain in names() and clues.TALK.search(before):
        return True
    if clues.AGED.match(text, word.end):
        return not word.is_ordinary or not is_plain_word(note, word)
    if clues.SPEAKS.match(text, word.end):
        return not is_adverb(word)
    return clues.OF_FAMILY.match(text, word.end) and clues.THE.search(before) is not None


def looks_like_a_name(note, place):
    word = note.words[place]
    if not word.is_ordinary:
        return is_unknown_name(note, place)
    if word.plain not in names() or word.is_loud:
        return False
    if asks_of_another(note, place):
        return False
    following = note.follows(place)
    if following is not None and is_family_name_of(following) and word.plain in given_names():
        return not note.is_allowed(following)
    if word.plain in typed_given():
        return not is_plain_word(note, word)
    return False


def asks_of_another(note, place):
    """Whether it is "Will" or "May" of a question about what follows: "Will Eastfield take it?"."""
    word, following = note.words[place], note.follows(place)
    is_verb = word.plain in MODALS and following is not None and following.is_capital
    return is_verb and note.asks(word)


def is_office(note, place, last):
    """Whether it is what a team or an office is called: no name of a person stands in it."""
    if not clues.OFFICE.match(note.text, last):
        return False
    near = note.words[place : place + LONGEST + 2]
    of_name = [word for word in near if word.end <= last]
    if of_name[0].plain in MODALS and len(of_name) > 1:
        of_name.pop(0)
    return not any(word.plain in names() and not word.is_ordinary for word in of_name)


def is_unknown_name(note, place):
    """A capital on what no list of words holds."""
    word = note.words[place]
    if word.is_loud:
        return word.plain in names() and len(word.plain) > 3
    if not note.starts_sentence(word):
        return True
    if len(word.plain) < 3:
        return clues.OF_SOMEBODY.match(note.text, word.end) is not None
    if word.plain in names():
        return True
    if clues.OF_SOMEBODY.match(note.text, word.end):
        return True
    return len(word.plain) < LONG or not is_mistyped(word.plain)


def is_family_name_of(word):
    """Whether a capitalised word may follow a given name as its second part."""
    if not word.is_capital or word.is_loud or len(word.plain) < 2 or word.plain in field_words():
        return False
    return word.plain in family_names() or not word.is_ordinary


def is_plain_word(note, word):
    """Whether a name that is a word too is only the word here ("Will he", "in May")."""
    if not word.is_ordinary:
        return is_place(note, word)
    if clues.POSSESSED.match(note.text, word.end):
        return False
    if word.plain in MONTHS and is_time(note, word):
        return True
    if is_place(note, word):
        return True
    return note.starts_sentence(word) and not is_somebody(note, word)


def is_place(note, word):
    return word.plain in PLACES and clues.PLACE.search(note.before(word, 16)) is not None


def is_time(note, word):
    before = note.before(word)
    if clues.TALK.search(before):
        return False
    if clues.TIME.search(before) or clues.NUMBER.match(note.text, word.end):
        return True
    if word.plain in SEASONS or clues.OF_SOMEBODY.match(note.text, word.end):
        return False
    return clues.MONTH_TIME.search(before) is not None


def is_somebody(note, word):
    """Whether what follows a word at the start of a sentence says that it is someone."""
    if clues.BULLET.search(note.before(word)):
        return True
    if clues.OF_SOMEBODY.match(note.text, word.end) or clues.AGED.match(note.text, word.end):
        return True
    if word.plain in MODALS and clues.MODAL.match(note.text, word.end):
        return True
    if word.plain != "hope" and clues.TO_DO.match(note.text, word.end):
        return True
    if word.plain in VERBS:
        return False
    return word.plain in typed_given() and clues.AS_WORD.match(note.text, word.end) is None


def name_end(note, place):
    """Where a name ends that starts at `place`: more capitalised words may belong to it."""
    last = place
    while last - place < LONGEST and (more := more_of_name(note, last)):
        last += more
    return note.words[last].end


def more_of_name(note, last):
    """How many words after the one at `last` belong to the name: 0, 1, or 2 with a particle."""
    following = joined(note, last)
    if following is None:
        return 0
    if following.plain in clues.PARTICLES and last + 2 < len(note.words):
        after = joined(note, last + 1)
        return 2 if after is not None and after.is_capital and not ends_name(after) else 0
    if not following.is_capital:
        return int(is_small_family_name(note.words[last], following))
    return 0 if ends_name(following) else 1


def joined(note, place):
    """The word that follows with a space, or after the dot of an initial."""
    if place + 1 >= len(note.words):
        return None
    word, following = note.words[place], note.words[place + 1]
    between = note.text[word.end : following.start]
    if SPACE.fullmatch(between):
        return following
    return following if len(word.plain) == 1 and between.strip() == "." else None


def ends_name(word):
    if len(word.plain) == 1:
        return word.plain == "i"
    if word.is_loud and (len(word.plain) < 5 or word.is_ordinary):
        return word.plain not in family_names()
    return word.plain in field_words() and word.plain not in family_names()


def is_small_family_name(word, following):
    if word.is_capital:
        return False
    return len(following.plain) > 2 and not following.is_ordinary


def start_of_name(note, place):
    """At which word a name starts whose surest word is at `place`."""
    first = place
    while first > 0 and place - first < 2 and is_front(note, first - 1):
        first -= 1
    return first


def is_front(note, place):
    word = note.words[place]
    if joined(note, place) is None or not word.is_capital or word.is_loud or word.plain == "i":
        return False
    if note.is_allowed(word):
        return False
    if word.plain in clues.FRONTS:
        return True
    if word.plain in field_words() and word.plain not in given_names():
        return False
    if word.is_ordinary and (word.plain not in given_names() or word.plain in WORDY):
        return False
    return len(word.plain) > 1 or not note.starts_sentence(word) or word.plain not in "ai"


def is_acronym(note, word):
    written = note.text[word.start : word.end]
    capitals = sum(letter.isupper() for letter in written)
    if word.is_loud or len(word.plain) < 5:
        return capitals > 1 and len(word.plain) < 5
    return capitals > len(written) / 2


def is_adverb(word):
    """Whether it is "Quietly asked" or "Smiling said", and no name that the list knows."""
    return word.plain.endswith(("ly", "ing")) and word.plain not in names()
