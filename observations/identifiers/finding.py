"""Look for everything by which a person could be known."""

from . import kinds
from .names import named
from .numbers import numbered


def find(text, people=(), allow=()):
    """What in `text` could point to a person, in order, without overlaps.

    `people` are full names of those who may be met there (the workers of the unit); `allow` are
    capitalised words that are no person (names of teams and offices). It finds less than a careful
    reader does: a person looks before anything is quoted.
    """
    found = [*numbered(text), *named(text, tuple(people), tuple(allow))]
    return _apart(text, found)


def _apart(text, found):
    """Overlapping finds become one that covers them all, so that no end of a name is left over."""
    apart = []
    for each in sorted(found):
        if apart and each.start < apart[-1].end:
            apart[-1] = _joined(text, apart[-1], each)
        else:
            apart.append(each)
    return apart


def _joined(text, one, other):
    first = min(one, other, key=lambda each: kinds.KINDS.index(each.kind))
    end = max(one.end, other.end)
    return kinds.identifier(text, one.start, end, first.kind, first.suggestion)
