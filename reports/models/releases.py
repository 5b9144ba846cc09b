from django.conf import settings
from django.db import models
from django.db.models.functions import Substr
from django.utils import timezone

from observations.models import Observation, Passage


class ReleaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of observations that the person can read."""
        return self.filter(passage__observation__in=Observation.objects.visible_to(user))

    def holding(self):
        """Not taken back, of a passage that may be quoted and still says what was looked at."""
        length = models.F("end") - models.F("start")
        now_there = Substr("passage__text", models.F("start") + 1, length)
        return self.filter(
            withdrawn_at=None,
            passage__in=Passage.objects.quotable(),
            original=now_there,
        )


class Release(models.Model):
    """A person looked at all that was left in these words, and released them to leaders.

    `original` is what the passage said there; `words` is what leaders read, with other words in
    place of whatever could name someone. It is valid only as long as the passage says the same,
    and the practitioner's answer to it, where there is one.
    """

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="releases")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    original = models.TextField()
    words = models.TextField()
    # Of what the practitioner sees differently, their answer as it was looked at, and as leaders
    # read it: it goes wherever the words go.
    original_answer = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    # What was left in the words and ticked, each with why it was pointed at.
    looked_at = models.JSONField(default=list)
    # How many people work in the team, where that was so few that it was asked about.
    small_team = models.PositiveSmallIntegerField(null=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="releases"
    )
    released_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField("withdrawn", null=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["passage", "start", "end"],
                condition=models.Q(withdrawn_at=None),
                name="reports_release_once_a_quotation",
            ),
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start"))
                & ~models.Q(original="")
                & ~models.Q(words=""),
                name="reports_release_not_empty",
            ),
            models.CheckConstraint(
                condition=models.Q(original_answer="", answer="")
                | ~models.Q(original_answer="") & ~models.Q(answer=""),
                name="reports_release_answer_whole",
            ),
        ]

    def __str__(self):
        return f"Words of passage {self.passage_id}, released by {self.released_by}"
