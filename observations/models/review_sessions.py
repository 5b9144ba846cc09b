"""A person's way through the suggested mentions, some at a time."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from frameworks.models import Theme
from observations.models.mentions import Mention

CARRIED_ON_FOR = timedelta(days=7)


class ReviewSessionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(person=user)

    def carried_on(self, user, theme):
        """The review session that a person is in, of all themes or of one; None after a week."""
        recent = self.filter(person=user, theme=theme, begun_at__gt=timezone.now() - CARRIED_ON_FOR)
        return recent.order_by("-pk").first()


class ReviewSession(models.Model):
    """At most forty suggested mentions that one person looks at in one go."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="review_sessions"
    )
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, null=True, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ReviewSessionQuerySet.as_manager()

    def __str__(self):
        return f"ReviewSession of {self.person}"


class CardQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, of mentions that one can still decide about."""
        mentions = Mention.objects.visible_to(user)
        return self.filter(review_session__person=user, mention__in=mentions)

    def in_order(self):
        """Those looked at and those that still wait; what someone else decided is neither."""
        waits = models.Q(done="", mention__status=Mention.Status.SUGGESTED)
        return self.filter(waits | ~models.Q(done="")).order_by("position", "pk")


class Card(models.Model):
    """One mention in a review session, what was said of it, and how it was before."""

    class Done(models.TextChoices):
        CONFIRMED = "confirmed", "Confirmed"
        REJECTED = "rejected", "Not this theme"
        CHANGED = "changed", "Another theme"
        SKIPPED = "skipped", "Skipped for now"
        ADDED = "added", "Theme added"  # nobody suggested it: no step of the way through

    review_session = models.ForeignKey(
        ReviewSession, on_delete=models.CASCADE, related_name="cards"
    )
    mention = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="cards")
    # Another mention that was confirmed in place of this one.
    other = models.ForeignKey(Mention, on_delete=models.SET_NULL, null=True, related_name="+")
    position = models.PositiveSmallIntegerField()
    by_chance = models.BooleanField(default=False)
    done = models.CharField(max_length=10, choices=Done, blank=True)
    done_at = models.DateTimeField(null=True, editable=False)
    was = models.JSONField(default=dict)  # what undoing brings back

    objects = CardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review_session", "mention"], name="observations_card_once_a_review_session"
            ),
            models.CheckConstraint(
                condition=models.Q(done="", done_at=None)
                | (~models.Q(done="") & models.Q(done_at__isnull=False)),
                name="observations_card_done_when",
            ),
        ]

    def __str__(self):
        return f"Card {self.position}"
