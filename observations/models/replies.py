"""What came of an observation between two people: the conversation, and the right of reply."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from observations.models.observation import Observation
from practicelens.people.models import Counted


class Conversation(Counted):
    """What observer and practitioner agreed afterwards.

    The observer writes it down; once the practitioner has agreed to it, neither changes it any more
    (the database refuses), and both can add to it.
    """

    observation = models.OneToOneField(
        Observation, on_delete=models.CASCADE, related_name="conversation"
    )
    strengths = models.TextField(blank=True)
    questions = models.TextField("questions to think about", blank=True)
    next_step = models.TextField("one next step", blank=True)
    look_again_on = models.DateField("when to look again", null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, editable=False)  # by the practitioner, to this

    def __str__(self):
        return f"Conversation about {self.observation}"


class ConversationAddition(models.Model):
    """What one of the two adds to a conversation; it stands beside it and changes nothing in it."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="additions"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="conversation_additions"
    )
    words = models.TextField("what you would add")
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(words=""),
                name="observations_conversation_addition_has_words",
                violation_error_message="Write what you would add.",
            )
        ]

    def __str__(self):
        return f"Added by {self.by} to {self.conversation}"


class Reply(models.Model):
    """The practitioner's right of reply. It travels with the evidence."""

    class Verdict(models.TextChoices):
        AGREED = "agreed", "Agreed"
        DISAGREED = "disagreed", "Disagreed"

    class Fairness(models.TextChoices):
        FAIR = "fair", "Fair"
        MOSTLY = "mostly", "Mostly fair"
        UNFAIR = "unfair", "Not fair"

    observation = models.OneToOneField(Observation, on_delete=models.CASCADE, related_name="reply")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="replies"
    )
    verdict = models.CharField(max_length=10, choices=Verdict)
    words = models.TextField("in your own words", blank=True)
    fairness = models.CharField("how being observed felt", max_length=10, choices=Fairness)
    replied_at = models.DateTimeField(default=timezone.now, editable=False)
    read_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(verdict="disagreed", words=""),
                name="observations_answer_dispute_has_words",
                violation_error_message="Say in your own words what you see differently.",
            )
        ]

    def __str__(self):
        return f"{self.get_verdict_display()} by {self.by}"
