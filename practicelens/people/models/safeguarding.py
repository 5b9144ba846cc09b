"""What an organisation has its people do when they are worried about someone, and that they did it."""

import re
from uuid import uuid4

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone

from practicelens.people.models.organisation import Unit, User
from practicelens.people.permissions import Act

# At least three digits, and between them what people part a number with.
TELEPHONE = r"^\+?[0-9 ()-]*([0-9][ ()-]*){3}$"
NOT_DIALLED = re.compile(r"\(0\)|[^0-9+]")


def dialled(telephone):
    """A number as a telephone dials it, from how people write it: +44 (0)20 is +4420."""
    if telephone.startswith("+"):
        return NOT_DIALLED.sub("", telephone)
    return re.sub(r"[^0-9]", "", telephone)


class SafeguardingStepQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those that the person can change, as a system admin. Whoever follows them has `places_of`."""
        return self.filter(unit__in=user.reach(Act.KEEP_PEOPLE))

    def in_order(self):
        return self.order_by("position", "pk")


class SafeguardingStep(models.Model):
    """One thing to do, in its place among those that a unit keeps."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="safeguarding_steps")
    title = models.CharField(max_length=100)
    what_to_do = models.TextField(max_length=1000)
    telephone = models.CharField(
        max_length=30,
        blank=True,
        validators=[RegexValidator(TELEPHONE, "Type the number in digits, such as 01632 960 001")],
    )
    when = models.CharField("when it holds", max_length=100, blank=True)
    position = models.PositiveSmallIntegerField()

    objects = SafeguardingStepQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "position"],
                name="people_safeguardingstep_one_a_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=~models.Q(title="") & ~models.Q(what_to_do=""),
                name="people_safeguardingstep_says_what_to_do",
            ),
            models.CheckConstraint(
                condition=models.Q(telephone="") | models.Q(telephone__regex=TELEPHONE),
                name="people_safeguardingstep_telephone_of_digits",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("people:safeguarding_steps", args=[self.unit_id])

    @property
    def dialled(self):
        return dialled(self.telephone)


class ConcernRaisedQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own."""
        return self.filter(by=user)

    def counted_by(self, user):
        """Those that the person can count, as an information governance lead there.

        A number is of a whole organisation, also for whoever reads the log of a part of it.
        """
        return self.filter(by__organisation__in=user.reach_and_above(Act.READ_LOG))

    def by_month(self, zone):
        """[(first day of a month, how many)], the latest first."""
        month = models.functions.TruncMonth("at", tzinfo=zone, output_field=models.DateField())
        counted = self.annotate(month=month).values("month").annotate(number=models.Count("pk"))
        return list(counted.order_by("-month").values_list("month", "number"))


class ConcernRaised(models.Model):
    """That someone raised a concern where concerns are recorded: who and when, never about whom.

    The database refuses to change or delete it. Its key is made where the button is, so that what
    is sent twice is one.
    """

    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="concerns_raised")
    key = models.UUIDField(default=uuid4, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ConcernRaisedQuerySet.as_manager()

    class Meta:
        verbose_name = "concern raised"
        verbose_name_plural = "concerns raised"
        constraints = [
            models.UniqueConstraint(fields=["by", "key"], name="people_concernraised_once")
        ]

    def __str__(self):
        return f"{self.by_id}, {self.at}"
