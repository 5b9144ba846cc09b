"""Re-checking past observations: what a change of codebook, learned version or reader would do."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from frameworks.models import Codebook, Theme
from observations.models import choices
from observations.models.learning import CodingModel
from observations.models.observation import Observation
from observations.models.parts import Passage
from practicelens.people.permissions import Act

# Something is still to be done, or to be decided.
OPEN = ("looking", "ready", "applying")


class RecodingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Counts of suggestions, and no observations: for those who look after the codebook."""
        return self.filter(codebook__unit__in=user.reach_and_above(Act.LOOK_AFTER_CODING))

    def open(self):
        return self.filter(state__in=OPEN)

    def ready(self):
        return self.filter(state=Recoding.State.READY)

    def for_list(self):
        return self.select_related("codebook", "decided_by").order_by("-started_at", "-pk")


class Recoding(models.Model):
    """One re-check of a codebook's past observations, the way passages are coded since a change.

    First every observation is looked at and what would differ is kept as RecodingChange rows; then,
    once someone says so, those are made. Both go on where they stopped: `cursor` is the last
    observation looked at. `parts` is what `fingerprint` was made of.
    """

    class State(models.TextChoices):
        LOOKING = "looking", "Checking"
        READY = "ready", "Waits for a person"
        APPLYING = "applying", "Coming into use"
        DONE = "done", "In use"
        UNCHANGED = "unchanged", "Nothing differs"
        DROPPED = "dropped", "Left"

    codebook = models.ForeignKey(Codebook, on_delete=models.CASCADE, related_name="recodings")
    fingerprint = models.CharField(max_length=64)
    parts = models.JSONField(default=dict)
    why = models.JSONField(default=list)  # what changed, a line each
    state = models.CharField(max_length=10, choices=State, default=State.LOOKING)
    # Looking: observations there were when it started, the last of them, and how far it has come.
    total = models.PositiveIntegerField(default=0)
    last = models.BigIntegerField(default=0)
    looked = models.PositiveIntegerField(default=0)
    cursor = models.BigIntegerField(default=0)
    unread = models.PositiveIntegerField(default=0)  # observations that could not be read
    # What came of it.
    added = models.PositiveIntegerField(default=0)
    dropped = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    reworded = models.PositiveIntegerField(default=0)
    names = models.PositiveIntegerField(default=0)
    left_alone = models.PositiveIntegerField(default=0)  # mentions that a person decided
    made = models.PositiveIntegerField(default=0)
    passed_over = models.PositiveIntegerField(default=0)
    effect = models.JSONField(default=list)  # by theme: {theme, name, add, drop, change}
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )  # empty where a newer change came first, or nothing needed a person

    objects = RecodingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["codebook"],
                condition=models.Q(state__in=OPEN),
                name="observations_recoding_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_at=None, decided_by=None)
                | models.Q(decided_at__isnull=False, decided_by__isnull=False),
                name="observations_recoding_decided_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=OPEN, ended_at=None)
                | (~models.Q(state__in=OPEN) & models.Q(ended_at__isnull=False)),
                name="observations_recoding_ended_when",
            ),
        ]
        indexes = [models.Index(fields=["codebook", "-id"], name="observations_recoding_newest")]

    def __str__(self):
        return f"{self.codebook}, re-checked {self.started_at:%d %B %Y}"

    @property
    def is_running(self):
        return self.state in (self.State.LOOKING, self.State.APPLYING)

    @property
    def is_superseded(self):
        return self.state == self.State.DROPPED and self.decided_by_id is None

    @property
    def to_decide(self):
        """Changes that someone would notice, and so has to say yes to."""
        return self.added + self.dropped + self.changed

    @property
    def to_make(self):
        return self.to_decide + self.reworded

    @property
    def settled(self):
        return self.made + self.passed_over


class RecodingChangeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those with a passage of an observation that the person can read."""
        return self.filter(observation__in=Observation.objects.coded_by(user))

    def of_themes(self):
        return self.exclude(kind=RecodingChange.Kind.NAME)

    def noticed(self):
        """What there is to look at before it comes into use."""
        kinds = RecodingChange.Kind
        return self.filter(kind__in=[kinds.ADD, kinds.DROP, kinds.CHANGE])

    def waiting(self):
        return self.of_themes().filter(outcome=RecodingChange.Outcome.WAITING)

    def for_list(self):
        return self.select_related("passage", "theme", "observation__unit").order_by(
            "theme__position", "theme", "kind", "observation", "passage", "pk"
        )


class RecodingChange(models.Model):
    """One suggestion that would come, go or change; or a name check."""

    class Kind(models.TextChoices):
        ADD = "add", "Suggested now"
        DROP = "drop", "No longer suggested"
        CHANGE = "change", "Suggested another way"  # another stance or another sentence
        REWORDED = "reworded", "Suggested by other words"
        NAME = "name", "A name check"

    class Outcome(models.TextChoices):
        WAITING = "waiting", "Not yet"
        MADE = "made", "Made"
        PASSED_OVER = "passed_over", "No longer true when it was to be made"

    recoding = models.ForeignKey(Recoding, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=8, choices=Kind)
    outcome = models.CharField(max_length=11, choices=Outcome, default=Outcome.WAITING)
    observation = models.ForeignKey(
        Observation, on_delete=models.CASCADE, related_name="recoding_changes"
    )
    # Empty where a name was found in a voice.
    passage = models.ForeignKey(
        Passage, on_delete=models.CASCADE, null=True, related_name="recoding_changes"
    )
    text_sha256 = models.CharField(max_length=64, blank=True)  # of the passage as it was read
    theme = models.ForeignKey(
        Theme, on_delete=models.CASCADE, null=True, related_name="recoding_changes"
    )
    # The suggestion as it would be; as it was, if it would go.
    stance = models.CharField(max_length=10, choices=choices.Stance, blank=True)
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    words = models.JSONField(default=list)
    score = models.FloatField(null=True)
    engine = models.CharField(max_length=40, blank=True)
    model = models.ForeignKey(CodingModel, on_delete=models.PROTECT, null=True, related_name="+")

    objects = RecodingChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recoding", "passage", "theme"],
                condition=models.Q(theme__isnull=False),
                name="observations_recodingchange_once",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="name", theme=None)
                | (
                    ~models.Q(kind="name")
                    & models.Q(theme__isnull=False, passage__isnull=False)
                    & ~models.Q(stance="")
                ),
                name="observations_recodingchange_of_a_theme_or_a_name",
            ),
        ]
        indexes = [
            models.Index(
                fields=["recoding", "observation", "id"],
                condition=models.Q(outcome="waiting"),
                name="observations_change_waiting",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.theme or 'name'}"

    @property
    def quote(self):
        return self.passage.text[self.start : self.end]
