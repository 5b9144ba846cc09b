from django.conf import settings
from django.db import models
from django.utils import timezone


class LetterQuerySet(models.QuerySet):
    def due(self):
        """What may be tried now, oldest first."""
        return self.filter(try_after__lte=timezone.now()).order_by("made_at", "pk")


class Letter(models.Model):
    """A mail to one person that waits. Once it is sent, or given up, its row is gone."""

    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="letters"
    )
    subject = models.CharField(max_length=120)
    text = models.TextField()
    made_at = models.DateTimeField(default=timezone.now)
    try_after = models.DateTimeField(default=timezone.now)

    objects = LetterQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["try_after"], name="mail_letter_try_after")]

    def __str__(self):
        return f"{self.subject}, to {self.to}"
