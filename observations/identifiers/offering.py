"""Which roles are offered in a name's place: the likely ones first, and all others after them."""

from typing import NamedTuple

from . import kinds
from .catalogue import OF_PEOPLE, OF_PLACES, bare, free
from .lists import plain, set_of
from .roles import told
from .titles import relation_in

MOST_LIKELY = 6
LIKELY = {
    kinds.CHILD_NAME: ("the boy", "the girl", "the child", "the baby", "the brother", "the sister"),
    kinds.TITLED_NAME: ("the mother", "the father", "a relative", "the teacher", "the neighbour"),
    kinds.PERSON: ("the worker", "the manager", "a professional"),
    kinds.SCHOOL: ("a school", "a nursery", "a college"),
    kinds.PLACE: ("the town", "the place"),
    kinds.ADDRESS: ("the family’s home", "a relative’s home"),
}
OF_ANYBODY = (
    "the boy", "the girl", "the mother", "the father", "the mother’s partner", "a worker",
)  # fmt: skip
OF_TITLE = {
    "mr": ("the father", "the teacher", "the mother’s partner", "the grandfather", "the neighbour"),
    **dict.fromkeys(
        ("mrs", "ms", "mx"),
        ("the mother", "the teacher", "the grandmother", "the neighbour", "a professional"),
    ),
    "miss": ("the teacher", "the mother", "the aunt", "a relative", "a family friend"),
    "whaea": ("the teacher", "the aunt", "the grandmother", "a relative"),
    "matua": ("the teacher", "the uncle", "the grandfather", "a relative"),
    **dict.fromkeys(("dr", "doctor"), ("the doctor", "a professional")),
    **dict.fromkeys(("nurse", "sister"), ("the nurse", "the health visitor", "a professional")),
    **dict.fromkeys(
        set_of("pc dc sgt constable sergeant dcs dci di ds pcso"),
        ("the police officer", "a professional"),
    ),
}
OF_RELATION = ("a relative", "a family friend")


class Offer(NamedTuple):
    """What may stand in a name's place: `likely` first, and `more` as (heading, roles)."""

    likely: list
    more: list

    @property
    def all(self):
        return [*self.likely, *(role for _, roles in self.more for role in roles)]


class Standing(NamedTuple):
    """Where a name stands: its words, its kind, and the text that may say who it is."""

    words: str
    kind: str
    suggestion: str
    text: str
    start: int
    end: int


def offer(first, others=(), given="", taken=()):
    """The roles for a name, told from the place where it stands `first` and its `others`.

    `given` is the role that stands for the same person already; `taken` those that stand for others.
    """
    taken = {bare(role) for role in taken}
    places = [first, *others]
    likely = likely_ones(first, places)
    groups = groups_for(first.kind)
    if any(is_no_worker(each) for each in places):
        likely = [role for role in likely if bare(role) != "worker"]
        groups = [
            (name, [role for role in roles if bare(role) != "worker"]) for name, roles in groups
        ]
    ready = [each for role in likely for each in free(role, taken)[:2]]
    shown = unlike([given] if given else [], ready)
    shown = shown[:MOST_LIKELY]
    more = []
    for name, roles in groups:
        left = unlike(shown, [each for role in roles for each in free(role, taken)])[len(shown) :]
        if left:
            more.append((name, left))
    return Offer(shown, more)


def likely_ones(first, places):
    """What the words of the name and around it say, and then what its kind says."""
    said = [role for each in places if (role := said_of(each))]
    if first.kind not in LIKELY and first.kind not in kinds.OF_PEOPLE | {kinds.OTHER_SCRIPT}:
        return [first.suggestion]
    if any(relation_in(each.words) for each in places) and title_of(first) != "miss":
        return [*said, *OF_RELATION]
    by_title = next((OF_TITLE[t] for each in places if (t := title_of(each)) in OF_TITLE), ())
    usual = by_title or LIKELY.get(first.kind, OF_ANYBODY)
    rest = [first.suggestion] if first.kind in (kinds.PLACE, kinds.ADDRESS) else []
    return [*said, *usual, *rest]


def said_of(each):
    relation = relation_in(each.words)
    return told(each.text, each.start, each.end) or ("" if title_of(each) == "miss" else relation)


def title_of(each):
    return plain(each.words).split()[0].strip(".") if each.words.split() else ""


def is_no_worker(each):
    role = told(each.text, each.start, each.end)
    in_family = any(name == "Family" and role in roles for name, roles in OF_PEOPLE)
    return in_family or bool(relation_in(each.words))  # "Miss" is one of those


def groups_for(kind):
    if kind in (kinds.PLACE, kinds.OTHER_SCRIPT):
        return [*OF_PLACES, *OF_PEOPLE]
    if kind in kinds.OF_PEOPLE:
        return [*OF_PEOPLE, *OF_PLACES]
    return OF_PLACES if kind in LIKELY else ()


def unlike(shown, roles):
    """`shown`, and those of `roles` that say something else than any before them."""
    seen, kept = {bare(role) for role in shown}, list(shown)
    for role in roles:
        if bare(role) not in seen:
            seen.add(bare(role))
            kept.append(role)
    return kept
