"""Frameworks in their versions.

A published version never changes: the database refuses it (see the migration
`protect_published_versions`), and a correction is a new version.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from frameworks.models.addressed import Addressed
from frameworks.models.shared import Cause, Lens, Level, Scale
from practicelens.people.models import Counted, Unit, UnitReach, zone_of
from practicelens.people.permissions import Act

# How long a practice leader is told of a version that came into force.
NEWS_FOR = timedelta(days=60)


def today_there():
    """The day that it is where a version's framework is, for a query: in the zone it keeps."""
    above = UnitReach.objects.filter(below=models.OuterRef("framework__unit"))
    named = above.exclude(above__time_zone="").order_by("steps").values("above__time_zone")
    aotearoa = Unit.Jurisdiction.AOTEAROA
    of_top = models.Case(
        models.When(
            models.Exists(above.filter(above__parent=None, above__jurisdiction=aotearoa)),
            models.Value(zone_of(aotearoa)),
        ),
        default=models.Value(zone_of(Unit.Jurisdiction.ENGLAND)),
    )
    return DayIn(Coalesce(models.Subquery(named[:1]), of_top), models.Value(timezone.now()))


class DayIn(models.Func):
    """The day that it is in a time zone at a moment."""

    template = "(timezone(%(expressions)s))::date"
    output_field = models.DateField()


class FrameworkQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What good looks like is open to everybody in the part of the tree it is for."""
        return self.filter(unit__in=user.reach_and_above(Act.READ_FRAMEWORKS))

    def kept_by(self, user):
        """Those that the person can change, as a framework admin."""
        return self.filter(unit__in=user.reach(Act.KEEP_FRAMEWORKS))

    def for_unit(self, unit):
        """The frameworks that cover a unit."""
        above = UnitReach.objects.filter(below=unit).values("above")
        return self.filter(unit__in=above)


class Framework(Addressed, Counted):
    """The organisation's agreed approach to practice."""

    name = models.CharField(max_length=100)
    description = models.TextField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="frameworks")
    source = models.CharField(max_length=200, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    # Whether anyone with its outside address may read it, without signing in.
    is_open = models.BooleanField(default=False)

    objects = FrameworkQuerySet.as_manager()

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("frameworks:framework", args=[self.address])


class FrameworkVersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Published versions for all who can see the framework; drafts for its admins."""
        kept = user.reach(Act.KEEP_FRAMEWORKS)
        return self.filter(framework__in=Framework.objects.visible_to(user)).filter(
            models.Q(published_at__isnull=False) | models.Q(framework__unit__in=kept)
        )

    def read_outside_by(self, user):
        """What the outside address shows: published versions, no draft, to nobody in particular
        once they came into use and the framework is open; and to those who can read it anyway."""
        came_into_use = models.Q(framework__is_open=True, effective_on__lte=today_there())
        seen = Framework.objects.visible_to(user) if user.is_authenticated else []
        own = models.Q(framework__in=seen)
        return self.filter(came_into_use | own, published_at__isnull=False)

    def kept_by(self, user):
        """Those that the person can change, as a framework admin, published ones among them."""
        return self.filter(framework__in=Framework.objects.kept_by(user))

    def drafts(self):
        return self.filter(published_at=None)

    def published(self):
        return self.filter(published_at__isnull=False)

    def live(self, on=None):
        """Versions in force on a day: by default today, where their framework is."""
        on = on or today_there()
        return self.filter(
            models.Q(retired_on=None) | models.Q(retired_on__gt=on),
            published_at__isnull=False,
            effective_on__lte=on,
        )

    def in_the_way(self, version, day):
        """Published versions of other frameworks that are in force on the day or later: of those
        of its unit, of the units above it and of the units below it."""
        unit = version.framework.unit_id
        above = UnitReach.objects.filter(below=unit).values("above")
        below = UnitReach.objects.filter(above=unit).values("below")
        near = models.Q(framework__unit__in=above) | models.Q(framework__unit__in=below)
        others = self.published().filter(near).exclude(framework=version.framework_id)
        ended = models.Q(
            retired_on__lte=models.functions.Greatest("effective_on", models.Value(day))
        )
        return others.exclude(ended)

    def followed(self):
        """Published ones that others may follow: not those put right before anybody used them."""
        return self.published().exclude(retired_on=models.F("effective_on"))

    def not_retired(self):
        return self.exclude(retired_on__lte=today_there())

    def to_announce(self):
        """In force now, and not yet written down as such."""
        return self.live().filter(announced_at=None)

    def news_for(self, user):
        """What came into force lately where the person is a practice leader, till they saw it."""
        units = user.reach_and_above(Act.WRITE_OBSERVATIONS)
        return (
            self.live()
            .filter(framework__unit__in=units, effective_on__gte=timezone.now() - NEWS_FOR)
            .exclude(told=user)
            .select_related("framework__unit")
            .order_by("-effective_on", "-pk")
        )

    def live_for(self, unit, on=None):
        """The version an observation in this unit is made against, or None: nearest unit first."""
        steps = UnitReach.objects.filter(below=unit, above=models.OuterRef("framework__unit"))
        return (
            self.live(on or unit.today())
            .annotate(steps=models.Subquery(steps.values("steps")[:1]))
            .filter(steps__isnull=False)
            .select_related("framework")
            .order_by("steps", "-effective_on", "-number")
            .first()
        )

    def for_reading(self):
        """Everything the page of one version shows, in a fixed number of queries."""
        criteria = Criterion.objects.order_by("position").prefetch_related(
            models.Prefetch(
                "level_descriptions",
                LevelDescription.objects.select_related("level").order_by("level__position"),
            ),
            models.Prefetch("prompts", Prompt.objects.order_by("position")),
            models.Prefetch("examples", Example.objects.order_by("pk")),
        )
        domains = Domain.objects.order_by("position").prefetch_related(
            models.Prefetch("criteria", criteria)
        )
        return self.select_related(
            "framework__unit", "followed_by", "scale", "second_language"
        ).prefetch_related(
            models.Prefetch("domains", domains),
            models.Prefetch("causes", Cause.objects.order_by("position")),
            models.Prefetch("lenses", Lens.objects.order_by("pk")),
            models.Prefetch("lenses__prompts", Prompt.objects.asked().order_by("position")),
            models.Prefetch("scale__levels", Level.objects.order_by("position")),
        )


class FrameworkVersion(Counted):
    """One wording of a framework: draft, published with a note and a date, retired."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    scale = models.ForeignKey(Scale, on_delete=models.PROTECT, related_name="framework_versions")
    causes = models.ManyToManyField(Cause, related_name="framework_versions")
    lenses = models.ManyToManyField(Lens, related_name="framework_versions")
    # What summaries show over time unless someone chooses another; empty: the first criterion.
    shown_first = models.ForeignKey(
        "Criterion", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    change_note = models.TextField(blank=True)
    effective_on = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="framework_versions_published",
    )
    retired_on = models.DateField(null=True, blank=True)
    # What takes its place where it is retired; empty as long as nothing does.
    followed_by = models.ForeignKey(
        Framework, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The published version that this draft puts right before anybody uses it, to take its place.
    corrects = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="corrections",
    )
    # When it was written down that it came into force; whether it is depends on the day alone.
    announced_at = models.DateTimeField(null=True, editable=False)
    told = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", editable=False)

    # How it is read where someone chose its second language (see
    # frameworks/languages/wordings.py).
    wordings = None

    objects = FrameworkVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "number"], name="frameworks_version_number_once"
            ),
            models.UniqueConstraint(
                fields=["framework"],
                condition=models.Q(published_at=None),
                name="frameworks_version_one_draft",
                violation_error_message="This framework has a draft already.",
            ),
            models.CheckConstraint(
                condition=models.Q(published_at=None, published_by=None)
                | models.Q(
                    published_at__isnull=False,
                    published_by__isnull=False,
                    effective_on__isnull=False,
                )
                & ~models.Q(change_note=""),
                name="frameworks_version_published_whole",
                violation_error_message=(
                    "To publish, give a change note and the date from which it applies."
                ),
            ),
            models.CheckConstraint(
                # On its first day is retired what was put right before anybody used it.
                condition=models.Q(retired_on=None)
                | models.Q(retired_on__gte=models.F("effective_on")),
                name="frameworks_version_not_retired_before_start",
            ),
            # Ranges of one number, so that no extension is needed to compare frameworks.
            ExclusionConstraint(
                name="frameworks_version_one_in_force",
                expressions=[
                    (
                        models.Func(
                            "framework", "framework", models.Value("[]"), function="int8range"
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        models.Func(
                            "effective_on",
                            "retired_on",
                            models.Value("[)"),
                            function="daterange",
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=models.Q(published_at__isnull=False),
                violation_error_message="Another version of this framework is in force then.",
            ),
        ]

    def __str__(self):
        return f"{self.framework}, version {self.number}"

    def get_absolute_url(self):
        return reverse("frameworks:version", args=[self.framework.address, self.number])

    def can_be_read_by(self, user):
        """Whether `visible_to` has it, without asking the database: observations outlast a role."""
        unit = self.framework.unit_id
        if self.published_at is None and unit not in user.reach(Act.KEEP_FRAMEWORKS):
            return False
        return unit in user.reach_and_above(Act.READ_FRAMEWORKS)

    @property
    def may_be_retired(self):
        return self.published_at is not None and self.retired_on is None

    @property
    def was_put_right(self):
        """Whether a correction took its place from its first day on, so that it was never in use."""
        return self.retired_on is not None and self.retired_on == self.effective_on

    @property
    def may_be_put_right(self):
        """Whether a correction can take its place: it starts today or later and has no observation."""
        return (
            self.published_at is not None
            and not self.was_put_right
            and self.effective_on >= self.framework.unit.today()
            and not self.observations.exists()
        )

    @property
    def state(self):
        """What a person would call its state today."""
        today = self.framework.unit.today()
        if self.published_at is None:
            return "Draft"
        if self.was_put_right:
            return "Put right, never in use"
        if self.retired_on and self.retired_on <= today:
            return "Retired"
        return "In use" if self.effective_on <= today else "Published, not yet in use"


class Domain(Counted):
    """A part of a framework version that holds criteria."""

    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="domains")
    code = models.CharField(max_length=10)
    name = models.CharField(max_length=100)
    about = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "code"],
                name="frameworks_domain_code_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["version", "position"],
                name="frameworks_domain_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"

    @property
    def anchor(self):
        return f"domains-{self.pk}"


class Criterion(Counted):
    """What good looks like, in one sentence, with what to look for."""

    domain = models.ForeignKey(Domain, on_delete=models.CASCADE, related_name="criteria")
    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="criteria")
    code = models.CharField(max_length=10)
    name = models.CharField(max_length=120)
    look_for = models.CharField(max_length=200)
    missed = models.CharField("what an opportunity missed looks like", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name_plural = "criteria"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "code"],
                name="frameworks_criterion_code_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["version", "position"],
                name="frameworks_criterion_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"

    @property
    def anchor(self):
        return f"criteria-{self.pk}"


