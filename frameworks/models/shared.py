"""What any framework may use: scales with their levels, lenses and causes."""

from django.db import models
from django.urls import reverse

from frameworks.models.addressed import Addressed
from practicelens.people.models import Counted, Unit, UnitReach
from practicelens.people.permissions import Act


class OwnedQuerySet(models.QuerySet):
    """Scales, lenses, causes and standards: shipped ones, and those that an organisation made."""

    def visible_to(self, user):
        """What is shipped, and what was made in or over the person's part of the tree."""
        units = user.reach_and_above(Act.READ_FRAMEWORKS)
        return self.filter(models.Q(unit=None) | models.Q(unit__in=units))

    def kept_by(self, user):
        """Those that the person can change, as a framework admin."""
        return self.filter(unit__in=user.reach(Act.KEEP_FRAMEWORKS))

    def for_unit(self, unit):
        """What may be used in a unit: shipped, or made there or above."""
        above = UnitReach.objects.filter(below=unit).values("above")
        return self.filter(models.Q(unit=None) | models.Q(unit__in=above))

    def within(self, unit):
        """What has its code in the unit's organisation: shipped, or made anywhere in it."""
        return self.filter(models.Q(unit=None) | models.Q(unit__organisation=unit.organisation_id))

    def by_code(self):
        """{code: row}; of an organisation's own and a shipped one with the same code, its own."""
        return {row.code: row for row in self.order_by(models.F("unit").asc(nulls_first=True))}


class Owned(Addressed, Counted):
    """A row that is shipped, or that an organisation made its own."""

    # Whose own it is; empty for what is shipped, which nobody changes.
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="%(class)s_kept"
    )

    objects = OwnedQuerySet.as_manager()

    class Meta:
        abstract = True


class Scale(Owned):
    """An ordered set of words for how far a criterion was seen. "Not seen" is not among them."""

    name = models.CharField(max_length=60)
    description = models.TextField(blank=True)
    # Without it, a level needs no words of its own for each criterion: 7 of 10 is 7 of 10.
    is_described = models.BooleanField(
        "each criterion says what its levels look like", default=True
    )

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("frameworks:shared_row", args=["scales", self.address])


class Level(models.Model):
    """One word of a scale. Counted, never averaged."""

    scale = models.ForeignKey(Scale, on_delete=models.CASCADE, related_name="levels")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField()
    name = models.CharField(max_length=40)
    description = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scale", "position"], name="frameworks_level_position_once"
            ),
            models.UniqueConstraint(fields=["scale", "code"], name="frameworks_level_code_once"),
            models.CheckConstraint(
                condition=models.Q(position__gte=1), name="frameworks_level_counts_from_one"
            ),
        ]

    def __str__(self):
        return self.name


class Lens(Owned):
    """A short set of prompts that goes beside any framework."""

    name = models.CharField(max_length=60)
    about = models.TextField()
    # The kinds of work in whose observations its prompts are offered; empty for every kind.
    kinds = models.JSONField("offered in", default=list, blank=True)

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("frameworks:shared_row", args=["lenses", self.address])


class Cause(Owned):
    """Why something did not embed. It turns a gap in practice into a question for the system."""

    name = models.CharField(max_length=60)
    description = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField()

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("frameworks:shared_row", args=["causes", self.address])
