from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class EntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """An information governance lead reads what happened in their part of the tree.

        What belongs to no unit (a failed sign-in with an address that nobody has) is read by those
        who hold the role over a whole organisation.
        """
        reached = user.reach("read_log")  # by its name: people and what they can do are above
        units = self.model._meta.get_field("unit").related_model
        tops = units.objects.filter(pk__in=reached, parent=None)
        nowhere = models.Q(unit=None) & models.Exists(tops)
        return self.filter(models.Q(unit__in=reached) | nowhere)

    def for_list(self):
        return self.select_related("by", "unit").order_by("-at", "-pk")


class Entry(models.Model):
    """One thing that someone read or did. The database refuses to change or delete it.

    It names the object, never what is written in it. Of people, roles, units and settings it also
    says what changed: `changes` holds, by name, what was there before and what is there now.
    The time is the database's own, whatever is sent (see the migrations).
    """

    class Action(models.TextChoices):
        READ = "read", "Read"
        READ_PASSAGES = "read_passages", "Read passages of"
        MADE = "made", "Made"
        CHANGED = "changed", "Changed"
        RECEIVED = "received", "Sent from a device"
        MISSED = "missed", "Was told of words lost on a device of"
        SUBMITTED = "submitted", "Submitted"
        IMPORTED = "imported", "Imported"
        SHARED = "shared", "Shared"
        TOOK_BACK = "took_back", "Took back the sharing of"
        ANSWERED = "answered", "Answered"
        AGREED = "agreed", "Agreed to the conversation about"
        WITHDREW = "withdrew", "Withdrew"
        PUBLISHED = "published", "Published"
        APPROVED = "approved", "Approved"
        ISSUED = "issued", "Issued"
        DECIDED = "decided", "Decided"
        RELEASED = "released", "Released a quotation"
        DOWNLOADED = "downloaded", "Downloaded"
        MASKED = "masked", "Replaced a name"
        UNMASKED = "unmasked", "Put a name back"
        KEPT = "kept", "Kept words that may be a name"
        REFUSED = "refused", "Was refused"
        SIGNED_IN = "signed_in", "Signed in"
        NOT_SIGNED_IN = "not_signed_in", "Failed to sign in"
        LINKED = "linked", "Gave a link to"
        ASKED = "asked", "Asked for"
        ENDED = "ended", "Ended"

    at = models.DateTimeField(db_default=Now(), editable=False)
    # Empty for a command of the server, and for whoever failed to sign in.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="audit_entries"
    )
    action = models.CharField(max_length=20, choices=Action)
    what = models.CharField(max_length=60)
    object_pk = models.CharField(max_length=40)
    unit = models.ForeignKey(
        "people.Unit", on_delete=models.PROTECT, null=True, related_name="audit_entries"
    )
    changes = models.JSONField(default=dict, db_default={})

    objects = EntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["unit", "-at"], name="audit_entry_unit_at"),
            models.Index(fields=["what", "object_pk"], name="audit_entry_object"),
        ]

    def __str__(self):
        return f"{self.by} {self.action} {self.what} {self.object_pk}"


class Link(models.Model):
    """The place of an entry in the chain. The database makes it when the entry is committed.

    Its hash is of the entry and of the hash before, so that no entry can be removed, changed or put
    in between without breaking the chain. An entry is named by its number alone: a removed one has
    to leave its link behind.
    """

    number = models.BigIntegerField(primary_key=True)
    entry_id = models.BigIntegerField(unique=True)
    hash = models.BinaryField(max_length=32)

    def __str__(self):
        return f"{self.number}:{bytes(self.hash).hex()}"
