from django.contrib.postgres.fields import ArrayField
from django.db import models

from reports.models.briefings import Briefing


class ToldGroupQuerySet(models.QuerySet):
    def told_beside(self, unit):
        """What readers of any issue of the organisation were told of, superseded issues too."""
        return self.filter(
            briefing__unit__organisation=unit.organisation_id, briefing__issued_at__isnull=False
        )

    def keep(self, briefing, groups):
        """What a briefing tells of, in place of what it told of: groups made for it, or another's."""
        self.filter(briefing=briefing).delete()
        for group in groups:
            group.pk, group.briefing = None, briefing
        self.bulk_create(groups)


class ToldGroup(models.Model):
    """A group that a briefing tells of: its observations and whom each is about, as they were then.

    Of a draft it is what it would tell; with the issue it is frozen. `people` are beside them: 0
    where nobody is named. Both are keys alone, so that a group can be compared with later ones even
    where an observation is gone.
    """

    briefing = models.ForeignKey(Briefing, on_delete=models.CASCADE, related_name="told_groups")
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
