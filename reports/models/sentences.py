from django.conf import settings
from django.db import models

from reports.models.briefings import Briefing

LABELS = {
    "know": "What we know",
    "how": "How we know it",
    "doing": "What we are doing",
    "confidence": "How far to trust it",
    "heading": "In one sentence",
    "text": "What leaders need to know",
    "sure_because": "How sure, and because",
}


class Sentence(models.Model):
    """Words of a briefing that a rule made: what it made of the figures, and whose they are now.

    `place` says which field they are in, such as answers.title or finding-7.claim. They are a
    rule's as long as the field has them and nobody took them. `is_outdated` where a person had changed
    them before figures were gathered anew: `anew` is what the rule says of those, if anything.
    `because` and `second` are for the writer, and never told. `lead` is the subject that leads them,
    and `others` what else there was to choose from.
    """

    briefing = models.ForeignKey(Briefing, on_delete=models.CASCADE, related_name="sentences")
    place = models.CharField(max_length=40)
    words = models.TextField()
    because = models.TextField(blank=True)
    second = models.TextField(blank=True)
    lead = models.TextField(blank=True)
    others = models.JSONField(default=list)
    is_outdated = models.BooleanField(default=False)
    anew = models.TextField(blank=True)
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["briefing", "place"], name="reports_sentence_once_a_place"
            ),
            models.CheckConstraint(
                condition=models.Q(taken_at=None, taken_by=None)
                | models.Q(taken_at__isnull=False, taken_by__isnull=False),
                name="reports_sentence_taken_at_and_by",
            ),
        ]

    def __str__(self):
        return self.place

    @property
    def part(self):
        """The part of the editor that has it: answers, framework, finding-7."""
        return self.place.partition(".")[0]

    @property
    def field(self):
        return self.place.partition(".")[2]

    @property
    def label(self):
        """What its field is called, for whoever writes."""
        return LABELS.get(self.field, self.field.capitalize())

    def is_machines(self, now):
        """Whether the field still has the rule's own words, and nobody took them as theirs."""
        return self.taken_at is None and bool(self.words) and now.strip() == self.words.strip()
