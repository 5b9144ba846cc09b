"""Single sightings that may matter, whatever the rest adds up to."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from frameworks.models import Theme
from observations.models.observation import Observation
from observations.models.parts import Passage
from practicelens.people.permissions import Act


class EarlySignQuerySet(models.QuerySet):
    def visible_to(self, user):
        """To those who decide about them; not to the practitioner, though they read the passage."""
        decided = Observation.objects.coded_by(user, Act.DECIDE_EARLY_SIGNS)
        return self.filter(passage__observation__in=decided)

    def in_lane(self):
        """Of observations that count: what was withdrawn is out."""
        return self.filter(passage__is_counted=True)

    def in_scope(self, **where):
        """Of passages in these units and months; `where` is as for the passages themselves."""
        return self.in_lane().filter(**{f"passage__{name}": value for name, value in where.items()})

    def open(self):
        return self.filter(state=EarlySign.State.OPEN)

    def kept(self):
        return self.filter(state=EarlySign.State.KEPT)

    def for_lane(self):
        """What one of the lane shows: what waits first, the oldest first; then the newest."""
        return (
            self.select_related(
                "passage__observation__unit",
                "passage__observation__observer",
                "theme",
                "decided_by",
                "like__passage__observation",
            )
            .alias(rank=models.Case(*EarlySign.IN_ORDER, default=4))
            .order_by("rank", "decided_at", "found_at", "pk")
        )


class EarlySign(models.Model):
    """A sentence of a passage that stays in the lane until a person decides about it.

    `reasons` says why it is there: [{"kind", "words": pairs of offsets in the passage, "among": how
    many sentences it was compared with}]. What was decided before is in its steps.
    """

    class State(models.TextChoices):
        OPEN = "open", "Waiting"
        KEPT = "kept", "Kept open"
        ADDED = "added", "Added to a theme"
        CLOSED = "closed", "Closed"

    class Reason(models.TextChoices):
        FLAGGED = "marked", "Flagged by the observer: it may matter on its own"
        HARM = "harm", "Words of harm"
        FEAR = "fear", "Words of fear"
        SHAME = "shame", "Words of shame"
        DISCRIMINATION = "discrimination", "Words of discrimination"
        CONCEALMENT = "concealment", "Words of something kept quiet"
        ODD = "odd", "Unlike what was written before"
        LIKE = "like", "Like an earlier early sign"

    IN_ORDER = [models.When(state=state, then=place) for place, state in enumerate(State.values)]

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="early_signs")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    reasons = models.JSONField(default=list)
    like = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="seen_again_in"
    )  # an earlier one that says much the same
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, related_name="early_signs"
    )
    because = models.TextField(blank=True)
    found_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reopened_at = models.DateTimeField(null=True, editable=False)

    objects = EarlySignQuerySet.as_manager()

    class Meta:
        constraints = [
            # Held at the end, since early signs move one by one when their text is changed.
            models.UniqueConstraint(
                fields=["passage", "start"],
                deferrable=models.Deferrable.DEFERRED,
                name="observations_signal_once_a_sentence",
            ),
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")),
                name="observations_signal_not_empty",
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", decided_at=None, decided_by=None)
                | (
                    ~models.Q(state="open")
                    & models.Q(decided_at__isnull=False, decided_by__isnull=False)
                ),
                name="observations_signal_decided_by_a_person",
            ),
            models.CheckConstraint(
                condition=models.Q(state="added", theme__isnull=False)
                | (~models.Q(state="added") & models.Q(theme=None)),
                name="observations_early_sign_added_to_a_theme",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="closed", because=""),
                name="observations_early_sign_closed_with_a_reason",
                violation_error_message="Say why it can be closed.",
            ),
            models.CheckConstraint(
                condition=~models.Q(like=models.F("id")), name="observations_signal_like_another"
            ),
        ]
        indexes = [
            models.Index(
                fields=["passage"],
                condition=models.Q(state="open"),
                name="observations_signals_open",
            )
        ]

    def __str__(self):
        return f"Early sign in {self.passage}"

    @property
    def quote(self):
        return self.passage.text[self.start : self.end]

    @property
    def words(self):
        """Offsets in the passage of the words that led to it, in order."""
        pairs = {tuple(pair) for reason in self.reasons for pair in reason.get("words", [])}
        return sorted(pairs)

    @property
    def days_waiting(self):
        """Days since it was found, or opened again."""
        return (timezone.now() - (self.reopened_at or self.found_at)).days


class EarlySignStep(models.Model):
    """What was done about an early sign, by whom (nobody: the system), when and why."""

    class What(models.TextChoices):
        FOUND = "found", "Found"
        KEPT = "kept", "Kept open"
        ADDED = "added", "Added to a theme"
        CLOSED = "closed", "Closed"
        UNDONE = "undone", "Opened again"
        SEEN_AGAIN = "seen_again", "Seen again, and open again"

    early_sign = models.ForeignKey(EarlySign, on_delete=models.CASCADE, related_name="steps")
    what = models.CharField(max_length=10, choices=What)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now, editable=False)
    because = models.TextField(blank=True)
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, null=True, related_name="+")
    # Whether the step itself confirmed the mention: undoing it takes that back, and no more.
    confirmed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(what__in=["found", "seen_again"], by=None)
                | (~models.Q(what__in=["found", "seen_again"]) & models.Q(by__isnull=False)),
                name="observations_step_by_a_person_or_found",
            )
        ]

    def __str__(self):
        return self.get_what_display()
