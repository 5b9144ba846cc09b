"""Look for everything by which a person could be known."""

from . import kinds
from .names import named
from .numbers import numbered
from .phrases import phrases_in
from .places import placed
from .roles import in_place_of
from .tokens import Note, allowed_in, words_of


class CouldNotLook(Exception):
    """The text was not read to its end: treat it as if a name stood in it."""


def find(text, people=(), allow=()):
    """What in `text` could point to a person, in order, without overlaps.

    `people` are full names of those who may be met there (the workers of the unit); `allow` are
    capitalised words that are no person (names of teams and offices). It finds less than a careful
    reader does: a person looks before anything is quoted. Where it fails, `CouldNotLook` is raised
    and the text is not safe.
    """
    try:
        return _find(text, tuple(people), tuple(allow))
    except Exception as fault:
        raise CouldNotLook("The text could not be read for names.") from fault


def unread(text):
    """What stands for a whole text that could not be looked at."""
    return kinds.identifier(text, 0, len(text), kinds.UNREAD)


def _find(text, people, allow):
    words = words_of(text)
    note = Note(text, words, allowed_in(text, allow), phrases_in(text, words))
    settled = [*numbered(text), *placed(note)]
    found = _apart(text, [*settled, *named(note, people, settled)])
    return [_with_role(text, each) for each in found]


def _apart(text, found):
    """Overlapping finds become one that covers them all, so that no end of a name is left over."""
    apart = []
    for each in sorted(found):
        if apart and each.start < apart[-1].end:
            apart[-1] = _joined(text, apart[-1], each)
        else:
            apart.append(each)
    return apart


def _with_role(text, each):
    """A name said to be a mother's, a teacher's ... takes that role in its place."""
    if each.kind not in (kinds.GIVEN_NAME, kinds.CHILD_NAME, kinds.INITIALS):
        return each
    role = in_place_of(text, each.start, each.end)
    return each._replace(suggestion=role) if role else each


def _joined(text, one, other):
    first = min(one, other, key=lambda each: kinds.KINDS.index(each.kind))
    end = max(one.end, other.end)
    return kinds.identifier(text, one.start, end, first.kind, first.suggestion)
