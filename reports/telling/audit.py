"""Whether anything about too few people can be worked out from all that was told, by exact arithmetic.

Of each group told of, a reader knows every count: the sum of something over its observations. From
these, by adding and subtracting, the same sum over any combination of the groups follows. A
combination that is non-zero only on observations about fewer people than `least` gives them away.
"""

from collections import defaultdict
from copy import copy
from math import gcd

import numpy as np

from reports.telling.groups import people_in

# Numbers that one audit may reckon; a group that needs more is taken to give something away.
BUDGET = 60_000_000
PRIMES = (2_147_483_647, 2_147_483_629, 2_147_483_587, 2_147_483_579)


class Parts:
    """The parts that some groups cut all observations into: what is in the same groups is one part."""

    def __init__(self, groups):
        within = defaultdict(int)
        for at, group in enumerate(groups):
            for note in group:
                within[note] |= 1 << at
        notes = defaultdict(set)
        for note, mask in within.items():
            notes[mask].add(note)
        self.notes = [frozenset(notes[mask]) for mask in sorted(notes)]
        self.people = [people_in(part) for part in self.notes]
        self._part_of = {note: at for at, part in enumerate(self.notes) for note in part}

    def row(self, group):
        """A group as the parts that it is made of."""
        return {self._part_of[note]: 1 for note in group}


class Audit:
    """What readers know, and what they would know if they were told of one group more.

    `groups` are all that may be asked about: they cut the observations into parts. The rows kept are
    a basis of the combinations, reduced: each has a part, its pivot, that no other row has. The
    pivot is the part with most people, so that a row whose pivot is about few has only such parts.
    """

    def __init__(self, groups, least, budget=BUDGET):
        self.least, self.budget = least, Budget(budget)
        self.parts = Parts(groups)
        self._rows, self._holding = {}, defaultdict(set)  # by pivot; pivots of the rows with a part

    def copy(self):
        """Another to try things on; both reckon on one budget."""
        other = copy(self)
        other._rows = dict(self._rows)
        other._holding = defaultdict(set, {at: set(rows) for at, rows in self._holding.items()})
        return other

    def add(self, group):
        """Readers are told of it."""
        row = self._reduced(self.parts.row(group))
        if not row:
            return
        pivot = max(row, key=lambda part: (len(self.parts.people[part]), part))
        for at in list(self._holding[pivot]):
            self._put(at, without(self._rows[at], row, pivot))
        self._put(pivot, row)

    def gives_away(self, group):
        """The observations of fewer than `least` people that could be told apart with it; or none.

        What was known before is not looked at again.
        """
        row = self._reduced(self.parts.row(group))
        if not row or any(self._is_large(part) for part in row):
            # Nothing new; or a large part that no other row could take out again.
            return frozenset()
        few = {at: each for at, each in self._rows.items() if not self._is_large(at)}
        found = Search(self.parts.people, self.budget).run(row, few, self.least)
        return frozenset().union(*(self.parts.notes[part] for part in found))

    def _is_large(self, part):
        return len(self.parts.people[part]) >= self.least

    def _put(self, pivot, row):
        for part in self._rows.get(pivot, ()):
            self._holding[part].discard(pivot)
        self._rows[pivot] = row
        for part in row:
            self._holding[part].add(pivot)

    def _reduced(self, row):
        """What is left of a row once all that is known is taken out of it."""
        for pivot in [part for part in row if part in self._rows]:
            row = without(row, self._rows[pivot], pivot)
        return row


