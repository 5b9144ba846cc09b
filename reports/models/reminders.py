from django.db import models
from django.utils import timezone

from reports.models.briefings import Recommendation


class Reminder(models.Model):
    """That someone was reminded once of a date of a recommendation: its mail is not sent again."""

    class Kind(models.TextChoices):
        DUE = "due", "A decision is due soon"
        OVERDUE = "overdue", "A decision is overdue"
        NOT_DONE = "not_done", "What was promised is overdue"

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.CASCADE, related_name="reminders"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "kind"], name="reports_reminder_once")
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.recommendation}"
