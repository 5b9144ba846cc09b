"""What a reader of briefings saved of exploring them: a name for an address."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own."""
        return self.filter(by=user)

    def for_list(self):
        return self.order_by(Lower("name"), "pk")


class SavedView(models.Model):
    """What was asked of the figures that were told, under a name; nobody else sees it.

    `query` is what stands in the address. It opens nothing: whoever asks is shown what they may read.
    """

    class Page(models.TextChoices):
        EXPLORE = "explore", "Explore"
        SIDE_BY_SIDE = "side_by_side", "Side by side"

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views"
    )
    name = models.CharField(max_length=80)
    page = models.CharField(max_length=15)  # one of Page
    query = models.CharField(max_length=600, blank=True)
    saved_at = models.DateTimeField(default=timezone.now)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = "saved view"
        constraints = [
            models.UniqueConstraint(
                "by",
                Lower("name"),
                name="reports_saved_view_name_once",
                violation_error_message="You have a saved view of this name already.",
            ),
            models.CheckConstraint(
                condition=~models.Q(name=""),
                name="reports_saved_view_has_a_name",
                violation_error_message="Give it a name.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        address = reverse(f"reports:{self.page}")
        return f"{address}?{self.query}" if self.query else address

    @property
    def page_words(self):
        return self.Page(self.page).label
