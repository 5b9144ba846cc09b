from django.db import models
from django.db.models.functions import Now

from frameworks.models import Criterion, Theme
from practicelens.people.models import Unit


class DirtyCell(models.Model):
    """Says that a cell (unit, month, and a theme or a criterion) is to be counted again.

    Appended in the transaction that changed what the cell counts, never unique: a unique row
    that is already there while a background job counts would lose the newer change.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+", db_index=False)
    month = models.DateField()
    theme = models.ForeignKey(
        Theme, on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    criterion = models.ForeignKey(
        Criterion, on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(theme=None, criterion__isnull=False)
                | models.Q(theme__isnull=False, criterion=None),
                name="observations_dirtycell_of_a_theme_or_a_criterion",
            )
        ]

    def __str__(self):
        return f"{self.unit_id} {self.month}"
