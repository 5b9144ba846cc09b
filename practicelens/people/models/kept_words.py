"""What someone typed that is not saved where it belongs, or not yet."""

from datetime import timedelta
from urllib.parse import parse_qsl

from django.conf import settings
from django.db import models
from django.utils import timezone

KEPT_FOR = timedelta(days=7)
SHOWN = 100  # characters of what was typed, to know it by


def when_over():
    return timezone.now() + KEPT_FOR


class KeptWordsQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Kept words go back to their writer alone, for as long as they are kept."""
        return self.filter(writer=user, over_at__gt=timezone.now())

    def over(self):
        return self.filter(over_at__lte=timezone.now())


class KeptWords(models.Model):
    """A form as it was typed in one window, kept for its writer until it is saved or thrown away."""

    class Why(models.TextChoices):
        """What stood between the words and their place, as the writer reads it."""

        SIGNED_OUT = "signed_out", "You had been signed out before it could be saved."
        NOT_SENT = "not_sent", "You had not pressed the button."
        CHANGED = "changed", "It was saved in another window meanwhile."
        REFUSED = "refused", "The page no longer took it."

    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="kept_words"
    )
    path = models.CharField(max_length=500)
    window = models.UUIDField()  # one window has one text of a page, however often it is sent
    why = models.CharField(max_length=10, choices=Why, default=Why.SIGNED_OUT)
    # What its page said of itself, where it refused them for good; it may not be there to ask.
    because = models.TextField(blank=True, default="")
    data = models.TextField()
    kept_at = models.DateTimeField(default=timezone.now)
    over_at = models.DateTimeField(default=when_over)

    objects = KeptWordsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["writer", "path", "window"], name="people_kept_words_once_a_window"
            )
        ]
        indexes = [models.Index(fields=["over_at"], name="people_kept_words_over")]

    def __str__(self):
        return self.words[:SHOWN]

    @property
    def words(self):
        """All that was typed, without the parts of the form that nobody types."""
        values = [value for _, value in parse_qsl(self.data)]
        return "\n\n".join(value for value in values if " " in value.strip()) or " ".join(values)
