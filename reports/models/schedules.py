from django.conf import settings
from django.db import models
from django.utils import timezone

from practicelens.people.models import Role, Unit
from practicelens.people.permissions import Act
from reports.periods import month_of, months_after


class BriefingScheduleQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever writes briefings of a unit sees when they are drafted."""
        return self.filter(unit__in=user.reach(Act.WRITE_BRIEFINGS))

    def running(self):
        """Those that have not ended."""
        return self.filter(ended_on=None)

    def for_list(self):
        """With `has_approver`: whether whoever is named can still approve there."""
        carry = [Role.objects.carrying(act) for act in (Act.WRITE_BRIEFINGS, Act.APPROVE_BRIEFINGS)]
        may = (carry[0] | carry[1]).filter(
            user=models.OuterRef("approver"),
            user__is_active=True,
            unit__reaches__below=models.OuterRef("unit"),
        )
        named = self.select_related("unit", "approver").order_by("unit__name", "pk")
        return named.annotate(has_approver=models.Exists(may))


class BriefingSchedule(models.Model):
    """A unit for which a briefing is drafted each month. Ended, never deleted."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="briefing_schedules")
    day = models.PositiveSmallIntegerField("day of the month on which the draft is made", default=2)
    starts_on = models.DateField("first month to report", default=timezone.localdate)
    # Whoever is asked to approve; empty in schedules that are older than the question.
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="briefing_schedules",
    )
    ended_on = models.DateField(null=True, editable=False)

    objects = BriefingScheduleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(day__range=(1, 28)), name="reports_schedule_day_in_every_month"
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=models.Q(ended_on=None),
                name="reports_schedule_one_running",
            ),
        ]

    def __str__(self):
        return f"{self.unit}, on day {self.day}"

    @property
    def next_draft_on(self):
        """The next day on which a draft is made; it reports the month before."""
        today = self.unit.today()
        soonest = month_of(today) if today.day < self.day else months_after(month_of(today), 1)
        return max(soonest, months_after(month_of(self.starts_on), 1)).replace(day=self.day)

    @property
    def next_month(self):
        """The month that the next draft reports."""
        return months_after(month_of(self.next_draft_on), -1)
