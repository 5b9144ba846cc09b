"""Look for everything by which a person could be known."""

from . import kinds
from .names import named
from .numbers import numbered
from .phrases import phrases_in
from .places import placed
from .roles import in_place_of
from .scripts import in_other_scripts
from .titles import relation_in
from .tokens import Note, allowed_in, read_to, words_of


class CouldNotLook(Exception):
    """The text was not read to its end: treat it as if a name stood in it."""


def find(text, people=(), allow=()):
    """What in `text` could point to a person, in order, without overlaps.

    `people` are full names of those who may be met there (the workers of the unit); `allow` are
    capitalised words that are no person (names of teams and offices). It finds less than a careful
    reader does: a person looks before anything is quoted. Of a very long text only the first part
    is read, and the rest is one find of its own, `UNREAD`. Where it fails, `CouldNotLook` is raised
    and the text is not safe.
    """
    try:
        end = read_to(text)
        found = find_in_text(text[:end], tuple(people), tuple(allow))
    except Exception as fault:
        raise CouldNotLook("The text could not be read for names.") from fault
    return [*found, unread(text, end)] if end < len(text) else found


def unread(text, start=0):
    """What stands for a text, or the rest of one, that was not looked at."""
    return kinds.identifier(text, start, len(text), kinds.UNREAD)


def find_in_text(text, people, allow):
    words = words_of(text)
    note = Note(text, words, allowed_in(text, allow), phrases_in(text, words))
    settled = [*numbered(text), *placed(note), *in_other_scripts(text)]
    found = apart(text, [*settled, *named(note, people, settled)])
    return [with_role(text, each) for each in found]


def apart(text, found):
    """Overlapping finds become one that covers them all, so that no end of a name is left over."""
    together, reached = [], 0
    for each in sorted(found):
        if not together or each.start >= reached:
            together.append([])
        together[-1].append(each)
        reached = max(reached, each.end)
    return [joined(text, each) for each in together]


def with_role(text, each):
    """A name said to be a mother's, a teacher's ... takes that role in its place."""
    if each.kind not in (kinds.GIVEN_NAME, kinds.CHILD_NAME, kinds.INITIALS, kinds.PERSON):
        return each
    if relation_in(each.words):
        return each
    role = in_place_of(text, each.start, each.end)
    return each._replace(suggestion=role) if role else each


def joined(text, overlapping):
    if len(overlapping) == 1:
        return overlapping[0]
    first = min(overlapping, key=lambda each: kinds.KINDS.index(each.kind))
    end = max(each.end for each in overlapping)
    whole = kinds.identifier(text, overlapping[0].start, end, first.kind, first.suggestion)
    # A colleague may be called like an aunt: then it is the aunt who is spoken of.
    is_person = first.kind in kinds.OF_PEOPLE
    return whole._replace(suggestion=is_person and relation_in(whole.words) or first.suggestion)
