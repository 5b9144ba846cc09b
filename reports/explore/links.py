"""Where a figure leads: to its definition, to the paper that told it, and to the observations behind it."""

from django.urls import reverse
from django.utils.http import urlencode

from practicelens.people.models import Unit
from practicelens.people.permissions import Act
from reports.explore.told import Measure
from reports.summaries.coverage import COLUMN_OF


def definition_of(measure):
    return f"{reverse('reports:definitions')}#{measure.anchor}"


class Behind:
    """The addresses of the lists of observations behind figures, for those who read observations."""

    def __init__(self, user, told):
        self.reach = user.reach(Act.READ_OBSERVATIONS)
        self.criteria = {
            name: each for each in told.criteria.values() for name in each.names if each.pks
        }
        self.themes = {
            name: each for each in told.themes.values() for name in each.names if each.pks
        }
        rows = Unit.objects.filter(parent__in=self.reach).values_list("parent", "name", "pk")
        self.parts = {(parent, name): pk for parent, name, pk in rows}

    def of(self, row):
        """The list's address, filtered as the figure is; "" where it can't be, or isn't theirs."""
        line, unit = row.line, row.paper.unit_pk
        if unit not in self.reach:
            return ""
        within = self.parts.get((unit, line.part)) if line.part else unit
        subject = self.subject(line)
        if within is None or subject is None:
            return ""
        asked = {"within": within, "state": "submitted", **days(row), **about(line), **subject}
        return f"{reverse('observations:list')}?{urlencode(asked, doseq=True)}#found"

    def subject(self, line):
        """What is asked of criterion or theme; None where the list can't be narrowed to it."""
        if line.measure in (Measure.SEEN, Measure.UPPER):
            found = self.criteria.get(line.about)
            return found and {"criterion": found.pks}
        if line.is_of_a_theme:
            found = self.themes.get(line.about)
            return found and {"theme": found.pks}
        return {} if line.measure is Measure.OBSERVATIONS else None


def about(line):
    """The kinds of work that a column of a paper holds."""
    codes = [str(each) for each, column in COLUMN_OF.items() if column.label == line.work]
    return {"is_about": codes} if codes else {}


def days(row):
    first, last = row.line.first, row.window.last_day
    return {
        f"{name}_{at}": part
        for name, day in (("since", first), ("until", last))
        for at, part in enumerate((day.day, day.month, day.year))
    }
