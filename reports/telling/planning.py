"""What a briefing may tell of: its window, and the groups within, after all that was told before."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.conf import settings

from observations.models import Observation
from practicelens.numbers import in_a_row
from reports.models import ToldGroup
from reports.periods import Window, month_words, months_after, rolling
from reports.summaries.coverage import COLUMN_OF, COLUMNS
from reports.summaries.scope import scope_of
from reports.telling.choosing import Candidate, Telling, Why, choose
from reports.telling.groups import Note, is_enough

LONGER = 6  # months by which a window may be longer than figures are for, if that is what it takes
EVERYTHING = "Everything"  # the name of the group of a whole window
RUN_MONTHS = 24
QUARTER = 3
# Of the months of a run, so many in a hundred have to be told, else quarters are.
MONTHS_TOLD = 75
POINTS_FOR_A_RUN = 3


@dataclass(frozen=True)
class Part:
    """Units directly under a briefing's own that are told of together."""

    names: tuple

    @property
    def label(self):
        return in_a_row(self.names)


@dataclass(frozen=True)
class Kind:
    """How often a kind of work was observed in a window, which may be that of an earlier issue.

    `count` is None, and there is no window, where it was never told of.
    """

    label: str
    count: int | None
    window: Window | None


@dataclass
class Plan:
    """What may be told.

    `window` is None where nothing is told anew. `stretches` are the months, or quarters, of a run.
    `withheld` says in sentences what is not told, and why. `groups` are to be kept with the issue.
    """

    window: Window | None = None
    why: str = ""
    has_before: bool = False
    has_month: bool = False
    stretches: tuple = ()
    parts: tuple = ()
    kinds: tuple = ()
    withheld: list = field(default_factory=list)
    groups: list = field(default_factory=list)


def plan_for(unit, month, *, only=None):
    """The Plan of a unit's briefing for a month; `only` is a Window that it may not differ from."""
    usual = only or rolling(month, today=unit.today())
    return Planning(unit, usual, longer=0 if only else LONGER).plan()


def told_before(unit, now=()):
    """{kind of work: groups} that the same readers were told of, each as the observations in it.

    Whom one is about is as it is in `now`, or else as it was when it was told of last.
    """
    rows = list(ToldGroup.objects.told_beside(unit).values_list("work", "notes", "people"))
    about = {
        key: person or None
        for _, keys, people in rows
        for key, person in zip(keys, people, strict=True)
    }
    about |= {note.key: note.person for note in now}
    told = defaultdict(set)
    for work, keys, _ in rows:
        told[work].add(frozenset(Note(key, about[key]) for key in keys))
    return {work: groups - {frozenset()} for work, groups in told.items()}


