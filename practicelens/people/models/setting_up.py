"""A file of people or units between looking at what it would add and adding it."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from practicelens.people.models.organisation import Unit
from practicelens.people.permissions import Act

KEPT_FOR = timedelta(hours=24)


class PeopleFileQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A file is its owner's alone, for a day, while they look after people there."""
        return self.filter(
            owner=user,
            organisation__in=user.reach_and_above(Act.KEEP_PEOPLE),
            at__gt=timezone.now() - KEPT_FOR,
        )

    def old(self):
        return self.filter(at__lte=timezone.now() - KEPT_FOR)


class PeopleFile(models.Model):
    """A file that was sent, and when what it says was added: once."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    content = models.BinaryField()
    at = models.DateTimeField(default=timezone.now, editable=False)
    added_at = models.DateTimeField(null=True, editable=False)

    objects = PeopleFileQuerySet.as_manager()

    def __str__(self):
        return self.name
