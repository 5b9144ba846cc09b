from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Coalesce

from reports.models.briefings import Briefing
from reports.models.verdicts import Verdict


class ToldGroupQuerySet(models.QuerySet):
    def told_beside(self, unit):
        """What readers of any issue or verdict file of the organisation were told of, the first first.

        Superseded issues are among them.
        """
        return self.filter(
            models.Q(
                briefing__unit__organisation=unit.organisation_id, briefing__issued_at__isnull=False
            )
            | models.Q(
                verdict__unit__organisation=unit.organisation_id, verdict__issued_at__isnull=False
            )
        ).order_by(Coalesce("briefing__issued_at", "verdict__issued_at"), "pk")

    def keep(self, paper, groups):
        """What a paper tells of, in place of what it told of: groups made for it, or another's."""
        whose = {"briefing": None, "verdict": None}
        whose["verdict" if isinstance(paper, Verdict) else "briefing"] = paper
        paper.told_groups.all().delete()
        for group in groups:
            group.pk, group.briefing, group.verdict = None, whose["briefing"], whose["verdict"]
        self.bulk_create(groups)


class ToldGroup(models.Model):
    """A group that a briefing or a verdict file tells of: its observations and whom each is about, as they were then.

    Of a draft it is what it would tell; with what leaders were given it is frozen. `people` are beside them: 0
    where nobody is named. Both are keys alone, so that a group can be compared with later ones even
    where an observation is gone.
    """

    briefing = models.ForeignKey(
        Briefing, on_delete=models.CASCADE, null=True, related_name="told_groups"
    )
    verdict = models.ForeignKey(
        Verdict, on_delete=models.CASCADE, null=True, related_name="told_groups"
    )
    name = models.TextField()
    units = ArrayField(models.BigIntegerField())
    first_month = models.DateField()
    last_month = models.DateField()
    work = models.CharField("what the work is about, or empty for all", max_length=20, blank=True)
    notes = ArrayField(models.BigIntegerField())
    people = ArrayField(models.BigIntegerField())

    objects = ToldGroupQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["briefing", "name"], name="reports_told_group_once"),
            models.UniqueConstraint(
                fields=["verdict", "name"], name="reports_told_group_once_a_verdict"
            ),
            models.CheckConstraint(
                condition=models.Q(briefing=None, verdict__isnull=False)
                | models.Q(briefing__isnull=False, verdict=None),
                name="reports_told_group_of_one_paper",
            ),
            models.CheckConstraint(
                condition=models.Q(notes__len=models.F("people__len")),
                name="reports_told_group_each_about_someone_or_nobody",
            ),
            models.CheckConstraint(
                condition=models.Q(first_month__lte=models.F("last_month")),
                name="reports_told_group_ends_after_it_begins",
            ),
        ]

    def __str__(self):
        return self.name
