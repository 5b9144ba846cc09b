"""A file between looking at what it would change and importing it."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from frameworks.models.codebooks import Codebook
from frameworks.models.versions import Framework
from practicelens.people.models import Unit

KEPT_FOR = timedelta(hours=24)


class FileToImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A file is its owner's alone, for a day."""
        return self.filter(owner=user, at__gt=timezone.now() - KEPT_FOR)

    def old(self):
        return self.filter(at__lte=timezone.now() - KEPT_FOR)


class FileToImport(models.Model):
    """A file that was uploaded and not imported yet. It goes once it is used, or with its day."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    content = models.BinaryField()
    # Where it is to go: a framework or a codebook that is there, or a new framework of a unit.
    framework = models.ForeignKey(
        Framework, on_delete=models.CASCADE, null=True, related_name="files_to_import"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.CASCADE, null=True, related_name="files_to_import"
    )
    codebook = models.ForeignKey(
        Codebook, on_delete=models.CASCADE, null=True, related_name="files_to_import"
    )
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = FileToImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(framework=None, codebook=None, unit__isnull=False)
                | models.Q(framework__isnull=False, codebook=None, unit=None)
                | models.Q(framework=None, codebook__isnull=False, unit=None),
                name="frameworks_file_goes_to_one_place",
            )
        ]

    def __str__(self):
        return self.name
