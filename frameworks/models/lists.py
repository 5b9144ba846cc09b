"""The lists that an organisation keeps: kinds of work, settings, and roles in the room."""

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse

from practicelens.people.models import Unit
from practicelens.people.permissions import Act


class ListOf(models.TextChoices):
    KIND_OF_WORK = "kind_of_work", "Kinds of work"
    SETTING = "setting", "Settings"
    ROLE = "role", "Roles in the room"


class WorkAbout(models.TextChoices):
    """What a kind of work is about: it decides what a form asks first, and where it is counted."""

    FAMILY = "family", "Work with a person or a family"
    MEETING = "meeting", "A meeting with the family"
    REVIEW = "review", "A review of a plan, with the family"
    PROFESSIONALS = "professionals", "A meeting of professionals"
    SUPERVISION = "supervision", "Supervision"
    DUTY = "duty", "Duty and first contact"
    COURT = "court", "Court, and getting ready for it"
    RECORD = "record", "A plan or a record, read"


class RoleAbout(models.TextChoices):
    """Whose side of the table a role is on: figures for leaders tell roles in these groups."""

    PERSON = "person", "Child, young person or adult it is about"
    PARENT = "parent", "Parent or carer"
    WIDER_FAMILY = "wider_family", "Wider family"
    WORKER = "worker", "Social worker"
    CHAIR = "chair", "Chair"
    OTHER = "other", "Another professional, or a supporter"


# Where families and professionals sit down together: such work has meeting facts.
MEETINGS = (WorkAbout.MEETING, WorkAbout.REVIEW)
FAMILY = (RoleAbout.PERSON, RoleAbout.PARENT, RoleAbout.WIDER_FAMILY)
# What an entry of each list can be about; a setting is about nothing more.
ABOUT = {ListOf.KIND_OF_WORK: WorkAbout, ListOf.ROLE: RoleAbout}


# Work at which no family is met: nothing is asked about one.
WITHOUT_FAMILY = (WorkAbout.PROFESSIONALS, WorkAbout.SUPERVISION, WorkAbout.RECORD)


class ListEntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those that are kept in or over the person's part of the tree."""
        return self.filter(unit__in=user.reach_and_above(Act.READ_FRAMEWORKS))

    def kept_by(self, user):
        """Those that the person can change, as a framework admin."""
        return self.filter(unit__in=user.reach(Act.KEEP_FRAMEWORKS))

    def active(self):
        return self.filter(retired_at=None)


class ListEntry(models.Model):
    """One entry of a unit's own list. It is renamed, moved and retired, and never deleted.

    Observations hold its code, and its label as it was when they were written. What it is about
    never changes, so that what was counted goes on meaning the same.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="list_entries")
    of = models.CharField(max_length=15, choices=ListOf)
    code = models.SlugField(max_length=20)
    label = models.CharField(max_length=60)
    about = models.CharField("what it is about", max_length=15, blank=True)
    position = models.PositiveSmallIntegerField()
    retired_at = models.DateTimeField(null=True, editable=False)

    objects = ListEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "list entries"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "of", "code"], name="frameworks_listentry_code_once"
            ),
            models.UniqueConstraint(
                "unit",
                "of",
                Lower("label"),
                condition=models.Q(retired_at=None),
                name="frameworks_listentry_label_once",
                violation_error_message="The list has this entry already.",
            ),
            models.CheckConstraint(
                condition=models.Q(of=ListOf.KIND_OF_WORK, about__in=WorkAbout.values)
                | models.Q(of=ListOf.ROLE, about__in=RoleAbout.values)
                | models.Q(of=ListOf.SETTING, about=""),
                name="frameworks_listentry_about_of_its_list",
            ),
            models.CheckConstraint(
                condition=~models.Q(code="") & ~models.Q(label=""),
                name="frameworks_listentry_has_code_and_label",
            ),
        ]

    def __str__(self):
        return self.label

    def get_absolute_url(self):
        return reverse("frameworks:list_of", args=[self.unit_id, self.of])

    @property
    def is_retired(self):
        return self.retired_at is not None

    @property
    def about_words(self):
        """What it is about, in words; of a setting nothing."""
        return ABOUT[self.of](self.about).label if self.about else ""


class FirstFor(models.Model):
    """A criterion that the form shows first where the work is about this; the others are a tap away.

    It is about the order of a form alone, so it is changed at any time, also of a published version.
    Where a version has none for what work is about, all its criteria come first.
    """

    criterion = models.ForeignKey(
        "frameworks.Criterion", on_delete=models.CASCADE, related_name="first_for"
    )
    about = models.CharField(max_length=15, choices=WorkAbout)

    class Meta:
        verbose_name_plural = "criteria that come first"
        constraints = [
            models.UniqueConstraint(fields=["criterion", "about"], name="frameworks_firstfor_once")
        ]

    def __str__(self):
        return f"{self.criterion}, first for {self.about}"
