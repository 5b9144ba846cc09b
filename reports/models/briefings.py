import uuid

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone

from observations.models import Passage
from practicelens.people.models import Counted, Unit, User
from practicelens.people.permissions import Act
from reports.periods import rolling

# Who may do this sees a briefing once it has come so far.
SEEN_ONCE = {
    Act.APPROVE_BRIEFINGS: "sent_at",
    Act.ISSUE_BRIEFINGS: "approved_at",
    Act.READ_BRIEFINGS: "issued_at",
}


class BriefingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Practice leaders see drafts of their part; leaders see what was issued to theirs.

        Between them, who approves sees what was sent, and who issues sees what was approved.
        """
        seen = models.Q(unit__in=user.reach(Act.WRITE_BRIEFINGS))
        for act, since in SEEN_ONCE.items():
            seen |= models.Q(("unit__in", user.reach(act)), (f"{since}__isnull", False))
        return self.filter(seen)

    def issued(self):
        return self.filter(issued_at__isnull=False)

    def standing(self):
        """Issued and not superseded by a later issue of the same paper."""
        return self.issued().exclude(superseded_by__issued_at__isnull=False)

    def for_list(self):
        return self.select_related("unit", "supersedes").order_by(
            "-month", "unit__name", "-version"
        )


class Briefing(models.Model):
    """A month's paper for senior leaders: draft, approved, issued. Once issued it never changes.

    `figures` holds what was counted when it was gathered; the words around them are a person's to
    change until it is approved. `content` is the frozen whole, and `sha256` its fingerprint.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="briefings")
    month = models.DateField()
    issue = models.PositiveIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by"
    )

    title = models.CharField(max_length=95, blank=True)
    confidence = models.CharField("how far to trust it, in a line", max_length=160, blank=True)
    know = models.TextField("what we know", validators=[MaxLengthValidator(300)], blank=True)
    how = models.TextField("how we know it", validators=[MaxLengthValidator(300)], blank=True)
    doing = models.TextField("what we are doing", validators=[MaxLengthValidator(300)], blank=True)
    # The three lines of the first page; one that is empty is left out of it.
    alert = models.TextField("alert", validators=[MaxLengthValidator(200)], blank=True)
    advise = models.TextField("advise", validators=[MaxLengthValidator(200)], blank=True)
    assure = models.TextField("assure", validators=[MaxLengthValidator(200)], blank=True)
    figures = models.JSONField(default=dict)

    gathered_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="briefings_written",
    )
    # Everybody who wrote some of it, the author among them: none of them is its second person.
    writers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="briefings_written_in", editable=False
    )
    sent_at = models.DateTimeField("sent for approval", null=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="briefings_approved",
    )
    issued_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="briefings_issued",
    )
    content = models.JSONField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)

    objects = BriefingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "month", "version"], name="reports_briefing_once_a_month"
            ),
            models.UniqueConstraint(
                fields=["unit", "issue", "version"], name="reports_briefing_number_once"
            ),
            models.UniqueConstraint(
                fields=["unit", "month"],
                condition=models.Q(issued_at=None),
                name="reports_briefing_one_draft",
            ),
            models.CheckConstraint(
                condition=models.Q(month__day=1), name="reports_briefing_month_starts_on_the_first"
            ),
            models.CheckConstraint(
                condition=models.Q(version=1, supersedes=None)
                | models.Q(version__gt=1, supersedes__isnull=False),
                name="reports_briefing_reissue_supersedes",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_at=None, approved_by=None)
                | models.Q(approved_at__isnull=False, approved_by__isnull=False),
                name="reports_briefing_approved_at_and_by",
            ),
            models.CheckConstraint(
                condition=models.Q(issued_at=None, issued_by=None, content=None, sha256="")
                | models.Q(
                    issued_at__isnull=False,
                    issued_by__isnull=False,
                    approved_at__isnull=False,
                    content__isnull=False,
                    sha256__regex="^[0-9a-f]{64}$",
                ),
                name="reports_briefing_issued_whole",
            ),
        ]

    def __str__(self):
        return f"{self.unit}, {self.month:%B %Y}"

    def get_absolute_url(self):
        return reverse("reports:briefing", args=[self.key])

    @property
    def window(self):
        """The months that its figures are for."""
        return rolling(self.month, today=self.unit.today())

    @property
    def is_draft(self):
        return self.approved_at is None

    @property
    def is_issued(self):
        return self.issued_at is not None

    @property
    def state(self):
        if self.is_issued:
            return "Issued"
        if self.approved_at:
            return "Approved"
        return "Sent for approval" if self.sent_at else "Draft"

    def can_be_edited_by(self, user):
        return self.is_draft and self.can_be_written_by(user)

    def can_be_written_by(self, user):
        return self.unit_id in user.reach(Act.WRITE_BRIEFINGS)

    def approvers(self):
        """Those who approve briefings there and wrote none of this one.

        Where nobody else holds the right, practice leaders do.
        """
        return named_or_writers(Act.APPROVE_BRIEFINGS, self.unit, self.writers.values("pk"))

    def issuers(self):
        """Those who issue briefings there: where nobody else holds the right, practice leaders."""
        return named_or_writers(Act.ISSUE_BRIEFINGS, self.unit)

    def is_looked_over_by(self, user):
        """Whether the user has a part in it before it is issued: writes, approves or issues it."""
        acts = (Act.WRITE_BRIEFINGS, Act.APPROVE_BRIEFINGS, Act.ISSUE_BRIEFINGS)
        return any(self.unit_id in user.reach(act) for act in acts)

    def tells_its_readers_to(self, user):
        """Whether the user sees who opened it: they wrote, approved or issued it, and do so there still."""
        wrote = (self.written_by_id, self.approved_by_id, self.issued_by_id)
        return self.is_issued and user.pk in wrote and self.is_looked_over_by(user)

    def can_be_approved_by(self, user):
        """A second person where there is one; who wrote in it only where there is not."""
        if self.approved_at or self.sent_at is None:
            return False
        others = self.approvers()
        if others.filter(pk=user.pk).exists():
            return True
        return self.can_be_written_by(user) and not others.exists()

    def can_be_issued_by(self, user):
        """Approved, and the user is one of those who issue there."""
        return (
            self.approved_at is not None
            and not self.is_issued
            and self.issuers().filter(pk=user.pk).exists()
        )

    def can_be_taken_back_by(self, user):
        """Those who write it; and whoever is asked to approve it, who sends it back by that."""
        return self.can_be_written_by(user) or self.can_be_approved_by(user)


