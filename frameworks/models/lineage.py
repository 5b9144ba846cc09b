"""How the criteria of one version go on in the next."""

from django.conf import settings
from django.db import models

from frameworks.models.versions import Criterion, FrameworkVersion


class Lineage(models.Model):
    """How a criterion of one version continues in the next. Trends cross versions only along it."""

    class Kind(models.TextChoices):
        SAME = "same", "Same"
        REWORDED = "reworded", "Reworded"
        SPLIT = "split", "Split"
        MERGED = "merged", "Merged"
        NEW = "new", "New"
        DROPPED = "dropped", "Dropped"

    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="lineage")
    kind = models.CharField(max_length=10, choices=Kind)
    earlier = models.ForeignKey(
        Criterion, on_delete=models.PROTECT, null=True, related_name="continues_in"
    )
    later = models.ForeignKey(
        Criterion, on_delete=models.CASCADE, null=True, related_name="continues_from"
    )
    # When an admin looked at it and said that it is right; empty while it is only a suggestion.
    confirmed_at = models.DateTimeField(null=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["earlier", "later"], name="frameworks_lineage_pair_once"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="new", earlier=None, later__isnull=False)
                | models.Q(kind="dropped", earlier__isnull=False, later=None)
                | models.Q(
                    kind__in=["same", "reworded", "split", "merged"],
                    earlier__isnull=False,
                    later__isnull=False,
                ),
                name="frameworks_lineage_ends_fit_its_kind",
            ),
            # A trend may run along same and reworded only if it runs to one place: in each version,
            # since one that was put right and its correction both follow the one before.
            models.UniqueConstraint(
                fields=["version", "earlier"],
                condition=models.Q(kind__in=["same", "reworded"]),
                name="frameworks_lineage_one_continuation",
            ),
        ]

    def __str__(self):
        return f"{self.earlier} {self.kind} {self.later}"
