"""What came of an observation between two people: the conversation, and the right of reply."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from observations.models.observation import Observation
from observations.models.parts import Passage
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
    """The practitioner's right of reply. It travels with the evidence.

    Nothing in it is written again (the database refuses), save that a name in it is replaced.
    """

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


class ReplyPart(models.Model):
    """What the practitioner says beside one passage, or adds later: no part changes an earlier one.

    Once a briefing that quotes the observation is issued, no part is added (the database refuses).
    """

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="parts")
    # Empty where it is about the observation as a whole.
    passage = models.ForeignKey(
        Passage, on_delete=models.CASCADE, null=True, related_name="reply_parts"
    )
    verdict = models.CharField(max_length=10, choices=Reply.Verdict, blank=True)
    words = models.TextField("in your own words", blank=True)
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(passage=None, verdict="") & ~models.Q(words="")
                | models.Q(passage__isnull=False, verdict="agreed")
                | models.Q(passage__isnull=False, verdict="disagreed") & ~models.Q(words=""),
                name="observations_reply_part_says_something",
                violation_error_message="Say in your own words what you see differently.",
            )
        ]

    def __str__(self):
        return f"Part of {self.reply}"

    @property
    def said(self):
        """What its verdict says, as the practitioner says it; empty of the whole."""
        words = {Reply.Verdict.AGREED: "I agree", Reply.Verdict.DISAGREED: "I see it differently"}
        return words.get(self.verdict, "")

    @property
    def is_later(self):
        """Whether it was added after the reply was sent."""
        return self.added_at > self.reply.replied_at
