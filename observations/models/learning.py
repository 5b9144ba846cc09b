"""What the coding engine learned from people, and which words it would change."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from frameworks.models import Codebook, Theme


class CodingModelQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Numbers about themes, no observations: for those who code or keep the codebook."""
        return self.filter(codebook__in=Codebook.objects.visible_to(user))

    def in_use(self, codebook):
        """The version that suggests today, or None while words alone do."""
        in_use = self.filter(codebook=codebook, state=CodingModel.State.IN_USE)
        return in_use.without_content().first()

    def without_content(self):
        """Without what was learned itself: a megabyte that most pages do not read."""
        return self.select_related("asked_by").defer("content", "themes_then")

    def trained(self):
        """The versions there are, newest first."""
        return self.filter(version__isnull=False).order_by("-version")

    def asked(self):
        return self.filter(state=CodingModel.State.ASKED).order_by("asked_at", "pk")


class CodingModel(models.Model):
    """One version of what was learned about a codebook's themes, as numbers that can be read.

    `content` is `observations.coding.model.Model` as JSON; with `themes_then`, the codebook as the
    engine read it, it derives any of its suggestions again. `trained_on` is the SHA-256 of the
    decisions and the codebook.
    """

    class State(models.TextChoices):
        ASKED = "asked", "Asked for"
        IN_USE = "in_use", "In use"
        REPLACED = "replaced", "Was in use"
        KEPT_BACK = "kept_back", "Not in use"
        NOTHING = "nothing", "Nothing to learn from yet"

    codebook = models.ForeignKey(Codebook, on_delete=models.PROTECT, related_name="coding_models")
    version = models.PositiveIntegerField(null=True)  # given when it is trained
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )  # empty where the night did
    trained_at = models.DateTimeField(null=True, editable=False)
    seconds = models.FloatField(null=True)
    trained_on = models.CharField(max_length=64, blank=True)
    content = models.JSONField(default=dict)
    themes_then = models.JSONField(default=list)
    measures = models.JSONField(default=dict)
    because = models.TextField(blank=True)  # why it came into use, or not

    objects = CodingModelQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["codebook", "version"], name="observations_model_version_once"
            ),
            models.UniqueConstraint(
                fields=["codebook"],
                condition=models.Q(state="in_use"),
                name="observations_model_one_in_use",
            ),
            models.UniqueConstraint(
                fields=["codebook"],
                condition=models.Q(state="asked"),
                name="observations_model_asked_once",
            ),
        ]

    def __str__(self):
        return f"Version {self.version}" if self.version else self.get_state_display()


class WordProposalQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(theme__in=Theme.objects.visible_to(user))

    def open(self):
        return self.filter(state=WordProposal.State.OPEN)

    def decided(self):
        return self.exclude(state=WordProposal.State.OPEN)


class WordProposal(models.Model):
    """A word to hide from a theme, since it misleads, or to add to it; a person decides."""

    class Kind(models.TextChoices):
        HIDE = "hide", "Take off the list"
        ADD = "add", "Put on the list"

    class State(models.TextChoices):
        OPEN = "open", "Proposed"
        ACCEPTED = "accepted", "Done"
        DISMISSED = "dismissed", "Left as it is"
        UNDONE = "undone", "Done and undone"

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="word_proposals")
    kind = models.CharField(max_length=4, choices=Kind)
    word = models.CharField(max_length=80)
    seen = models.PositiveIntegerField()  # decided passages that hold it
    confirmed = models.PositiveIntegerField()  # of which this theme was confirmed
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    place = models.PositiveSmallIntegerField(null=True)  # where on the list it stood, if taken off
    proposed_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = WordProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["theme", "kind", "word"], name="observations_proposal_once_a_word"
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", decided_at=None)
                | (~models.Q(state="open") & models.Q(decided_at__isnull=False)),
                name="observations_proposal_decided_when",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.word}"

    @property
    def is_decided(self):
        return self.state != self.State.OPEN