def named_or_writers(act, unit, but=()):
    """Those who hold the right apart, without some; practice leaders of the unit where nobody does."""
    named = User.objects.who_may(act, unit).exclude(pk__in=but)
    return (
        named
        if named.exists()
        else User.objects.who_may(Act.WRITE_BRIEFINGS, unit).exclude(pk__in=but)
    )


class Section(models.Model):
    """The words of one part of a briefing, a person's to change until it is approved."""

    class Key(models.TextChoices):
        FRAMEWORK = "framework", "The framework in use"
        FAMILIES = "families", "Families' part"
        CONDITIONS = "conditions", "Conditions for practice"
        GOOD_WORK = "good_work", "Good work found"
        PRACTITIONERS = "practitioners", "What practitioners said"
        EARLY_SIGNS = "early_signs", "Seen once, and kept open"
        QUESTIONS = "questions", "Questions members might ask"
        LIMITS = "limits", "Limits of this evidence"

    briefing = models.ForeignKey(Briefing, on_delete=models.CASCADE, related_name="sections")
    key = models.CharField(max_length=15, choices=Key)
    heading = models.CharField("the section in one sentence", max_length=70, blank=True)
    text = models.TextField("what leaders need to know", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["briefing", "key"], name="reports_section_once")
        ]

    def __str__(self):
        return self.get_key_display()


class FindingQuerySet(models.QuerySet):
    def standing(self):
        """Those that were not dropped, in order."""
        return self.filter(dropped_at=None).order_by("position", "pk")


class Finding(models.Model):
    """One claim of a briefing, tied to its evidence and to the opposite evidence."""

    class Sure(models.TextChoices):
        SINGLE = "single", "Seen once"
        SOME = "some", "Somewhat sure"
        FAIRLY = "fairly", "Fairly sure"
        VERY = "very", "Very sure"

    WITH_FINDINGS = (Section.Key.FRAMEWORK, Section.Key.FAMILIES, Section.Key.CONDITIONS)

    briefing = models.ForeignKey(Briefing, on_delete=models.CASCADE, related_name="findings")
    section = models.CharField(
        "in which part", max_length=15, choices=[(key, key.label) for key in WITH_FINDINGS]
    )
    position = models.PositiveSmallIntegerField(default=1)
    claim = models.CharField("the claim, in one sentence", max_length=140)
    text = models.TextField("what leaders need to know", blank=True)
    sure = models.CharField("how sure are we?", max_length=10, choices=Sure, default=Sure.SOME)
    sure_because = models.CharField("because", max_length=140, blank=True)
    looked = models.TextField("where the opposite was looked for", blank=True)
    dropped_at = models.DateTimeField(null=True, editable=False)

    objects = FindingQuerySet.as_manager()

    def __str__(self):
        return self.claim


class Evidence(models.Model):
    """A passage tied to a finding: for it, or where it was otherwise."""

    class Side(models.TextChoices):
        FOR = "for", "Where we saw it"
        AGAINST = "against", "Counter-examples"

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="evidence")
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="evidence_in")
    side = models.CharField(max_length=10, choices=Side)
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField()
    is_quoted = models.BooleanField("quote it to leaders", default=False)

    class Meta:
        verbose_name_plural = "evidence"
        constraints = [
            models.UniqueConstraint(
                fields=["finding", "passage"], name="reports_evidence_once_a_passage"
            ),
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")),
                name="reports_evidence_quote_not_empty",
            ),
        ]

    def __str__(self):
        return f"{self.get_side_display()}: passage {self.passage_id}"

    @property
    def quote(self):
        return self.passage.text[self.start : self.end]


class RecommendationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Practice leaders over the unit, its leaders, and whoever is asked."""
        written, read = user.reach(Act.WRITE_BRIEFINGS), user.reach(Act.READ_BRIEFINGS)
        issued = models.Q(briefing__issued_at__isnull=False)
        return self.filter(
            models.Q(briefing__unit__in=written) | issued & models.Q(briefing__unit__in=read)
        )

    def issued(self):
        """Asked in a briefing that is not superseded: a superseded issue's recommendations moved on with it."""
        return self.filter(briefing__in=Briefing.objects.standing())

    def told_to(self, user):
        """Asked where the user belongs: of their units, of those above, and of those below.

        Whoever holds a role there reads what leaders were asked and what they decided.
        """
        return self.issued().filter(briefing__unit__in=user.reach_and_above(Act.READ_DECISIONS))

    def with_told(self):
        """With `told_at`: when a later issue of the unit first told what was decided; else None."""
        later = Briefing.objects.issued().filter(
            unit=models.OuterRef("briefing__unit"),
            month__gt=models.OuterRef("briefing__month"),
            issued_at__gte=models.OuterRef("decision__decided_at"),
        )
        first = later.order_by("issued_at").values("issued_at")[:1]
        return self.annotate(told_at=models.Subquery(first))

    def with_answers(self):
        """With whom it asks, what was decided, when that was told, and what was seen on going back."""
        return self.with_told().select_related(
            "briefing__unit", "owner", "decision__by", "decision__return_visit__observation"
        )

    def for_list(self):
        return self.with_answers().order_by("due_on", "number", "pk")


class Recommendation(Counted):
    """A decision wanted, of one owner, by a date."""

    briefing = models.ForeignKey(Briefing, on_delete=models.CASCADE, related_name="recommendations")
    number = models.PositiveSmallIntegerField()
    question = models.CharField("the decision, as a question", max_length=120)
    what = models.TextField("what would be done", blank=True)
    cost = models.CharField(max_length=40, blank=True)
    equality = models.CharField(max_length=200, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="recommendations",
        verbose_name="who decides",
    )
    due_on = models.DateField("by when", null=True, blank=True)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["briefing", "number"], name="reports_ask_number_once")
        ]

    def __str__(self):
        return self.question

    def get_absolute_url(self):
        return reverse("reports:recommendation", args=[self.pk])

    def can_be_decided_by(self, user):
        return (
            user.pk == self.owner_id and self.briefing.is_issued and not hasattr(self, "decision")
        )

    @property
    def asked_on(self):
        """The day on which the briefing that asks it was issued, where its unit is."""
        return self.briefing.unit.day_of(self.briefing.issued_at)

    @property
    def decision_made(self):
        """What was decided, or None."""
        return getattr(self, "decision", None)

    @property
    def decided_on(self):
        """The day on which it was decided where its unit is."""
        return self.briefing.unit.day_of(self.decision.decided_at)

    @property
    def told_on(self):
        """The day on which a briefing first told what was decided, or None; needs `with_told`."""
        return self.told_at and self.briefing.unit.day_of(self.told_at)

    @property
    def days_overdue(self):
        """Days past the date by which a decision, or what it promised, was due; or zero."""
        if hasattr(self, "decision"):
            decision = self.decision
            due = decision.act_by if decision.promises and not decision.done_on else None
        else:
            due = self.due_on
        return max(0, (self.briefing.unit.today() - due).days) if due else 0

    @property
    def state(self):
        if self.days_overdue:
            return "Overdue"
        if not hasattr(self, "decision"):
            return "Waiting"
        if self.decision.done_on:
            return "Done"
        return "Under way" if self.decision.promises else self.decision.state


class Decision(models.Model):
    """A leader's answer to a recommendation. No is an answer."""

    class Answer(models.TextChoices):
        YES = "yes", "Yes"
        DIFFERENTLY = "differently", "Yes, but differently"
        NOT_NOW = "not_now", "Not now"
        NO = "no", "No"

    recommendation = models.OneToOneField(
        Recommendation, on_delete=models.PROTECT, related_name="decision"
    )
    answer = models.CharField("your decision", max_length=15, choices=Answer)
    reason = models.TextField("why, and what happens next")
    act_by = models.DateField("done by", null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions"
    )
    decided_at = models.DateTimeField(default=timezone.now)
    done_on = models.DateField(null=True, blank=True)
    became = models.CharField("what became of it", max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="reports_decision_has_a_reason",
                violation_error_message="Say why, and what happens next.",
            ),
            models.CheckConstraint(
                condition=~models.Q(answer__in=["yes", "differently"], act_by=None),
                name="reports_decision_yes_has_a_date",
                violation_error_message="Say by when it will be done.",
            ),
        ]

    def __str__(self):
        return f"{self.get_answer_display()}, {self.by}"

    @property
    def promises(self):
        """Whether something is to be done."""
        return self.answer in (self.Answer.YES, self.Answer.DIFFERENTLY)

    @property
    def going_back(self):
        """The return visit that it made, or None."""
        return getattr(self, "return_visit", None)

    @property
    def state(self):
        return {self.Answer.NOT_NOW: "Not now", self.Answer.NO: "Declined"}.get(self.answer, "")
