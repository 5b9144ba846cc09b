"""Rows with a code, by which files name them, and an address of their own."""

from django.db import models

from frameworks.codes import address_from
from frameworks.models.keeping import Change


class Addressed(models.Model):
    """A row whose code is of it alone within its organisation, and its address everywhere.

    Two organisations may have the same code, and know nothing of each other. The database refuses
    it twice within one (see the migration `codes_within_an_organisation`).
    """

    code = models.SlugField()
    address = models.SlugField(max_length=120, unique=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self.address:
            organisation = self.unit.organisation.code if self.unit_id else ""
            self.address = address_from(self.code, organisation, taken_addresses(type(self)))
        super().save(*args, **kwargs)


def taken_addresses(model):
    """What is in addresses already, or may again: one that was deleted comes back with its own."""
    deletions = Change.objects.filter(verb=Change.Verb.DELETED, part_of=model._meta.model_name)
    taken = set(model.objects.values_list("address", flat=True))
    return taken | set(deletions.values_list("before__rows__0__fields__address", flat=True))
