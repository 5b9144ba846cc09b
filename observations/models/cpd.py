"""What a practitioner writes down for their own record of continuing professional development."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from observations.models.observation import Observation
from practicelens.people.models import Counted, Unit


class Scheme(models.TextChoices):
    """Whose headings a CPD note is under."""

    ENGLAND = "england", "Social Work England"
    AOTEAROA = "aotearoa", "Social Workers Registration Board"

    @property
    def in_a_sentence(self):
        return self.label if self == self.ENGLAND else f"the {self.label}"

    @classmethod
    def of(cls, unit):
        """The scheme of the jurisdiction of a unit; outside New Zealand England's."""
        is_there = unit is not None and unit.jurisdiction == Unit.Jurisdiction.AOTEAROA
        return cls.AOTEAROA if is_there else cls.ENGLAND


# The headings of each, in their order: the field that a text is in, its heading, and what to write.
HEADINGS = {
    Scheme.ENGLAND: [
        ("did", "What I did and what I learned", "The activity, and what it taught you."),
        ("changed", "How it changed my practice", "What you do differently, or will."),
        ("impact", "Impact on the people I work with", "What it means for them, or could."),
        (
            "peers",
            "Peer reflection",
            "What you learned from talking about it with a peer, a manager or another professional.",
        ),
    ],
    Scheme.AOTEAROA: [
        ("did", "CPD activity", "What you did."),
        (
            "competences",
            "Core competence standards",
            "Which of the ten it was about, competence to work with Māori among them.",
        ),
        ("learned", "What I learned", "Critical reflection on it."),
        ("changed", "Relevance to my practice", "What you do differently, or will."),
        ("impact", "Outcomes for the people I work with", "What it means for them, or could."),
    ],
}
TEXTS = ["did", "learned", "competences", "changed", "impact", "peers"]


class CpdNoteQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own: no role reads those of others."""
        return self.filter(writer=user)

    def for_list(self):
        return self.select_related("about__unit").order_by("-done_on", "-pk")


class CpdNote(Counted):
    """A CPD note of the writer's own, read by nobody else, and erased for good when they say so."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="cpd_notes"
    )
    # What made them write it, where it was an observation of their practice.
    about = models.ForeignKey(
        Observation, on_delete=models.SET_NULL, null=True, blank=True, related_name="cpd_notes"
    )
    scheme = models.CharField(max_length=10, choices=Scheme)
    done_on = models.DateField("when it was", default=timezone.localdate)
    minutes = models.PositiveSmallIntegerField("how long it took", null=True, blank=True)
    did = models.TextField(blank=True)
    learned = models.TextField(blank=True)
    competences = models.TextField(blank=True)
    changed = models.TextField(blank=True)
    impact = models.TextField(blank=True)
    peers = models.TextField(blank=True)
    # Words that may be a name, of which the writer said that they can stay.
    stays = ArrayField(models.CharField(max_length=200), default=list, blank=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CpdNoteQuerySet.as_manager()

    class Meta:
        verbose_name = "CPD note"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(scheme__in=Scheme.values),
                name="observations_cpd_note_is_under_a_scheme",
            ),
            models.CheckConstraint(
                condition=models.Q(minutes=None) | models.Q(minutes__range=(1, 1440)),
                name="observations_cpd_note_minutes_in_a_day",
                violation_error_message="Give the length in minutes, from 1 to 1440.",
            ),
        ]
        indexes = [models.Index(fields=["writer", "-done_on"], name="observations_cpd_of_writer")]

    def __str__(self):
        return f"CPD note, {self.done_on:%-d %B %Y}"

    @property
    def headings(self):
        return HEADINGS[self.scheme]

    @property
    def written(self):
        """[(heading, text)] of what is written under its headings."""
        return [
            (heading, words)
            for name, heading, _ in self.headings
            if (words := getattr(self, name).strip())
        ]
