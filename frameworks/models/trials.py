"""A draft tried out by some, before it is published."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.text import get_text_list

from frameworks.models.versions import FrameworkVersion
from practicelens.people.models import Unit, UnitReach


class TrialQuerySet(models.QuerySet):
    def running(self):
        return self.filter(ended_at=None, version__published_at=None)

    def open_to(self, user):
        """Those in which the person can start a trial observation."""
        running = self.running().filter(observers=user)
        return running.select_related("version__framework").order_by("version__framework__name")


class Trial(models.Model):
    """Who tries a draft, and where. What they write counts nowhere."""

    version = models.OneToOneField(FrameworkVersion, on_delete=models.CASCADE, related_name="trial")
    observers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="trials")
    units = models.ManyToManyField(Unit, related_name="trials")
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = TrialQuerySet.as_manager()

    def __str__(self):
        return f"Trial of {self.version}"

    @property
    def is_running(self):
        return self.ended_at is None and self.version.published_at is None

    @property
    def where(self):
        """The units that were chosen, in words: Field and River."""
        return get_text_list(
            list(self.units.order_by("name").values_list("name", flat=True)), "and"
        )

    def covers(self, unit):
        """Whether it is tried in a unit: it, or one that it is under, was chosen."""
        return UnitReach.objects.filter(above__in=self.units.all(), below=unit).exists()
