"""Outside standards, and which criteria speak to them."""

from django.db import models
from django.urls import reverse
from django.utils import timezone

from frameworks.models.shared import Owned, OwnedQuerySet
from frameworks.models.versions import Criterion
from practicelens.people.models import know_zones


class StandardQuerySet(OwnedQuerySet):
    def for_list(self):
        """Rows that each know the day where they are kept."""
        found = list(self.select_related("unit").order_by("name", "pk"))
        know_zones(each.unit for each in found if each.unit)
        return found

    def held_between(self, first, last):
        """Those in force on some day from the first to the last, both included."""
        ended = models.Q(in_force_until__lte=first)
        return self.filter(in_force_from__lte=last).exclude(ended)


class Standard(Owned):
    """A standard from outside, such as a regulator's professional standards."""

    name = models.CharField(max_length=150)
    body = models.CharField("whose it is", max_length=100)
    in_force_from = models.DateField()
    in_force_until = models.DateField(null=True, blank=True)
    # What takes its place from the day until which it applies; empty where nothing does.
    followed_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="follows"
    )
    source = models.CharField(max_length=200)
    note = models.TextField(blank=True)

    objects = StandardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(in_force_until=None)
                | models.Q(in_force_until__gt=models.F("in_force_from")),
                name="frameworks_standard_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(followed_by=None) | models.Q(in_force_until__isnull=False),
                name="frameworks_standard_followed_once_it_ends",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("frameworks:standard", args=[self.address])

    @property
    def state(self):
        """What a person would call its state today."""
        today = self.unit.today() if self.unit else timezone.localdate()
        if self.in_force_until and self.in_force_until <= today:
            return "Replaced"
        return "In force" if self.in_force_from <= today else "Not yet in force"


class Clause(models.Model):
    """One numbered heading of a standard."""

    standard = models.ForeignKey(Standard, on_delete=models.CASCADE, related_name="clauses")
    number = models.CharField(max_length=10)
    name = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["standard", "number"], name="frameworks_clause_number_once"
            )
        ]

    def __str__(self):
        return f"{self.number} {self.name}"


class Crosswalk(models.Model):
    """A tie between a criterion and a clause: someone's judgement, not the standard's."""

    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="crosswalks")
    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="crosswalks")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["criterion", "clause"], name="frameworks_crosswalk_pair_once"
            )
        ]

    def __str__(self):
        return f"{self.criterion} to {self.clause}"
