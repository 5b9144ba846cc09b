"""Which of the groups that an issue would like to tell of may be told, the most useful first."""

from copy import copy
from dataclasses import dataclass, field
from enum import StrEnum

from reports.telling.audit import Audit
from reports.telling.groups import is_enough, too_near


class Why(StrEnum):
    """Why a group is not told of."""

    FEW = "few"
    NEAR = "near"
    SUMS = "sums"


@dataclass(frozen=True)
class Candidate:
    """A group that would be told of; `name` says which it is to whoever asked, `work` of what kind."""

    name: object
    notes: frozenset
    work: str = ""


@dataclass
class Choice:
    """What is told of, and what is withheld: {name: the group} and {name: Why}."""

    told: dict = field(default_factory=dict)
    withheld: dict = field(default_factory=dict)


class Telling:
    """All that readers were told of, and what may be added to it, one group after another.

    `told` are the groups by the kind of work that they are of, or "" for all kinds: only groups of
    one kind are held against each other two by two. What a kind has that a whole of other months
    has not follows from no sum of theirs; what does follow, from groups of whatever kind, the audit
    finds. `asked` are the groups that may be asked about, besides those told of.
    """

    def __init__(self, told, asked, least):
        self.least = least
        self.told = {work: set(groups) for work, groups in told.items()}
        known = set().union(*self.told.values())
        self.audit = Audit([*known, *asked], least)
        for group in sorted(known, key=len, reverse=True):
            self.audit.add(group)

    def copy(self):
        """Another to try things on."""
        other = copy(self)
        other.told = {work: set(groups) for work, groups in self.told.items()}
        other.audit = self.audit.copy()
        return other

    def why_not(self, notes, work=""):
        """Why a group may not be told of; None where it may."""
        if not notes or any(notes in groups for groups in self.told.values()):
            return None
        if not is_enough(notes, self.least):
            return Why.FEW
        if any(too_near(notes, other, self.least) for other in self.told.get(work, ())):
            return Why.NEAR
        return Why.SUMS if self.audit.gives_away(notes) else None

    def tell(self, notes, work=""):
        if notes:
            self.told.setdefault(work, set()).add(notes)
            self.audit.add(notes)


def choose(candidates, told, least):
    """A Choice of the candidates, in their order, for readers who were told of these groups before."""
    telling = Telling(told, [each.notes for each in candidates], least)
    choice = Choice()
    for each in candidates:
        why = telling.why_not(each.notes, each.work)
        if why:
            choice.withheld[each.name] = why
        else:
            telling.tell(each.notes, each.work)
            choice.told[each.name] = each.notes
    return choice


def why_not(notes, told, least):
    """Why one group may not be told of to readers who were told of these; None where it may."""
    return Telling({"": told}, [notes], least).why_not(notes)
