"""Saves that are counted, and which window made the last one."""

from django.db import models
from django.utils import timezone


class Counted(models.Model):
    """A row whose saves are counted, so that nobody overwrites another unseen."""

    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True


class LastWindow(models.Model):
    """The window whose save a row is at: it does not clash with itself.

    Kept apart from the row, under its name, and true only of that revision: whatever else counts
    the row on makes it nobody's. It holds no words, so what outlives its row says nothing.
    """

    row = models.CharField(max_length=80, unique=True)  # such as observations.sectionsave-12
    revision = models.PositiveIntegerField()
    window = models.UUIDField()
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["saved_at"], name="people_last_window_saved")]

    def __str__(self):
        return f"{self.row}, save {self.revision}"