class LevelDescription(models.Model):
    """What one level looks like for one criterion."""

    criterion = models.ForeignKey(
        Criterion, on_delete=models.CASCADE, related_name="level_descriptions"
    )
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="descriptions")
    text = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["criterion", "level"], name="frameworks_level_described_once"
            )
        ]

    def __str__(self):
        return self.text


class PromptQuerySet(models.QuerySet):
    def asked(self):
        """Those still offered to observers."""
        return self.filter(is_put_away=False)


class Prompt(models.Model):
    """A question that helps an observer to write: of one criterion, or of one lens."""

    criterion = models.ForeignKey(
        Criterion, on_delete=models.CASCADE, null=True, blank=True, related_name="prompts"
    )
    lens = models.ForeignKey(
        Lens, on_delete=models.CASCADE, null=True, blank=True, related_name="prompts"
    )
    text = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField()
    # Taken out of its lens after passages began from it: they keep it, and nobody is asked it.
    is_put_away = models.BooleanField(default=False, editable=False)

    objects = PromptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(criterion=None, lens__isnull=False)
                | models.Q(criterion__isnull=False, lens=None),
                name="frameworks_prompt_of_a_criterion_or_a_lens",
            )
        ]

    def __str__(self):
        return self.text


class Example(models.Model):
    """A local example of a criterion. It may be added after publication, from real good work."""

    class Kind(models.TextChoices):
        HIT = "hit", "Hit"
        NEAR_HIT = "near_hit", "Near hit"
        NEAR_MISS = "near_miss", "Near miss"
        MISS = "miss", "Miss"

    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="examples")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField()

    def __str__(self):
        return self.text
