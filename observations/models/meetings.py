"""What a meeting did with its power, and who spoke for how long."""

from django.db import models

from observations.meeting_facts import FACTS, MOMENTS
from observations.models import choices
from observations.models.observation import Observation
from practicelens.numbers import plural


class MeetingFacts(models.Model):
    """What a meeting did with its power: who was asked first, whose account held, how decided.

    `counted` is what a live tally came to, by the names of the boxes it filled, as a form is sent;
    empty where none was kept. `is_changed` says that what the boxes hold now is something else.
    """

    observation = models.OneToOneField(
        Observation, on_delete=models.CASCADE, related_name="meeting"
    )
    asked_first = models.CharField(max_length=20, blank=True)
    account = models.CharField("whose account of risk prevailed", max_length=20, blank=True)
    decided = models.CharField(max_length=5, choices=choices.Decided, blank=True)

    jargon = models.PositiveSmallIntegerField(null=True, blank=True)
    family_words = models.PositiveSmallIntegerField(null=True, blank=True)
    expert_view = models.PositiveSmallIntegerField(null=True, blank=True)
    counted = models.TextField(blank=True, default="", db_default="")
    is_changed = models.BooleanField(default=False, db_default=False, editable=False)

    class Meta:
        verbose_name_plural = "meeting facts"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_changed=False) | ~models.Q(counted=""),
                name="observations_meeting_changed_once_counted",
            )
        ]

    def __str__(self):
        return f"Meeting of {self.observation}"

    @property
    def told(self):
        """[(what was noted, the answer in words)], of what was answered."""
        answers = ((fact.told, self.answer_to(fact)) for fact in FACTS)
        found = [(told, answer) for told, answer in answers if answer]
        times = ((moment.told, getattr(self, moment.name)) for moment in MOMENTS)
        return found + [(told, plural(n, "time")) for told, n in times if n is not None]

    @property
    def how_counted(self):
        """How its figures came about, in words; empty where there was no live tally."""
        if not self.counted:
            return ""
        return "Counted live, changed by hand afterwards" if self.is_changed else "Counted live"

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
