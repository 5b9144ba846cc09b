"""The public edition of an issue."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from reports.models.briefings import Briefing


class PublicEdition(models.Model):
    """What anybody may read of an issue: frozen like it, with a fingerprint of its own.

    `left_out` says what of the issue is not in it, and why: [[what, why], ...].
    """

    briefing = models.OneToOneField(
        Briefing, on_delete=models.PROTECT, related_name="public_edition"
    )
    content = models.JSONField()
    sha256 = models.CharField("fingerprint", max_length=64)
    left_out = models.JSONField(default=list)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="public_editions"
    )
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sha256__regex="^[0-9a-f]{64}$"),
                name="reports_publicedition_has_fingerprint",
            )
        ]

    def __str__(self):
        return f"Public edition of {self.briefing}"

    def get_absolute_url(self):
        return reverse("reports:public_edition", args=[self.briefing.key])
