"""Verdict files: the argued case to keep, adapt or drop a framework, a domain or a criterion."""

import uuid

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone

from frameworks.models import Criterion, Domain, FrameworkVersion
from practicelens.people.models import Counted, Unit, User
from practicelens.people.permissions import Act
from reports.models.releases import Release

LONGEST_CASE = 700
LONGEST_ADVICE = 900
LONGEST_REASON = 600


class Course(models.TextChoices):
    """What can be done with a framework, a domain or a criterion."""

    KEEP = "keep", "Keep"
    ADAPT = "adapt", "Adapt"
    DROP = "drop", "Drop"


class VerdictQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever writes verdict files there sees drafts; whoever reads them, what leaders were given."""
        written, read = user.reach(Act.WRITE_VERDICTS), user.reach(Act.READ_VERDICTS)
        given = models.Q(issued_at__isnull=False)
        return self.filter(models.Q(unit__in=written) | given & models.Q(unit__in=read))

    def waiting_for(self, user):
        """Those that a leader can decide and nobody has."""
        return self.filter(
            unit__in=user.reach(Act.DECIDE_VERDICTS), issued_at__isnull=False, decision=None
        )

    def about(self, unit, *, version, domain=None, criterion=None):
        return self.filter(unit=unit, version=version, domain=domain, criterion=criterion)

    def for_list(self):
        """Everything one row of a list shows: drafts first, then the newest."""
        return (
            self.select_related(
                "unit", "version__framework", "domain", "criterion", "decision__by", "written_by"
            )
            .defer("figures", "content")
            .order_by(models.F("issued_at").desc(nulls_first=True), "-pk")
        )


def case(label):
    return models.TextField(label, validators=[MaxLengthValidator(LONGEST_CASE)], blank=True)


class Verdict(Counted):
    """The argued case to keep, adapt or drop something that practice is meant to look like.

    It is about a framework version, one of its domains, or one of its criteria. `figures` holds what
    was counted when it was gathered. Each case stands beside its opposite. Once put before leaders
    `content` is the frozen whole, and `sha256` its fingerprint.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="verdicts")
    number = models.PositiveIntegerField()
    version = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="verdicts")
    domain = models.ForeignKey(
        Domain, on_delete=models.PROTECT, null=True, blank=True, related_name="verdicts"
    )
    criterion = models.ForeignKey(
        Criterion, on_delete=models.PROTECT, null=True, blank=True, related_name="verdicts"
    )

    keep_for = case("the case to keep it")
    keep_against = case("what speaks against keeping it as it is")
    adapt_for = case("the case to adapt it")
    adapt_against = case("what speaks against adapting it")
    drop_for = case("the case to drop it")
    drop_against = case("what speaks against dropping it")
    advice = models.CharField("what you advise", max_length=5, choices=Course, blank=True)
    advice_text = models.TextField(
        "why, and how", validators=[MaxLengthValidator(LONGEST_ADVICE)], blank=True
    )
    quotations = models.ManyToManyField(Release, related_name="verdicts", blank=True)
    figures = models.JSONField(default=dict)

    gathered_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="verdicts_written"
    )
    # Everybody who wrote some of it: none of them is its second person.
    writers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="verdicts_written_in", editable=False
    )
    issued_at = models.DateTimeField("put before leaders", null=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="verdicts_issued",
    )
    content = models.JSONField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)

    objects = VerdictQuerySet.as_manager()

    class Meta:
        verbose_name = "verdict file"
        constraints = [
            models.UniqueConstraint(fields=["unit", "number"], name="reports_verdict_number_once"),
            models.UniqueConstraint(
                fields=["unit", "version", "domain", "criterion"],
                condition=models.Q(issued_at=None),
                nulls_distinct=False,
                name="reports_verdict_one_draft",
                violation_error_message="There is a draft about this already.",
            ),
            models.CheckConstraint(
                condition=models.Q(domain=None) | models.Q(criterion=None),
                name="reports_verdict_about_one_thing",
                violation_error_message="It is about a domain or about a criterion.",
            ),
            models.CheckConstraint(
                condition=models.Q(issued_at=None, issued_by=None, content=None, sha256="")
                | models.Q(
                    issued_at__isnull=False,
                    issued_by__isnull=False,
                    content__isnull=False,
                    sha256__regex="^[0-9a-f]{64}$",
                )
                & ~models.Q(advice=""),
                name="reports_verdict_issued_whole",
            ),
        ]

    def __str__(self):
        return f"{self.subject_name}, {self.unit}"

    def get_absolute_url(self):
        return reverse("reports:verdict", args=[self.key])

    @property
    def subject_name(self):
        """The criterion, the domain, or the framework in its version."""
        return str(self.criterion or self.domain or self.version)

    @property
    def subject_kind(self):
        if self.criterion_id:
            return "criterion"
        return "domain" if self.domain_id else "framework"

    @property
    def is_issued(self):
        return self.issued_at is not None

    @property
    def decision_made(self):
        """What a leader decided, or None."""
        return getattr(self, "decision", None)

    @property
    def state(self):
        if not self.is_issued:
            return "Draft"
        decided = self.decision_made
        return f"Decided: {decided.get_course_display().lower()}" if decided else "With leaders"

    def can_be_written_by(self, user):
        return self.unit_id in user.reach(Act.WRITE_VERDICTS)

    def second_people(self):
        """Those who can write verdict files there and wrote none of this one."""
        there = User.objects.who_may(Act.WRITE_VERDICTS, self.unit)
        return there.exclude(pk__in=self.writers.values("pk"))

    def can_be_issued_by(self, user):
        """A second person where there is one; who wrote in it only where there is not."""
        if self.is_issued or not self.can_be_written_by(user):
            return False
        others = self.second_people()
        return others.filter(pk=user.pk).exists() or not others.exists()

    def can_be_decided_by(self, user):
        """Any leader of its unit, once."""
        is_open = self.is_issued and self.decision_made is None
        return is_open and self.unit_id in user.reach(Act.DECIDE_VERDICTS)


class VerdictDecisionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Decided where the user belongs: of their units, of those above, and of those below."""
        return self.filter(verdict__unit__in=user.reach_and_above(Act.READ_DECISIONS))

    def for_list(self):
        subject = ("verdict__version__framework", "verdict__domain", "verdict__criterion")
        return (
            self.select_related("by", "verdict__unit", *subject)
            .defer("verdict__figures", "verdict__content")
            .order_by("-decided_on", "-pk")
        )


class VerdictDecision(models.Model):
    """What a leader decided of a verdict file: keep, adapt or drop, why, and on which day."""

    verdict = models.OneToOneField(Verdict, on_delete=models.PROTECT, related_name="decision")
    course = models.CharField("the decision", max_length=5, choices=Course)
    reason = models.TextField("why, and what happens next")
    decided_on = models.DateField("decided on")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="verdict_decisions"
    )
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = VerdictDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "decision on a verdict file"
        verbose_name_plural = "decisions on verdict files"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="reports_verdictdecision_has_a_reason",
                violation_error_message="Say why, and what happens next.",
            )
        ]

    def __str__(self):
        return f"{self.get_course_display()}, {self.by}"
