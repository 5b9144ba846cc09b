from django.db import models

from practicelens.people.models import Counted
from reports.models.briefings import Briefing


class PartSave(Counted):
    """The saves of one part of a briefing, counted apart from its row: a row may have two forms."""

    briefing = models.ForeignKey(Briefing, on_delete=models.CASCADE, related_name="part_saves")
    part = models.CharField(max_length=30)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["briefing", "part"], name="reports_part_save_once")
        ]

    def __str__(self):
        return f"{self.part}, save {self.revision}"

    @classmethod
    def last_of(cls, briefing, part):
        """The last save of a part, or one that is not stored yet where none was made."""
        save = cls.objects.filter(briefing=briefing, part=part).first()
        return save or cls(briefing=briefing, part=part)

    def count_on(self):
        """The words are other words from here on: a page that was read before clashes with them."""
        self.revision += 1
        self.save()
