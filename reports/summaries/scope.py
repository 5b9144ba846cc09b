"""What a summary is counted over: units, months and, if chosen, one kind of work."""

from dataclasses import dataclass

from observations.models import Observation, PlannedVisit
from practicelens.people.models import Unit
from reports.periods import Window


@dataclass(frozen=True)
class Scope:
    """A unit with everything below it, in a window; `units` is read once and used throughout."""

    unit: Unit
    units: tuple
    window: Window
    kind_of_work: str = ""

    @property
    def where(self):
        """What rows that carry their own unit and month are filtered by."""
        return {
            "unit__in": [unit.pk for unit in self.units],
            "month__gte": self.window.first_month,
            "month__lte": self.window.last_month,
        }

    @property
    def teams(self):
        """The teams that were open at some time in the window."""
        first = self.window.first_month
        return [
            unit
            for unit in self.units
            if unit.kind == Unit.Kind.TEAM and (unit.closed_on is None or unit.closed_on > first)
        ]

    def part_of(self, team):
        """The unit directly under the scope's own that a team is in, or the team itself."""
        by_pk = {unit.pk: unit for unit in self.units if unit.pk != self.unit.pk}
        while team.parent_id in by_pk:
            team = by_pk[team.parent_id]
        return team

    def observations(self):
        found = Observation.objects.counted().filter(**self.where)
        return found.filter(kind_of_work=self.kind_of_work) if self.kind_of_work else found

    def called_off(self):
        """Visits that were planned for the window and called off, by whichever side."""
        found = PlannedVisit.objects.called_off().filter(
            unit__in=[unit.pk for unit in self.units],
            visit_on__range=(self.window.first_month, self.window.last_day),
        )
        return found.filter(kind_of_work=self.kind_of_work) if self.kind_of_work else found

    def parts(self, model):
        """Counted passages, ratings, mentions or friction entries."""
        found = model.objects.filter(is_counted=True, **self.where)
        if self.kind_of_work:
            found = found.filter(observation__kind_of_work=self.kind_of_work)
        return found

    def cells(self, model):
        """The cells of themes or criteria; they do not know the kind of work."""
        return model.objects.filter(**self.where)


def scope_of(unit, window, kind_of_work=""):
    units = Unit.objects.below(unit).order_by("name", "pk")
    return Scope(unit, tuple(units), window, kind_of_work)
