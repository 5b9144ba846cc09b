"""What somebody typed and could not send, because their session had ended."""

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
    """A form that was sent after the writer's session had ended, as it was sent."""

    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="kept_words"
    )
    path = models.CharField(max_length=500)
    data = models.TextField()
    sha256 = models.CharField(max_length=64)
    kept_at = models.DateTimeField(default=timezone.now)
    over_at = models.DateTimeField(default=when_over)

    objects = KeptWordsQuerySet.as_manager()

    class Meta:
        constraints = [
            # Sent twice, by a second press, it is kept once.
            models.UniqueConstraint(
                fields=["writer", "path", "sha256"], name="people_kept_words_once"
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
