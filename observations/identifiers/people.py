"""Whether two names are one person's: "Kayden" and "Kayden Smith" are, two Smiths are not."""

from . import kinds
from .lists import plain

# Titles that say the same.
ALIKE = {"auntie": "aunt", "aunty": "aunt", "nana": "nan", "nanny": "nan", "doctor": "dr"}
CLASSES = {
    **dict.fromkeys((*kinds.OF_PEOPLE, kinds.OTHER_SCRIPT), "person"),
    kinds.SCHOOL: "school",
    kinds.PLACE: "place",
}


def class_of(kind):
    """What a role of this kind stands for; nothing for a number or a date."""
    return CLASSES.get(kind, "")


def parts_of(words):
    """The parts of a name, without what says nothing of who it is."""
    if all(len(part) == 1 for part in plain(words).replace(".", " ").split()):
        return frozenset(("".join(plain(words).replace(".", " ").split()),)) - {""}
    parts = (part.strip("ʻ'.,()").removesuffix("'s") for part in plain(words).split())
    return frozenset(ALIKE.get(part, part) for part in parts if part)


def same(parts, known):
    """Which of `known` (lists of names, each name a set of parts) these parts belong to.

    None where it could be two of them: "Smith", of two who are called so.
    """
    exact = [who for who, names in known if parts in names]
    if exact:
        return exact[0]
    near = [who for who, names in known if any(parts <= name or name <= parts for name in names)]
    return near[0] if len(near) == 1 else None