class Search:
    """Looks for a combination of a row and others that is about fewer than `least` people.

    One person after another is taken to be among the few, or all that is about them is zero: then
    other rows have to take it out of the row, each once. So every combination is tried or given up.

    It is done in remainders by a prime that divides no pivot. Nothing is missed by that: what follows
    in whole numbers, in lowest terms, is not zero in remainders, and what was told before passed the
    same search.
    """

    def __init__(self, people, budget):
        self.people, self.budget = people, budget

    def run(self, row, others, least):
        """The parts of such a combination; of the row itself where the budget ran out; or none."""
        others = joined_to(row, others)
        self.columns = sorted(set(row).union(*(others[at] for at in others)))
        self.about = [self.people[part] for part in self.columns]
        self.least = least
        self.of_person = defaultdict(list)
        for at, people in enumerate(self.about):
            for person in people:
                self.of_person[person].append(at)
        try:
            found = self._look(self._matrix(row, others), frozenset())
        except TooLong:
            return set(row)
        return {self.columns[at] for at in found}

    def _matrix(self, row, others):
        prime = next(each for each in PRIMES if all(others[at][at] % each for at in others))
        place = {part: at for at, part in enumerate(self.columns)}
        made = np.zeros((len(others) + 1, len(self.columns)), dtype=np.int64)
        for at, each in enumerate([row, *others.values()]):
            for part, value in each.items():
                made[at, place[part]] = value % prime
        self.prime = prime
        return made

    def _look(self, rows, among):
        """The columns of the first row once others took out of it what must be zero; or none."""
        if len(among) == self.least - 1:
            zero = [at for at, people in enumerate(self.about) if not people <= among]
            rows = self._zeroed(rows, zero)
            return [] if rows is None else np.flatnonzero(rows[0])
        left = [at for at in np.flatnonzero(rows[0]) if not self.about[at] <= among]
        if not left:
            return np.flatnonzero(rows[0])
        # What nothing takes out is about some of the few, or there is nothing to find.
        helped = rows[1:].any(axis=0)
        sure = [at for at in left if not helped[at]]
        if sure:
            more = among.union(*(self.about[at] for at in sure))
            return self._look(rows, more) if len(more) < self.least else []
        person = max(
            {person for at in left for person in self.about[at]} - among,
            key=lambda each: (len(self.of_person[each]), each),
        )
        without_them = self._zeroed(rows, self.of_person[person])
        if without_them is not None:
            found = self._look(without_them, among)
            if len(found):
                return found
        return self._look(rows, among | {person})

    def _zeroed(self, rows, columns):
        """With the first row zero on these columns; None where the others can't make it so.

        A row that was used is emptied at once, so that it is not used again, and goes at the end.
        """
        rows, gone = rows.copy(), []
        for column in columns:
            having = np.flatnonzero(rows[:, column])
            if not len(having) or having[-1] == 0:
                if len(having):
                    return None
                continue
            self.budget.spend((len(rows) - len(gone)) * rows.shape[1])
            by = having[0] or having[1]
            having = having[having != by]
            wide = np.flatnonzero(rows[by])
            used = rows[by, wide]
            share = rows[having, column] * pow(int(rows[by, column]), -1, self.prime) % self.prime
            rows[by] = 0
            gone.append(by)
            there = np.ix_(having, wide)
            rows[there] = (rows[there] - share[:, None] * used) % self.prime
        return np.delete(rows, gone, axis=0)


class Budget:
    """How much may be reckoned for one issue: counted, so that it is the same on every machine."""

    def __init__(self, left):
        self.left = left

    def spend(self, size):
        self.left -= size
        if self.left < 0:
            raise TooLong


class TooLong(Exception):
    """More than one audit may take."""


def joined_to(row, others):
    """The rows that share a part with a row, or with one that does."""
    found, left, reached = {}, dict(others), set(row)
    while near := [at for at in left if not reached.isdisjoint(left[at])]:
        for at in near:
            found[at] = left.pop(at)
            reached |= set(found[at])
    return found


def without(row, other, part):
    """A row with so much of another taken out that it is zero on a part; in lowest whole numbers."""
    if part not in row:
        return row
    share, times = row[part], other[part]
    made = {at: times * value for at, value in row.items()}
    for at, value in other.items():
        made[at] = made.get(at, 0) - share * value
    made = {at: value for at, value in made.items() if value}
    divisor = gcd(*made.values())
    return {at: value // divisor for at, value in made.items()} if divisor > 1 else made
