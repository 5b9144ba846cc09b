from django.db import models

from frameworks.models import Criterion, Level, Theme
from practicelens.people.models import Unit


class CellQuerySet(models.QuerySet):
    def between(self, units, first_month, last_month):
        """Cells of the units, in months from first to last, both included."""
        return self.filter(unit__in=units, month__gte=first_month, month__lte=last_month)


# The database holds no key of a cell: it is counted from rows whose own keys are held, and to check
# three more for each cell is half of the work of counting everything. The unit needs no index of its
# own beside the one that begins with it.
COUNTED_FROM_HELD_ROWS = {"on_delete": models.CASCADE, "db_constraint": False}


class CriterionCell(models.Model):
    """How many observations of one unit and month gave a criterion one outcome.

    A cell of nothing has no row, so that a full recount and a recount of dirty cells are equal.
    """

    unit = models.ForeignKey(
        Unit, **COUNTED_FROM_HELD_ROWS, db_index=False, related_name="criterion_cells"
    )
    month = models.DateField()
    criterion = models.ForeignKey(Criterion, **COUNTED_FROM_HELD_ROWS, related_name="cells")
    outcome = models.CharField(max_length=10)
    level = models.ForeignKey(
        Level, **COUNTED_FROM_HELD_ROWS, db_index=False, null=True, related_name="cells"
    )
    observations = models.PositiveIntegerField()

    objects = CellQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "month", "criterion", "outcome", "level"],
                nulls_distinct=False,
                name="reports_criterion_cell_once",
            ),
            models.CheckConstraint(
                condition=models.Q(observations__gt=0), name="reports_criterion_cell_not_empty"
            ),
        ]

    def __str__(self):
        return f"{self.unit} {self.month} {self.criterion}"


class ThemeCell(models.Model):
    """How many passages of one unit and month speak to a theme, and which way.

    The first four count what a person confirmed; `suggested` what no person has looked at yet.
    """

    unit = models.ForeignKey(
        Unit, **COUNTED_FROM_HELD_ROWS, db_index=False, related_name="theme_cells"
    )
    month = models.DateField()
    theme = models.ForeignKey(Theme, **COUNTED_FROM_HELD_ROWS, related_name="cells")
    helps = models.PositiveIntegerField()
    hinders = models.PositiveIntegerField()
    neither = models.PositiveIntegerField()
    observations = models.PositiveIntegerField()
    suggested = models.PositiveIntegerField()

    objects = CellQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "month", "theme"], name="reports_theme_cell_once"
            ),
            models.CheckConstraint(
                condition=models.Q(helps__gt=0)
                | models.Q(hinders__gt=0)
                | models.Q(neither__gt=0)
                | models.Q(suggested__gt=0),
                name="reports_theme_cell_not_empty",
            ),
        ]

    def __str__(self):
        return f"{self.unit} {self.month} {self.theme}"
