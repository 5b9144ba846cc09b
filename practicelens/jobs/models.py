from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from practicelens.people.models import Unit
from practicelens.people.permissions import Act

# Longer than the time limit of any task: a run still open after this was lost.
LEASE = timedelta(minutes=20)
# A nudge that was lost costs so much: the next sweep finds what was asked for.
TAKEN_UP_IN = timedelta(minutes=1)


class RunQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Counts, and no observations: for practice leaders and system admins."""
        if not user.can(Act.SEE_RUNS):
            return self.none()
        return self.filter(models.Q(unit=None) | models.Q(unit__in=user.reach(Act.SEE_RUNS)))

    def for_list(self):
        newest = models.F("started_at").desc(nulls_first=True)
        return self.select_related("asked_by", "unit").order_by(newest, "-pk")

    def asked(self):
        """What someone asked for and nobody has begun."""
        return self.filter(started_at=None).order_by("asked_at", "pk")

    def lost(self):
        """Still open, though whoever ran it must be gone."""
        return self.filter(ended_at=None, started_at__lt=timezone.now() - LEASE)


class Run(models.Model):
    """One piece of background work: what ran, on what, how long, with what result.

    One that a person asked for has no start until a process takes it up.
    """

    class Kind(models.TextChoices):
        CODING = "coding", "Code passages to themes"
        RECODE = "recode", "Re-check past observations"
        ROLL_UP = "roll_up", "Count marked cells"
        RECOUNT = "recount", "Count everything again"
        COMPOSE = "compose", "Draft a briefing"
        GROUP = "group", "Look for emerging themes"
        LEARN = "learn", "Learn from what people decided"
        IMPORT = "import", "Import old observations"

    kind = models.CharField(max_length=10, choices=Kind)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, related_name="runs")
    asked_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True, default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="runs_asked"
    )
    result = models.CharField(max_length=200, blank=True)
    error = models.TextField(blank=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        db_table = "reports_run"  # where it was made
        indexes = [
            models.Index(fields=["-started_at"], name="reports_run_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(started_at__isnull=False)
                | models.Q(asked_at__isnull=False, asked_by__isnull=False, ended_at=None),
                name="reports_run_begun_or_asked_for",
            ),
            models.UniqueConstraint(
                fields=["kind", "unit"],
                condition=models.Q(started_at=None),
                nulls_distinct=False,
                name="reports_run_asked_for_once",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.started_at or self.asked_at:%d %B %Y %H:%M}"

    @property
    def seconds(self):
        return (self.ended_at - self.started_at).total_seconds() if self.ended_at else None

    @property
    def likely_done(self):
        """When it is done if it takes as long as the last of its kind; None if none was finished."""
        ended = Run.objects.filter(kind=self.kind, error="").exclude(ended_at=None)
        last = ended.order_by("-started_at").first()
        begins = self.started_at or self.asked_at + TAKEN_UP_IN
        return begins + (last.ended_at - last.started_at) if last else None


class Part(models.TextChoices):
    """What has to go on finishing for background work to be well."""

    SWEEP = "sweep", "Sweep"
    WORKER = "worker", "Worker"
    BEAT = "beat", "Beat"
    LEARNING = "learning", "Learning"
    COMPOSING = "composing", "Composing"


class Heartbeat(models.Model):
    """When a part of background work last finished something. One row a part."""

    part = models.CharField(max_length=10, choices=Part, unique=True)
    # From when on it is waited for, where it has not finished anything yet.
    expected_since = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    def __str__(self):
        return self.get_part_display()
