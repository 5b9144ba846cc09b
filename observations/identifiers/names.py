"""Names of people in a text.

Five ways: names that the caller knows, names that a title or the words around them give away,
capitals that no ordinary word explains, our lists of names, and a name once found standing again.
A stronger reader of names can take the place of `named` whole.
"""

from collections import defaultdict
from functools import lru_cache

from . import clues, kinds
from .capitals import guessed, is_plain_word, name_end
from .initials import initials_in
from .kinds import identifier
from .letters import letters_in
from .lists import field_words, plain
from .nicknames import nicknames_in
from .small import small_again, small_names
from .titles import is_title, relation_in, titled
from .tokens import words_of


def named(note, people=(), settled=()):
    """The people named in a note; some may overlap. `settled` are finds that are no names."""
    taken = {at for each in settled for at in range(each.start, each.end)}
    guesses = [each for each in (*guessed(note), *small_names(note)) if each.start not in taken]
    guesses += nicknames_in(note)
    found = [*as_titled([*known_people(note, people), *titled(note), *guesses])]
    found += again(note, found)
    letters = (each for each in letters_in(note) if each.start not in taken)
    return [*found, *initials_in(note, people, found, taken), *letters]


def as_titled(found):
    """A name that stands with its title elsewhere is the same person's."""
    titled_as = {}
    for each in found:
        if each.kind == kinds.TITLED_NAME:
            for part in plain(each.words).split()[1:]:
                titled_as.setdefault(part, each)
    for each in found:
        first = titled_as.get(plain(each.words).split()[-1])
        if first is not None and each.kind == kinds.GIVEN_NAME:
            each = each._replace(kind=first.kind, suggestion=first.suggestion)
        elif first is not None and each.kind == kinds.PERSON and relation_in(first.words):
            each = each._replace(suggestion=first.suggestion)
        yield each


def known_people(note, people):
    """Full names of `people` in any case, and a first or last name with its capital."""
    whole, parts = index(people)
    for place, word in enumerate(note.words):
        for name in whole.get(word.plain, ()):
            following = note.words[place : place + len(name)]
            if tuple(each.plain for each in following) == name:
                yield identifier(note.text, word.start, following[-1].end, kinds.PERSON)
        if word.plain in parts and stands_alone(note, word):
            yield identifier(note.text, word.start, word.end, kinds.PERSON)


def stands_alone(note, word):
    if note.is_phrase(word):
        return False
    if not word.is_capital:
        return not word.is_ordinary and len(word.plain) > 3
    return not is_plain_word(note, word)


@lru_cache(maxsize=64)
def index(people):
    """Names by their first word, and the first and last names long enough to stand alone."""
    whole, parts = defaultdict(list), set()
    for person in people:
        name = tuple(word.plain for word in words_of(person))
        if len(name) > 1:
            whole[name[0]].append(name)
        parts.update(part for part in (name[:1] + name[-1:]) if len(part) >= 3)
    return whole, parts


def again(note, found):
    """A name once found, wherever it stands again."""
    known = {}
    for each in {each.words: each for each in found}.values():
        for part in plain(each.words).replace(".", " ").split():
            part = part.strip("ʻ'’,").removesuffix("'s")
            if len(part) > 1 and not says_nothing(part):
                known.setdefault(part, each)
    covered = {each.start for each in found}
    for place, word in enumerate(note.words):
        first = known.get(word.plain)
        if first is None or word.start in covered or note.is_phrase(word):
            continue
        if is_plain_word(note, word) if word.is_capital else not small_again(note, word):
            continue
        end = name_end(note, place) if word.is_capital else word.end
        yield identifier(note.text, word.start, end, first.kind, first.suggestion)


def says_nothing(part):
    return is_title(part) or part in field_words() or part in clues.PARTICLES