class Planning:
    """Tries groups, the most useful first: the window, the one before, months, parts, kinds of work.

    A month or quarter of the whole leaves room for its parts: one of which a part holds all but a few
    would keep that part from being told of, in any window that it is in.
    """

    def __init__(self, unit, usual, longer):
        self.unit, self.usual, self.longer = unit, usual, longer
        self.scope = scope_of(unit, usual)
        self.least = settings.SMALL_COUNT_THRESHOLD
        self.rows = self._observations()
        self.unit_of = {note: unit for note, unit, _, _ in self.rows}
        self.made = Plan()

    def _observations(self):
        """(what, unit, month, column) of all that counts, back to where anything here could begin."""
        first = months_after(
            self.usual.last_month, -max(RUN_MONTHS, 2 * (self.usual.length + LONGER))
        )
        found = Observation.objects.counted().filter(
            unit__in=[unit.pk for unit in self.scope.units],
            month__range=(first, self.usual.last_month),
        )
        rows = found.values_list("pk", "practitioner_id", "unit_id", "month", "is_about")
        return [
            (Note(pk, person), unit, month, COLUMN_OF[about])
            for pk, person, unit, month, about in rows
        ]

    def plan(self):
        before = told_before(self.unit, [row[0] for row in self.rows])
        self._choose_window(before)
        if self.made.window:
            asked = [self._notes(month, month) for month in {row[2] for row in self.rows}]
            asked += [*self._notes_of_parts().values(), *self._notes_of_kinds().values()]
            self.telling = self._telling(before, asked)
            self._tell(EVERYTHING, self._window_notes(), self.made.window)
            self._tell_within()
        return self.made

    def _telling(self, before, asked):
        return Telling(before, asked, self.least)

    def _tell_within(self):
        self._before()
        self._month()
        self._run()
        self._parts()
        self._kinds()

    def _notes(self, first, last):
        return frozenset(note for note, _, month, _ in self.rows if first <= month <= last)

    def _window_notes(self):
        return self._notes(self.made.window.first_month, self.made.window.last_month)

    def _choose_window(self, before):
        """The usual one, or the next longer or shorter one that may be told of."""
        usual = self.usual.length
        lengths = range(1, usual + self.longer + 1) if self.longer else [usual]
        lengths = sorted(lengths, key=lambda each: (abs(each - usual), -each))
        windows = [rolling(self.usual.last_month, each, self.usual.today) for each in lengths]
        notes = {each: self._notes(each.first_month, each.last_month) for each in windows}
        telling = self._telling(before, notes.values())
        whys = {each: telling.why_not(notes[each]) for each in windows}
        # Of no other window than the usual one is it told that nothing was observed.
        told = [each for each in windows if not whys[each] and (notes[each] or each == self.usual)]
        if told:
            self.made.window = told[0]
        else:
            few = all(why in (Why.FEW, None) for why in whys.values())
            self.made.why = Why.FEW if few else Why.NEAR

    def _tell(self, name, notes, window, units=None, work=""):
        """Whether a group may be told of; it is kept with the issue then."""
        if self.telling.why_not(notes, work):
            return False
        self.telling.tell(notes, work)
        self._keep(name, notes, window, units, work)
        return True

    def _keep(self, name, notes, window, units, work):
        ordered = sorted(notes)
        self.made.groups.append(
            ToldGroup(
                name=name,
                units=sorted(units or [each.pk for each in self.scope.units]),
                first_month=window.first_month,
                last_month=window.last_month,
                work=work,
                notes=[note.key for note in ordered],
                people=[note.person or 0 for note in ordered],
            )
        )

    def _before(self):
        window = self.made.window.before
        notes = self._notes(window.first_month, window.last_month)
        if not notes:
            return
        self.made.has_before = self._tell(f"Before: {window.words}", notes, window)
        if not self.made.has_before:
            self._withhold(f"Then and now: {window.words} can’t be told of beside earlier issues.")

    def _withhold(self, words):
        self.made.withheld.append(words)

    def _month(self):
        month = self.made.window.last_month
        window = Window(month, month, self.usual.today)
        name, notes = month_words(month), self._notes(month, month)
        self.made.has_month = self._leaves_room(notes) and self._tell(name, notes, window)
        if not self.made.has_month:
            self._withhold(f"{name} by itself: too few people’s observations are in it.")

    def _run(self):
        """The months that are over, or else the quarters of the year: they never shift."""
        months = [month for month in self._run_window().months if self._is_over(month)]
        first = min((row[2] for row in self.rows), default=None)
        months = [month for month in months if first and month >= first]
        for size in (1, QUARTER):
            stretches = [
                months[at : at + size]
                for at in range(len(months) - size + 1)
                if (months[at].month - 1) % size == 0
            ]
            telling = self.telling.copy()
            told = [each for each in stretches if self._try(telling, each)]
            enough = MONTHS_TOLD if size == 1 else 0
            if len(told) >= POINTS_FOR_A_RUN and 100 * len(told) >= enough * len(stretches):
                for each in told:
                    window = Window(each[0], each[-1], self.usual.today)
                    if not any(group.name == stretch_words(each) for group in self.made.groups):
                        self._tell(stretch_words(each), self._notes(each[0], each[-1]), window)
                self.made.stretches = tuple((each[0], each[-1]) for each in told)
                return
        self._withhold("No run over the months: too few people’s observations are in each.")

    def _run_window(self):
        return rolling(self.usual.last_month, RUN_MONTHS, self.usual.today)

    def _is_over(self, month):
        return not Window(month, month, self.usual.today).is_running

    def _try(self, telling, months):
        notes = self._notes(months[0], months[-1])
        if not self._leaves_room(notes) or telling.why_not(notes):
            return False
        telling.tell(notes)
        return True

    def _leaves_room(self, notes):
        """Whether beside a part with enough of a stretch of the whole the rest is none, or enough."""
        for units in self._units_of_parts().values():
            within = frozenset(note for note in notes if self.unit_of[note] in units)
            rest = notes - within
            if rest and is_enough(within, self.least) and not is_enough(rest, self.least):
                return False
        return True

    def _units_of_parts(self):
        """{name of a part: the keys of its teams}, in the order of their names."""
        found = defaultdict(set)
        for team in self.scope.teams:
            found[self.scope.part_of(team).name].add(team.pk)
        return dict(sorted(found.items()))

    def _notes_of_parts(self):
        """{name of a part: what is in it}, in the window."""
        notes = self._window_notes()
        return {
            name: frozenset(note for note in notes if self.unit_of[note] in units)
            for name, units in self._units_of_parts().items()
        }

    def _notes_of_kinds(self):
        """{column: what is in it}, in the window."""
        notes, found = self._window_notes(), defaultdict(set)
        for note, _, _, column in self.rows:
            if note in notes:
                found[column].add(note)
        return {column: frozenset(found[column]) for column in COLUMNS if not column.overlaps}

    def _parts(self):
        """As many parts by themselves as may be; the others together, named."""
        notes = self._notes_of_parts()
        seen = sorted((name for name in notes if notes[name]), key=lambda name: -len(notes[name]))
        rows = self._rows_of_parts(seen, notes)
        told_in = {name for row in rows for name in row}
        left = sorted(name for name in seen if name not in told_in)
        if left:
            self._withhold(
                f"{in_a_row(left)}: told of within the whole, since so few people were observed."
            )
        rows += [(name,) for name in notes if not notes[name]]
        self.made.parts = tuple(map(Part, sorted(tuple(sorted(row)) for row in rows)))

    def _rows_of_parts(self, seen, notes):
        """The parts that are told of: the most by themselves, whatever is left together."""
        units = self._units_of_parts()
        for alone in range(len(seen), 0, -1):
            telling = self.telling.copy()
            rows = [(name,) for name in seen[:alone]]
            if alone < len(seen):
                rows.append(tuple(seen[alone:]))
            groups = [frozenset().union(*(notes[name] for name in row)) for row in rows]
            if all(not telling.why_not(group) and not telling.tell(group) for group in groups):
                for row, group in zip(rows, groups, strict=True):
                    within = [key for name in row for key in units[name]]
                    self._tell(part_name(row), group, self.made.window, within)
                return rows
        return []

    def _kinds(self):
        """Each kind of work in the window, or as it was told of last where too little is new."""
        by_size = sorted(self._notes_of_kinds().items(), key=lambda each: -len(each[1]))
        told = {
            column: Kind(column.label, len(notes), self.made.window)
            for column, notes in by_size
            if self._tell(kind_name(column.label), notes, self.made.window, (), column.code)
        }
        self.made.kinds = tuple(
            told.get(column) or self._kind_as_told(column)
            for column in COLUMNS
            if not column.overlaps
        )

    def _kind_as_told(self, column):
        """As it was told of last, if that was in any of the months of the window."""
        groups = ToldGroup.objects.filter(briefing__unit=self.unit, work=column.code)
        last = groups.exclude(briefing__issued_at=None).order_by("briefing__issued_at", "pk").last()
        if last is None or last.last_month < self.made.window.first_month:
            return Kind(column.label, None, None)
        window = Window(last.first_month, last.last_month, self.usual.today)
        return Kind(column.label, len(last.notes), window)


def part_name(names):
    return f"Part: {in_a_row(names)}"


def kind_name(label):
    return f"Kind of work: {label}"


def stretch_words(months):
    """October 2026, or July to September 2026."""
    first, last = months[0], months[-1]
    return month_words(last) if first == last else f"{first:%B} to {month_words(last)}"


def no_longer_told(paper):
    """The names of a draft's groups that may not be told of any more: others were issued meanwhile."""
    groups = [
        Candidate(
            row.name,
            frozenset(
                Note(key, person or None) for key, person in zip(row.notes, row.people, strict=True)
            ),
            row.work,
        )
        for row in paper.told_groups.order_by("pk")
    ]
    if not groups:
        return []
    before = told_before(paper.unit, frozenset().union(*(each.notes for each in groups)))
    return list(choose(groups, before, settings.SMALL_COUNT_THRESHOLD).withheld)
