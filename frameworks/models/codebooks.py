"""What passages are coded to."""

from django.db import models

from frameworks.models.addressed import Addressed
from frameworks.models.shared import Lens
from practicelens.people.models import Counted, Unit, UnitReach
from practicelens.people.permissions import Act


class CodebookQuerySet(models.QuerySet):
    def for_unit(self, unit):
        """The codebook that passages of a unit are coded with, nearest first."""
        steps = UnitReach.objects.filter(below=unit, above=models.OuterRef("unit"))
        return (
            self.annotate(steps=models.Subquery(steps.values("steps")[:1]))
            .filter(steps__isnull=False)
            .order_by("steps", "pk")
        )

    def kept_by(self, user):
        """Those that the person can change, as a framework admin."""
        return self.filter(unit__in=user.reach(Act.KEEP_FRAMEWORKS))

    def visible_to(self, user):
        return self.filter(unit__in=user.reach_and_above(Act.READ_FRAMEWORKS))

    def looked_after_by(self, user):
        """Those over units of which a person looks after how passages are coded."""
        return self.filter(unit__in=user.reach_and_above(Act.LOOK_AFTER_CODING))


class Codebook(Addressed, Counted):
    """What passages are coded to."""

    name = models.CharField(max_length=100)
    description = models.TextField(blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="codebooks")

    objects = CodebookQuerySet.as_manager()

    def __str__(self):
        return self.name

    def coded_units(self):
        """The units whose passages are coded with it: those that have no codebook nearer."""
        nearest = UnitReach.objects.filter(
            below=models.OuterRef("pk"), above__codebooks__isnull=False
        ).order_by("steps", "above__codebooks")
        return Unit.objects.alias(
            coded_with=models.Subquery(nearest.values("above__codebooks")[:1])
        ).filter(coded_with=self.pk)

    def coded_unit_pks(self):
        """The same as numbers: for so many units a query over an archive is planned aright."""
        return list(self.coded_units().values_list("pk", flat=True))


class ThemeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(codebook__in=Codebook.objects.visible_to(user))

    def looked_after_by(self, user):
        return self.filter(codebook__in=Codebook.objects.looked_after_by(user))

    def for_unit(self, unit):
        """The themes in use where a unit's passages are coded, in the codebook's order."""
        return self.filter(codebook=Codebook.objects.for_unit(unit).first()).in_use()

    def in_use(self):
        """What passages may be coded to today: neither a draft nor retired."""
        return self.filter(is_draft=False, retired_on=None).order_by("position", "pk")

    def begun(self):
        """New themes that wait to come into use; not those named from a group of passages."""
        return self.filter(is_draft=True, retired_on=None, came_from=None)

    def to_stay(self):
        """What would be in use if all that waits were in use, as it is worded today."""
        named = models.Q(is_draft=True, came_from__isnull=False)
        staying = self.filter(retired_on=None, end_to_be=None).exclude(named)
        return staying.order_by("position", "pk")


class TellsOf(models.TextChoices):
    """What a theme tells leaders of. The family's part and good work have sections of their own."""

    CONDITION = "condition", "A condition for practice: it helps, or gets in the way"
    SYSTEM = "system", "A system or a process: a condition that also costs time"
    FAMILY = "family", "The family’s voice and part"
    GOOD_WORK = "good work", "Good work"


class ThemeWords(Counted):
    """What a theme says, of which people write every word."""

    TellsOf = TellsOf

    name = models.CharField(max_length=100)
    short = models.CharField(max_length=32)
    definition = models.TextField()
    use_when = models.TextField(blank=True)
    not_when = models.TextField(blank=True)
    helps_means = models.CharField(max_length=250, blank=True)
    hinders_means = models.CharField(max_length=250, blank=True)
    keywords = models.JSONField(default=list)
    examples = models.JSONField(default=list)
    tells_of = models.CharField(
        "what it is about", max_length=10, choices=TellsOf, default=TellsOf.CONDITION
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tells_of__in=TellsOf.values),
                name="frameworks_%(class)s_tells_of",
            )
        ]

    def __str__(self):
        return self.name


class Theme(ThemeWords):
    """One idea that passages speak to, with when to use it and when not."""

    codebook = models.ForeignKey(Codebook, on_delete=models.PROTECT, related_name="themes")
    code = models.SlugField()
    lens = models.ForeignKey(
        Lens, on_delete=models.PROTECT, null=True, blank=True, related_name="themes"
    )
    position = models.PositiveSmallIntegerField()
    # Named from passages that no theme covered; not suggested or counted before it comes into use.
    is_draft = models.BooleanField("still a draft", default=False)
    retired_on = models.DateField(null=True, blank=True)

    objects = ThemeQuerySet.as_manager()

    class Meta(ThemeWords.Meta):
        abstract = False
        constraints = [
            *ThemeWords.Meta.constraints,
            models.UniqueConstraint(fields=["codebook", "code"], name="frameworks_theme_code_once"),
        ]
