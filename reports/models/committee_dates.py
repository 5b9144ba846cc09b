from django.db import models
from django.urls import reverse

from practicelens.people.models import Unit
from practicelens.people.permissions import Act

SEND_BEFORE, APPROVE_BEFORE = 4, 2  # working days before the papers are due


class CommitteeDateQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever writes briefings of a unit sees what they are due for."""
        return self.filter(unit__in=user.reach(Act.WRITE_BRIEFINGS))

    def ahead(self, unit):
        """Those of a unit that have not been, the next first."""
        return self.filter(unit=unit, meets_on__gte=unit.today()).order_by("meets_on", "pk")

    def next_papers(self, unit):
        """The next one whose papers are still to come, or None."""
        return self.ahead(unit).filter(papers_on__gte=unit.today()).order_by("papers_on").first()


class CommitteeDate(models.Model):
    """A meeting of a committee that reads a unit's briefings, and the day its papers are due."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="committee_dates")
    committee = models.CharField("name of the committee", max_length=100)
    meets_on = models.DateField()
    papers_on = models.DateField("papers for the agenda due on")

    objects = CommitteeDateQuerySet.as_manager()

    class Meta:
        verbose_name = "committee date"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(papers_on__lte=models.F("meets_on")),
                name="reports_committeedate_papers_come_first",
                violation_error_message="The papers are due before the committee meets.",
            ),
            models.UniqueConstraint(
                fields=["unit", "committee", "meets_on"],
                name="reports_committeedate_once",
                violation_error_message="This date of this committee is there already.",
            ),
        ]

    def __str__(self):
        return f"{self.committee}, {self.meets_on}"

    def get_absolute_url(self):
        return reverse("reports:committee_dates", args=[self.unit_id])

    @property
    def steps(self):
        """[(what is due, the day)] in order, each on a working day before the papers are due."""
        before = self.unit.working_days_from
        return [
            ("Send it for approval", before(self.papers_on, -SEND_BEFORE)),
            ("Approve it", before(self.papers_on, -APPROVE_BEFORE)),
            ("Issue it: papers are due", self.papers_on),
            ("The committee meets", self.meets_on),
        ]
