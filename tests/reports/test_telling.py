"""What leaders may be told of: the rule, the audit against brute force, and organisations attacked."""

import random
from collections import defaultdict
from fractions import Fraction
from itertools import combinations, permutations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st

from reports.telling import Audit, Candidate, Note, choose, is_enough, why_not
from reports.telling.audit import PRIMES, Budget, Search
from reports.telling.choosing import Why

LEAST = 5


def about(*people, first=1):
    """Observations, one about each."""
    return frozenset(Note(key, person) for key, person in enumerate(people, start=first))


def known(groups):
    """The rows of the groups over the observations, and those in their order."""
    notes = sorted(frozenset().union(*groups), key=lambda note: note.key)
    return [[Fraction(note in group) for note in notes] for group in groups], notes


def rank(rows):
    rows, found = [list(row) for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((at for at in range(found, len(rows)) if rows[at][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for at in range(found + 1, len(rows)):
            if rows[at][column]:
                share = rows[at][column] / rows[found][column]
                rows[at] = [a - share * b for a, b in zip(rows[at], rows[found], strict=True)]
        found += 1
    return found


def gives_away_by_force(groups, least):
    """Whether any combination is about fewer people: for every few people, all that is theirs."""
    rows, notes = known(groups)
    everybody = sorted({note.person for note in notes if note.person is not None})
    whole = rank(rows)
    for few in combinations(everybody, min(least - 1, len(everybody))):
        others = [at for at, note in enumerate(notes) if note.person not in {*few, None}]
        if rank([[row[at] for at in others] for row in rows]) < whole:
            return True
    return False


def sets_by_force(groups, least):
    """The sets of observations about fewer people whose counts follow from those of the groups."""
    rows, notes = known(groups)
    whole = rank(rows)
    for chosen in product([0, 1], repeat=len(notes)):
        told = frozenset(note for note, is_in in zip(notes, chosen, strict=True) if is_in)
        is_small = told and not is_enough(told, least)
        if is_small and rank([*rows, [Fraction(each) for each in chosen]]) == whole:
            yield told


def audited(groups, least):
    """At which group of the list the audit finds that something is given away; None if at none."""
    audit = Audit(groups, least)
    for at, group in enumerate(groups):
        if audit.gives_away(group):
            return at
        audit.add(group)
    return None


# Rule


def test_a_group_about_five_people_may_be_told_of():
    assert why_not(about(1, 2, 3, 4, 5), told=[], least=LEAST) is None


def test_many_observations_about_four_people_may_not():
    assert why_not(about(1, 2, 3, 4, 4, 4, 4), told=[], least=LEAST) == Why.FEW


def test_an_observation_about_nobody_counts_for_nobodys_number():
    assert why_not(about(1, 2, 3, 4, None, None), told=[], least=LEAST) == Why.FEW
    assert why_not(about(1, 2, 3, 4, 5, None), told=[], least=LEAST) is None


def test_an_equal_group_may_be_told_of_again():
    group = about(1, 2, 3, 4, 5, 6)

    assert why_not(group, told=[group], least=LEAST) is None


@pytest.mark.parametrize("more", [(6,), (6, 7, 8, 9), (6, 6, 6, 6, 6, 6), (None,)])
def test_neither_more_nor_less_by_a_few_may_be_told_of(more):
    old = about(1, 2, 3, 4, 5)
    new = old | about(*more, first=100)

    assert why_not(new, told=[old], least=LEAST) == Why.NEAR
    assert why_not(old, told=[new], least=LEAST) == Why.NEAR


def test_a_group_that_gained_five_and_lost_five_may_be_told_of():
    stays, left, came = (
        about(1, 2),
        about(*range(10, 15), first=10),
        about(*range(20, 25), first=20),
    )

    assert why_not(stays | came, told=[stays | left], least=LEAST) is None


def test_a_kind_of_work_is_not_held_against_a_whole_of_other_months():
    """What one has and the other has not follows from no sum of theirs."""
    stays, left, came = about(1, 2, 3, 4, 5), about(6, 7, first=20), about(*range(10, 16), first=30)
    kind = Candidate("kind", stays | left, "duty")

    assert choose([kind], {"": {stays | came}}, LEAST).told
    assert choose([kind], {"duty": {stays | came}}, LEAST).withheld == {"kind": Why.NEAR}


def test_what_three_groups_leave_over_is_found():
    """The whole less two parts of it is the third: nothing pairwise says so."""
    one, other, third = (
        about(*range(1, 7)),
        about(*range(11, 17), first=11),
        about(21, 22, first=21),
    )
    whole = one | other | third

    assert why_not(other, told=[whole, one], least=LEAST) == Why.SUMS
    assert why_not(other, told=[whole], least=LEAST) is None


def test_what_is_withheld_is_the_least_useful():
    one, other, third = (
        about(*range(1, 7)),
        about(*range(11, 17), first=11),
        about(21, 22, first=21),
    )
    asked = {"whole": one | other | third, "one": one, "other": other, "third": third}

    choice = choose([Candidate(*each) for each in asked.items()], told={}, least=LEAST)

    assert list(choice.told) == ["whole", "one"]
    assert choice.withheld == {"other": Why.SUMS, "third": Why.FEW}


def test_an_empty_group_is_told_as_none():
    assert why_not(frozenset(), told=[about(1, 2, 3, 4, 5)], least=LEAST) is None


# Audit


NOTES = st.lists(st.sampled_from([None, 1, 2, 3, 4, 5]), min_size=2, max_size=8).map(
    lambda people: [Note(key, person) for key, person in enumerate(people)]
)


@st.composite
def some_groups(draw):
    notes = draw(NOTES)
    group = st.sets(st.sampled_from(notes), min_size=1).map(frozenset)
    return draw(st.lists(group, min_size=1, max_size=6))


@profile(deadline=None)
@given(groups=some_groups(), least=st.integers(2, 4))
def test_the_audit_finds_what_brute_force_finds_and_nothing_else(groups, least):
    found = audited(groups, least)

    given_away = [at for at in range(len(groups)) if gives_away_by_force(groups[: at + 1], least)]
    assert found == (given_away[0] if given_away else None)


@profile(deadline=None)
@given(groups=some_groups(), least=st.integers(2, 4))
def test_no_set_of_a_few_that_follows_by_sums_is_missed(groups, least):
    if any(sets_by_force(groups, least)):
        assert audited(groups, least) is not None


def test_what_it_finds_is_about_too_few():
    one, other = about(1, 2, 3, 4, 5, 6), about(1, 2, 3, 4, 5, 6, 7)
    audit = Audit([one, other], LEAST)
    audit.add(one)

    assert audit.gives_away(other) == other - one


@pytest.mark.parametrize("seed", range(20))
def test_what_a_search_takes_out_stays_out_and_it_changes_no_row_in_place(seed):
    chance = np.random.default_rng(seed)
    rows = chance.integers(0, 50, (9, 12)) * (chance.random((9, 12)) < 0.5)
    rows[0, :4] = rows[1:, :4].any(axis=0)  # what stands in the first row can be taken out
    before = rows.copy()
    search = Search([], Budget(10_000))
    search.prime = PRIMES[0]

    left = search._zeroed(rows, [0, 1, 2, 3])

    assert (rows == before).all()
    assert left is None or not left[:, :4].any()
    assert left is None or len(left) == 5
    assert left is None or search.budget.left == 10_000 - 12 * (9 + 8 + 7 + 6)


def test_a_search_that_would_take_too_long_is_not_trusted():
    one, other, third = about(1, 2, 3), about(4, 5, 6, first=11), about(7, 8, 9, first=21)
    groups = [one | other, other | third, one | third]
    audit = Audit(groups, least=4, budget=0)
    audit.add(groups[0])
    audit.add(groups[1])

    assert audit.gives_away(groups[2])


# Attack


MONTHS, KINDS = 10, 2


class Organisation:
    """A made-up one: nested units, people in teams, observations that come late and are withdrawn."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.services = {
            service: [f"{service}{team}" for team in range(self.chance.randint(1, 3))]
            for service in range(self.chance.randint(1, 2))
        }
        teams = [team for teams in self.services.values() for team in teams]
        self.units = {"all": teams, **self.services, **{team: [team] for team in teams}}
        self.people = {
            team: [f"{team}-{at}" for at in range(self.chance.randint(1, 4))] for team in teams
        }
        self.least = 3
        self.notes = [self.note(key, team) for key, team in enumerate(self.busy(teams))]

    def busy(self, teams):
        return [self.chance.choice(teams) for _ in range(self.chance.randint(10, 50))]

    def note(self, key, team):
        chance = self.chance
        seen = chance.randrange(MONTHS)
        came = seen + chance.choice([0, 0, 0, 1, 3])
        gone = came + chance.choice([1, 2, 4]) if chance.random() < 0.15 else MONTHS * 2
        person = chance.choice([*self.people[team], *([None] if chance.random() < 0.2 else [])])
        kind = chance.randrange(KINDS)
        return Note(key, person), {"team": team, "kind": kind, "in": seen, "from": came, "to": gone}

    def group(self, teams, months, at, kind=None):
        """What counts at a month of the observations of some teams in some months."""
        return frozenset(
            note
            for note, its in self.notes
            if its["team"] in teams
            and its["in"] in months
            and its["from"] <= at < its["to"]
            and kind in (None, its["kind"])
        )

    def candidates(self, unit, at, window):
        """What an issue of a unit would like to tell of, as of a month."""
        teams, months = self.units[unit], range(at - window + 1, at + 1)
        yield Candidate("whole", self.group(teams, months, at))
        before = range(at - 2 * window + 1, at - window + 1)
        yield Candidate("before", self.group(teams, before, at))
        for kind in range(KINDS):
            yield Candidate(("kind", kind), self.group(teams, months, at, kind), kind)
        for team in teams:
            yield Candidate(("team", team), self.group([team], months, at))
            for kind in range(KINDS):
                yield Candidate(("team", team, kind), self.group([team], months, at, kind), kind)
        for month in months:
            yield Candidate(("month", month), self.group(teams, [month], at))

    def issues(self):
        """{kind of work: groups of it ever told of}: each month of each unit, some issued again.

        A group that was told of already, be it as of another kind, says nothing new.
        """
        told, window = defaultdict(set), self.chance.choice([3, 6])
        for at in range(MONTHS):
            for unit in self.units:
                for _ in range(self.chance.choice([0, 1, 1, 2])):
                    asked = list(self.candidates(unit, at, window))
                    chosen = choose(asked, told, self.least).told
                    for each in asked:
                        is_known = any(each.notes in groups for groups in told.values())
                        if chosen.get(each.name) and not is_known:
                            told[each.work].add(each.notes)
        return told


@profile(deadline=None, max_examples=20)
@given(seed=st.integers(0, 2**32))
def test_of_random_organisations_nobody_can_be_worked_out(seed):
    organisation = Organisation(seed)

    told = organisation.issues()

    everything = set().union(*told.values())
    assert all(is_enough(group, organisation.least) for group in everything)
    assert not any(
        left_over and not is_enough(left_over, organisation.least)
        for groups in told.values()
        for one, other in permutations(groups, 2)
        for left_over in [one - other]
    )
    assert not everything or not attacked(everything, organisation.least)


def attacked(groups, least):
    """As `gives_away_by_force` does, in remainders by a prime: fractions would take too long."""
    notes = sorted(frozenset().union(*groups), key=lambda note: note.key)
    rows = np.array([[note in group for note in notes] for group in groups], dtype=np.int64)
    everybody = sorted({note.person for note in notes if note.person is not None})
    whole = rank_in_remainders(rows)
    return any(
        rank_in_remainders(rows[:, [note.person not in {*few, None} for note in notes]]) < whole
        for few in combinations(everybody, min(least - 1, len(everybody)))
    )


def rank_in_remainders(rows, prime=1_000_003):
    rows, found = np.unique(rows, axis=0), 0
    for column in range(rows.shape[1]):
        there = np.flatnonzero(rows[found:, column])
        if len(there):
            rows[[found, found + there[0]]] = rows[[found + there[0], found]]
            inverse = pow(int(rows[found, column]), -1, prime)
            share = rows[found + 1 :, column] * inverse % prime
            rows[found + 1 :] = (rows[found + 1 :] - share[:, None] * rows[found]) % prime
            found += 1
    return found


def test_the_attack_finds_what_is_told_without_the_rule():
    """So that an attack that finds nothing says something."""
    organisation = Organisation(7)
    told = {each.notes for each in organisation.candidates("all", 9, 6) if each.notes}

    assert attacked(told, organisation.least)
