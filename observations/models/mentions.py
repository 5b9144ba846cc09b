from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format

from frameworks.models import Theme
from observations.coding.version import NEARNESS
from observations.models import choices
from observations.models.learning import CodingModel
from observations.models.observation import Observation
from observations.models.parts import Part, Passage


class MentionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """To those who decide about them; not to the practitioner, though they read the passage."""
        return self.filter(observation__in=Observation.objects.coded_by(user))

    def suggested(self):
        return self.filter(status=Mention.Status.SUGGESTED)

    def confirmed(self):
        return self.filter(status=Mention.Status.CONFIRMED)

    def for_review(self):
        """Everything one page about a mention shows; not the numbers of the version behind it."""
        return self.select_related(
            "theme", "passage", "observation__unit", "observation__observer", "decided_by", "model"
        ).defer("model__content", "model__themes_then", "model__measures")


class Mention(Part):
    """A passage coded to a theme: suggested by an engine or a person, decided by a person."""

    class Status(models.TextChoices):
        SUGGESTED = "suggested", "Suggested, not confirmed"
        CONFIRMED = "confirmed", "Confirmed"
        REJECTED = "rejected", "Not this theme"

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="mentions")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="mentions")
    stance = models.CharField(max_length=10, choices=choices.Stance)
    status = models.CharField(max_length=10, choices=Status, default=Status.SUGGESTED)
    # Where it came from, for ever: an engine's name and, if it had learned, which version; both
    # empty where a person found it.
    engine = models.CharField(max_length=40, blank=True)
    model = models.ForeignKey(
        CodingModel, on_delete=models.PROTECT, null=True, related_name="mentions"
    )
    score = models.FloatField(null=True)  # from 0 to 1; orders suggestions, no probability
    # Put before a person by chance, so that how often suggestions are right can be told honestly.
    by_chance = models.BooleanField(default=False)
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    words = models.JSONField(default=list)  # pairs of offsets in the passage
    suggested_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="mentions"
    )

    objects = MentionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["passage", "theme"], name="observations_mention_once_a_theme"
            ),
            models.CheckConstraint(
                condition=models.Q(status="suggested", decided_at=None, decided_by=None)
                | (
                    ~models.Q(status="suggested")
                    & models.Q(decided_at__isnull=False, decided_by__isnull=False)
                ),
                name="observations_mention_decided_by_a_person",
            ),
            models.CheckConstraint(
                condition=models.Q(end__gte=models.F("start")),
                name="observations_mention_quote_in_order",
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit", "month", "theme"],
                include=["stance", "status", "observation"],
                condition=models.Q(is_counted=True),
                name="observations_mention_cells",
            ),
            models.Index(
                fields=["theme", "-decided_at"],
                include=["unit", "status", "engine", "by_chance"],
                condition=models.Q(is_counted=True),
                name="observations_mention_decided",
            ),
        ]

    @property
    def themes_to_choose(self):
        """What is in use there, with the theme that it has: that may be a draft, or retired since."""
        themes = list(Theme.objects.for_unit(self.observation.unit))
        return themes if self.theme in themes else [self.theme, *themes]

    def __str__(self):
        return f"{self.theme}, {self.stance}"

    @property
    def quote(self):
        return self.passage.text[self.start : self.end]

    @property
    def found_words(self):
        """The words that led to it."""
        return [self.passage.text[start:end] for start, end in self.words]

    @property
    def came_from(self):
        """Where it came from, for ever, in words: a person, the words on the list, or a version.

        Or what its sentences mean, where a sentence model reads beside the words.
        """
        if self.model:
            day = date_format(timezone.localtime(self.model.trained_at), "j F Y")
            return f"version {self.model.version} of what was learned, {day}"
        if self.engine.startswith(NEARNESS):
            return "nearness to the theme’s own words and examples"
        return "words on the list" if self.engine else "a person"
