"""Who changed what in a framework, a codebook or a standard, and when."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from practicelens.people.models import Unit
from practicelens.people.permissions import Act


class ChangeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The history of what the person keeps: for framework admins."""
        return self.filter(unit__in=user.reach(Act.KEEP_FRAMEWORKS))

    def for_list(self):
        return self.select_related("by", "unit").order_by("-at", "-pk")


class Change(models.Model):
    """One change by one person: of which row, from what to what. It is never changed itself.

    `before` and `after` hold the values of the changed fields; of a deleted row `before` is
    {"rows": [...]}, it and all that went with it, from which it can be put back.
    """

    class Verb(models.TextChoices):
        ADDED = "added", "Added"
        CHANGED = "changed", "Changed"
        MOVED = "moved", "Moved"
        DELETED = "deleted", "Deleted"
        RESTORED = "restored", "Put back"
        USED = "used", "In use from then on"
        MERGED = "merged", "Merged"
        SPLIT = "split", "Split"
        RETIRED = "retired", "Retired"
        IMPORTED = "imported", "Imported"

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    # Whose page shows it: the version, codebook or standard that the row is a part of.
    part_of = models.CharField(max_length=40)
    part_of_pk = models.BigIntegerField()
    what = models.CharField(max_length=40)
    object_pk = models.BigIntegerField()
    named = models.CharField(max_length=250)  # what the row was called then
    verb = models.CharField(max_length=10, choices=Verb)
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    undone_at = models.DateTimeField(null=True, editable=False)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["part_of", "part_of_pk", "-at"], name="frameworks_change_of_part"),
            models.Index(fields=["what", "object_pk", "-at"], name="frameworks_change_of_row"),
        ]

    def __str__(self):
        return f"{self.get_verb_display()} {self.named}"

    @property
    def fields(self):
        """[(field in words, before, after)] of a change."""
        return [
            (name.replace("_", " ").capitalize(), in_words(was), in_words(self.after.get(name)))
            for name, was in self.before.items()
        ]


def in_words(value):
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return ", ".join(map(str, value)) if isinstance(value, list) else value
