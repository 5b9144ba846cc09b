"""Going back to see what a decision changed."""

from datetime import timedelta

from django.conf import settings
from django.db import models

from observations.models import Observation, PlannedVisit
from practicelens.people.permissions import Act
from reports.models.briefings import Briefing, Decision

FROM, TO = timedelta(days=60), timedelta(days=90)  # after the day of the decision
NEAR = timedelta(days=28)  # so long before it is due, home offers it
LONGEST = 300


class ReturnVisitQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of decisions on issues that were not superseded, where the user writes briefings."""
        return self.filter(
            decision__recommendation__briefing__in=Briefing.objects.standing(),
            decision__recommendation__briefing__unit__in=user.reach(Act.WRITE_BRIEFINGS),
        )

    def open(self):
        """Those of which nothing was said yet: neither what was seen, nor why nobody goes."""
        return self.filter(saw_at=None, closed_at=None)

    def for_list(self):
        """Everything one row of a list shows, the first due first."""
        return (
            self.select_related(
                "decision__recommendation__briefing__unit",
                "visit__unit",
                "visit__observation",
                "observation",
            )
            .defer(
                "decision__recommendation__briefing__content",
                "decision__recommendation__briefing__figures",
            )
            .order_by("due_from", "pk")
        )


class ReturnVisit(models.Model):
    """Going back to the same kind of practice, 60 to 90 days after a yes, to see what changed.

    It is due until a visit is planned, and open until it is told what was seen, with the
    observation that it was seen in, or why nobody goes.
    """

    class State(models.TextChoices):
        DUE = "due", "To be planned"
        PLANNED = "planned", "Planned"
        BEGUN = "begun", "Observation begun"
        OBSERVED = "observed", "Observed: say what was seen"
        SEEN = "seen", "Seen"
        CLOSED = "closed", "Nobody goes back"

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="return_visit")
    due_from = models.DateField()
    due_to = models.DateField()
    visit = models.OneToOneField(
        PlannedVisit, on_delete=models.SET_NULL, null=True, related_name="return_visit"
    )
    observation = models.ForeignKey(
        Observation, on_delete=models.SET_NULL, null=True, related_name="return_visits"
    )
    saw = models.CharField("what was seen then", max_length=LONGEST, blank=True)
    saw_at = models.DateTimeField(null=True)
    saw_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    because = models.CharField("why nobody goes back", max_length=LONGEST, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = ReturnVisitQuerySet.as_manager()

    class Meta:
        verbose_name = "return visit"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(due_to__gte=models.F("due_from")),
                name="reports_returnvisit_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(saw="", saw_at=None, saw_by=None)
                | ~models.Q(saw="") & models.Q(saw_at__isnull=False, saw_by__isnull=False),
                name="reports_returnvisit_saw_by_someone",
            ),
            models.CheckConstraint(
                condition=models.Q(because="", closed_at=None, closed_by=None)
                | ~models.Q(because="")
                & models.Q(closed_at__isnull=False, closed_by__isnull=False),
                name="reports_returnvisit_closed_for_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(saw_at=None) | models.Q(closed_at=None),
                name="reports_returnvisit_seen_or_closed",
            ),
        ]

    def __str__(self):
        return f"Going back: {self.decision.recommendation.question}"

    def get_absolute_url(self):
        return self.decision.recommendation.get_absolute_url()

    @property
    def unit(self):
        """The unit of the briefing that asked."""
        return self.decision.recommendation.briefing.unit

    @property
    def state(self):
        if self.saw_at:
            return self.State.SEEN
        if self.closed_at:
            return self.State.CLOSED
        if self.visit and self.visit.is_planned:
            return self.State.PLANNED
        made = self.visit and self.visit.observation
        if made and made.is_counted:
            return self.State.OBSERVED
        return self.State.BEGUN if made and made.withdrawn_at is None else self.State.DUE

    @property
    def is_open(self):
        return self.saw_at is None and self.closed_at is None

    @property
    def to_plan(self):
        return self.state == self.State.DUE

    @property
    def is_overdue(self):
        return self.is_open and self.due_to < self.unit.today()

    @property
    def is_near(self):
        return self.due_from - NEAR <= self.unit.today()

    @property
    def tells(self):
        """What was seen, while the observation counts that it was seen in; else nothing."""
        return self.saw if self.observation and self.observation.is_counted else ""


def due_days(unit, decided_on):
    """(from, to): 60 to 90 days after a decision, both of them working days there."""
    first, last = decided_on + FROM, decided_on + TO
    if not unit.is_working_day(first):
        first = unit.working_days_from(first, 1)
    if not unit.is_working_day(last):
        last = unit.working_days_from(last, -1)
    return first, last
