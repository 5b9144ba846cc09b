from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from practicelens.people.models import Unit
from practicelens.people.permissions import Act


class EntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """An information governance lead reads what happened in their part of the tree."""
        return self.filter(unit__in=user.reach(Act.READ_LOG))

    def for_list(self):
        return self.select_related("by", "unit").order_by("-at", "-pk")


class Entry(models.Model):
    """One thing that somebody read or did. The database refuses to change or delete it.

    It names the object, never what is written in it.
    """

    class Action(models.TextChoices):
        READ = "read", "Read"
        READ_PASSAGES = "read_passages", "Read passages of"
        MADE = "made", "Made"
        CHANGED = "changed", "Changed"
        SUBMITTED = "submitted", "Submitted"
        SHARED = "shared", "Shared"
        ANSWERED = "answered", "Answered"
        WITHDREW = "withdrew", "Withdrew"
        PUBLISHED = "published", "Published"
        APPROVED = "approved", "Approved"
        ISSUED = "issued", "Issued"
        DECIDED = "decided", "Decided"
        RELEASED = "released", "Let a quotation go"
        DOWNLOADED = "downloaded", "Downloaded"
        MASKED = "masked", "Replaced a name"
        UNMASKED = "unmasked", "Put a name back"
        KEPT = "kept", "Kept a possible name"
        REFUSED = "refused", "Was refused"

    at = models.DateTimeField(db_default=Now(), editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="audit_entries"
    )
    action = models.CharField(max_length=20, choices=Action)
    what = models.CharField(max_length=60)
    object_pk = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="audit_entries")

    objects = EntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["unit", "-at"], name="audit_entry_unit_at"),
            models.Index(fields=["what", "object_pk"], name="audit_entry_object"),
        ]

    def __str__(self):
        return f"{self.by} {self.action} {self.what} {self.object_pk}"
