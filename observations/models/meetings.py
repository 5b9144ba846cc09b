"""What a meeting did with its power, and who spoke for how long."""

from django.db import models

from observations.meeting_facts import FACTS
from observations.models import choices
from observations.models.observation import Observation


class MeetingFacts(models.Model):
    """What a meeting did with its power: who was asked first, whose account held, how decided."""

    observation = models.OneToOneField(
        Observation, on_delete=models.CASCADE, related_name="meeting"
    )
    asked_first = models.CharField(max_length=20, blank=True)
    account = models.CharField("whose account of risk prevailed", max_length=20, blank=True)
    decided = models.CharField(max_length=5, choices=choices.Decided, blank=True)

    class Meta:
        verbose_name_plural = "meeting facts"

    def __str__(self):
        return f"Meeting of {self.observation}"

    @property
    def told(self):
        """[(what was noted, the answer in words)], of what was answered."""
        answers = ((fact.told, self.answer_to(fact)) for fact in FACTS)
        return [(told, answer) for told, answer in answers if answer]

    def answer_to(self, fact):
        if fact.is_role:
            return self.observation.role(getattr(self, fact.name))
        return getattr(self, f"get_{fact.name}_display")()


class TalkShare(models.Model):
    """Minutes for which one role spoke in a meeting."""

    meeting = models.ForeignKey(MeetingFacts, on_delete=models.CASCADE, related_name="shares")
    role = models.CharField(max_length=20)
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "role"], name="observations_share_once_a_role"
            )
        ]

    def __str__(self):
        return f"{self.get_role_display()}, {self.minutes} minutes"

    def get_role_display(self):
        return self.meeting.observation.role(self.role)
