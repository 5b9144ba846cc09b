"""Groups of observations, and how large one must be to be told of.

A group is a frozenset of them. `least` is how many people a group must be about.
"""

from typing import NamedTuple


class Note(NamedTuple):
    """An observation by its key, and the practitioner it is about; None where nobody is named."""

    key: int
    person: int | None


def people_in(notes):
    """The practitioners that a group is about: where nobody is named, it is about nobody."""
    return {note.person for note in notes if note.person is not None}


def is_enough(notes, least):
    """Whether so many observations are about so many people.

    Each observation is about one practitioner at most, so that as many people are as many
    observations.
    """
    return len(people_in(notes)) >= least


def too_near(one, other, least):
    """What tells two groups apart, where that is too little to be told; else nothing."""
    for left_over in (one - other, other - one):
        if left_over and not is_enough(left_over, least):
            return left_over
    return frozenset()
