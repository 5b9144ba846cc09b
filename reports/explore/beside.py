"""Two places side by side: the same figures of the same months, and what can be said of the difference.

Only figures that were told are set beside each other, so that no group arises. What can be said goes by the
product's one rule (`reports.summaries.then_and_now`). Two sides that share observations are not compared.
"""

import re
from dataclasses import dataclass

from observations.intervals import difference
from practicelens.people.models import Unit
from reports.explore.reading import Row
from reports.explore.told import Measure
from reports.models import ToldGroup
from reports.summaries.then_and_now import Change, change_of
from reports.telling.planning import part_name

SAYS = {
    Change.MORE: "more in {}",
    Change.LESS: "less in {}",
    Change.NONE: "no clear difference",
    Change.UNTOLD: "too little to tell",
}


@dataclass(frozen=True)
class Share:
    """A count and its base, by the names that the rule asks for."""

    upper: int
    seen: int


@dataclass(frozen=True)
class Pair:
    """The same figure of two places; or of two criteria of two frameworks that a clause joins."""

    one: Row
    other: Row
    clause: str = ""

    @property
    def what(self):
        if self.one.of_what == self.other.of_what:
            return self.one.of_what
        return f"{self.one.of_what} / {self.other.of_what}"

    @property
    def rows(self):
        return self.one, self.other

    @property
    def has_share(self):
        return bool(self.one.line.of and self.other.line.of)

    @property
    def change(self):
        return change_of(*(Share(each.line.count, each.line.of) for each in self.rows))

    @property
    def says(self):
        """Which way it differs, named after the first side; nothing of counts without a base."""
        return SAYS[self.change].format(self.one.short_words) if self.has_share else ""

    @property
    def difference_words(self):
        """+12 points (−5 to 28); nothing where it is too little to tell."""
        if not self.has_share or self.change is Change.UNTOLD:
            return ""
        one, other = self.one.line, self.other.line
        apart = one.count / one.of - other.count / other.of
        low, high = difference(one.count, one.of, other.count, other.of)
        return f"{points(apart, sign=True)} points ({points(low)} to {points(high)})"


def points(share, *, sign=False):
    value = round(100 * share)
    said = f"{value:+d}" if sign and value else str(value)
    return said.replace("-", "−")


@dataclass(frozen=True)
class Side:
    """What stands on one side: a unit or a part of it, with all kinds of work or one."""

    key: str
    label: str
    first: Row

    @property
    def work(self):
        return self.first.line.work


def sides_of(rows):
    """{key: Side}, in the order of their names."""
    found = {}
    for row in rows:
        work = row.line.work
        key = f"{row.where}~{work}" if work else row.where
        label = f"{row.where_words}: {work.lower()}" if work else row.where_words
        found.setdefault(key, Side(key, label, row))
    return {each.key: each for each in sorted(found.values(), key=lambda each: each.label)}


def rows_of(rows, side, months=None):
    return [
        row
        for row in rows
        if (row.where, row.line.work) == (side.first.where, side.work)
        and months in (None, row.months)
    ]


def months_in_common(rows, one, other):
    """[(what stands in the address, words)] of the months that were told of both, the newest first."""
    told = [{row.months for row in rows_of(rows, side)} for side in (one, other)]
    both = [row for row in rows_of(rows, one) if row.months in told[0] & told[1]]
    both.sort(key=lambda row: (-row.line.last.toordinal(), row.line.first))
    return list({row.months: row.months_words for row in both}.items())


def share_observations(one, other):
    """Whether an observation can be in both: of units that overlap, and the same kind of work or all."""
    if one.work and other.work and one.work != other.work:
        return False
    return bool(units_of(one) & units_of(other))


def units_of(side):
    """The keys of all units that a side holds, as its paper told it."""
    paper, part = side.first.paper, side.first.line.part
    if not part:
        return set(Unit.objects.below(paper.unit_pk).values_list("pk", flat=True))
    told = ToldGroup.objects.filter(**{paper.kind: paper.pk}, name__startswith=part_name([""]))
    named = {
        pieces(name.removeprefix(part_name([""]))): units
        for name, units in told.values_list("name", "units")
    }
    return set(named[pieces(part)])


def pieces(label):
    """The names in a row of them, in whatever order it has them."""
    return tuple(sorted(re.split(r", | and ", label)))


def jurisdictions_of(sides):
    """[(label, the jurisdictions of its units)] where they differ; nothing where all are in one."""
    found = []
    for side in sides:
        units = Unit.objects.filter(pk__in=units_of(side))
        codes = set(units.values_list("jurisdiction", flat=True))
        named = [Unit.Jurisdiction(code).label for code in codes]
        found.append((side.first.short_words, " and ".join(sorted(named))))
    return found if len({words for _, words in found}) > 1 else []


def pairs_of(ours, theirs, told):
    """The figures that both sides were told of, in the order of the paper."""
    by = {(row.line.measure, name): row for row in theirs for name in same_names(row, told)}
    found = [
        Pair(row, by[row.line.measure, row.line.about])
        for row in ours
        if (row.line.measure, row.line.about) in by
    ]
    return [
        each for each in found if each.has_share or each.one.line.measure is Measure.OBSERVATIONS
    ]


def same_names(row, told):
    """The names that a figure goes by: of a criterion those of all wordings that mean the same."""
    if not row.line.is_of_a_criterion:
        return {row.line.about}
    same = (each.names for each in told.criteria.values() if row.line.about in each.names)
    return {row.line.about}.union(*same)


def joined_by_clauses(ours, theirs, told):
    """Criteria of two frameworks that framework admins linked to one clause, each pair once."""
    alike = {(pair.one, pair.other) for pair in pairs_of(ours, theirs, told)}
    found = {}
    for clause in told.clauses.values():
        for row in of_criteria(ours, clause):
            for other in of_criteria(theirs, clause):
                is_same = row.line.measure == other.line.measure
                if is_same and (row, other) not in alike and of_two(row, other, told):
                    found.setdefault((row, other), Pair(row, other, clause.label))
    return list(found.values())


def of_criteria(rows, clause):
    shares = (Measure.UPPER, Measure.SHOWS)
    return [row for row in rows if row.line.measure in shares and row.line.about in clause.names]


def of_two(row, other, told):
    """Whether their criteria are of different frameworks."""
    frameworks = [
        {
            framework
            for each in told.criteria.values()
            if name in each.names
            for framework in each.of
        }
        for name in (row.line.about, other.line.about)
    ]
    return all(frameworks) and not frameworks[0] & frameworks[1]
