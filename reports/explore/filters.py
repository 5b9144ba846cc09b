"""What is asked of the figures that were told; all of it stands in the address."""

from dataclasses import dataclass, field

from django import forms
from django.utils.http import urlencode

from practicelens.forms import with_blank
from reports.explore.beside import months_in_common, sides_of
from reports.explore.reading import rows_for
from reports.explore.subjects import clauses_of, criteria_of, themes_of
from reports.explore.told import Measure

SIDES = ("one", "other", "months")
ALL = "all"
EACH = "each"  # kind of work, by itself
NAMES = ("where", "months", "work", "measure", "criterion", "theme", "clause")


class Asked(forms.Form):
    """What stands in an address, as far as it can be asked for."""

    def offer(self, name, choices, nothing):
        self.fields[name].choices = with_blank(choices, nothing)

    @property
    def asked(self):
        """What is asked for that can be; the rest of an address is as good as nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def query(self):
        """What an address needs to ask for the same again, in one order."""
        return urlencode(self.asked)

    @property
    def words(self):
        """What is asked for, as a name for it."""
        asked = self.asked
        labels = [dict(self.fields[name].choices)[value] for name, value in asked.items()]
        return ", ".join(labels)


@dataclass
class Told:
    """All that was told to a person, and what it can be narrowed by."""

    rows: list
    criteria: dict = field(default_factory=dict)
    themes: dict = field(default_factory=dict)
    clauses: dict = field(default_factory=dict)


def told_to(user):
    rows = rows_for(user)
    criteria = criteria_of(user, rows)
    return Told(rows, criteria, themes_of(user, rows), clauses_of(user, criteria))


def in_order(pairs):
    """Each choice once, in the order in which it is met."""
    return list(dict(pairs).items())


class ExploreFilter(Asked):
    """Where nothing is said of months, those that were told last are shown."""

    where = forms.ChoiceField(label="Where", required=False)
    months = forms.ChoiceField(label="Months", required=False)
    work = forms.ChoiceField(label="Kind of work", required=False)
    measure = forms.ChoiceField(label="Figure", required=False)
    criterion = forms.ChoiceField(label="Criterion", required=False)
    theme = forms.ChoiceField(label="Theme", required=False)
    clause = forms.ChoiceField(label="Clause of a standard", required=False)

    def __init__(self, data, *, told):
        self.told = told
        super().__init__({name: data.get(name, "") for name in NAMES})
        rows = told.rows
        units = sorted({(row.where_words, row.where) for row in rows})
        self.offer("where", [(key, label) for label, key in units], "Everywhere")
        months = in_order((row.months, row.months_words) for row in rows)
        self.offer("months", [(ALL, "All months"), *months], "Told last")
        works = sorted({row.line.work for row in rows if row.line.work})
        works = [(EACH, "Each by itself"), *((each, each) for each in works)] if works else []
        self.offer("work", works, "All together")
        measures = {row.line.measure for row in rows}
        self.offer("measure", [(str(m), m.label) for m in Measure if m in measures], "Every figure")
        for name, found in (
            ("criterion", told.criteria),
            ("theme", told.themes),
            ("clause", told.clauses),
        ):
            labels = [(each.key, each.label) for each in found.values()]
            self.offer(name, labels, "Any" if name != "clause" else "Any clause")
            if not labels:
                del self.fields[name]

    def subjects(self):
        """[(which measures, the names)] that narrow what figures are about; none where nothing does."""
        asked, found = self.asked, []
        for name, of, fits in (
            ("criterion", self.told.criteria, "is_of_a_criterion"),
            ("clause", self.told.clauses, "is_of_a_criterion"),
            ("theme", self.told.themes, "is_of_a_theme"),
        ):
            if name in asked:
                found.append((fits, of[asked[name]].names))
        return found

    def rows(self):
        """The rows that fit."""
        asked, subjects = self.asked, self.subjects()
        found = [
            row
            for row in self.told.rows
            if asked.get("where") in (None, row.where)
            and is_of_work(row.line.work, asked.get("work", ""))
            and asked.get("measure") in (None, row.line.measure)
            and (not subjects or is_about(row.line, subjects))
        ]
        return self.in_months(found, asked.get("months"))

    def in_months(self, rows, months):
        if months == ALL:
            return rows
        if months:
            return [row for row in rows if row.months == months]
        return told_last(rows)


def is_about(line, subjects):
    return any(getattr(line, fits) and line.about in names for fits, names in subjects)


def is_of_work(work, asked):
    return bool(work) if asked == EACH else work == asked


def told_last(rows):
    """Of each group of figures the longest of the months that were told last."""
    newest = {}
    for row in rows:
        line = row.line
        window = (line.last, -line.first.toordinal())  # the later end, then the longer
        newest[place(row)] = max(newest.get(place(row), window), window)
    return [
        row for row in rows if (row.line.last, -row.line.first.toordinal()) == newest[place(row)]
    ]


def place(row):
    return row.where, row.line.work, row.paper.kind


class BesideFilter(Asked):
    """Two places and the months. Whichever is chosen first, they stand in the order of their names."""

    one = forms.ChoiceField(label="Set this", required=False)
    other = forms.ChoiceField(label="beside this", required=False)
    months = forms.ChoiceField(label="Months", required=False)

    def __init__(self, data, *, told):
        self.told, self.all_sides = told, sides_of(told.rows)
        super().__init__({name: data.get(name, "") for name in SIDES})
        labels = [(each.key, each.label) for each in self.all_sides.values()]
        for name in ("one", "other"):
            self.offer(name, labels, "Choose a place")
        both = self.both
        self.common = months_in_common(told.rows, *both) if both else []
        self.offer("months", self.common, "Told last of both")

    @property
    def both(self):
        """The two places, in the order of their names; None until two are chosen."""
        keys = {self.data["one"], self.data["other"]} & self.all_sides.keys()
        found = [side for key, side in self.all_sides.items() if key in keys]
        return found if len(found) == 2 else None

    @property
    def in_months(self):
        """The months that are asked for, or those told last of both; None where none are in common."""
        return self.asked.get("months") or next((months for months, _ in self.common), None)
