"""Groups of passages that no theme covers: what a machine put together, and what a person made of it."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from frameworks.models import Codebook, Theme
from observations.coding import emerging as engine
from observations.models.observation import Observation
from observations.models.parts import Passage


class EmergingLookQuerySet(models.QuerySet):
    def visible_to(self, user):
        """How many sentences were looked at, no observations: for those under the codebook."""
        return self.filter(codebook__in=Codebook.objects.visible_to(user))

    def asked(self):
        return self.filter(state=EmergingLook.State.ASKED).order_by("asked_at", "pk")

    def newest_of(self, codebook):
        """The look last asked for, or None."""
        found = self.filter(codebook=codebook).select_related("asked_by")
        return found.order_by("-asked_at", "-pk").first()

    def last_done_of(self, codebook):
        """The look whose groups are shown, or None."""
        found = self.filter(codebook=codebook, state=EmergingLook.State.DONE)
        return found.order_by("-done_at", "-pk").first()


class EmergingLook(models.Model):
    """One look over the sentences of a codebook's units that none of its themes covers."""

    class State(models.TextChoices):
        ASKED = "asked", "Asked for"
        DONE = "done", "Done"
        FAILED = "failed", "Could not be finished"

    class Said(models.TextChoices):
        TOO_LITTLE = "too_little", "Too little text"
        NOTHING = "nothing", "Nothing hung together"
        FOUND = "found", "Groups were found"

    codebook = models.ForeignKey(Codebook, on_delete=models.CASCADE, related_name="emerging_looks")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    said = models.CharField(max_length=10, choices=Said, blank=True)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )  # empty where the week did
    done_at = models.DateTimeField(null=True, editable=False)
    sentences = models.PositiveIntegerField(default=0)  # that were looked at
    observers = models.PositiveIntegerField(default=0)  # who wrote them

    objects = EmergingLookQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["codebook"],
                condition=models.Q(state="asked"),
                name="observations_emerging_look_asked_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state="asked", done_at=None)
                | (~models.Q(state="asked") & models.Q(done_at__isnull=False)),
                name="observations_emerging_look_done_when",
            ),
        ]

    def __str__(self):
        return f"{self.get_state_display()}, {self.asked_at:%d %B %Y}"


class EmergingThemeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of which the person can read enough: nobody meets a group by two passages of it."""
        readable = EmergingPassage.objects.visible_to(user).filter(group=models.OuterRef("pk"))
        counts = readable.order_by().values("group")
        passages = models.Count("passage", distinct=True)
        observers = models.Count("passage__observation__observer", distinct=True)
        return self.annotate(
            passages_seen=models.Subquery(counts.annotate(number=passages).values("number")),
            notes_seen=models.Subquery(
                counts.annotate(number=models.Count("passage__observation", distinct=True)).values(
                    "number"
                )
            ),
            observers_seen=models.Subquery(counts.annotate(number=observers).values("number")),
        ).filter(
            passages_seen__gte=engine.LEAST_MEMBERS, observers_seen__gte=engine.LEAST_OBSERVERS
        )

    def candidates(self):
        return self.filter(state=EmergingTheme.State.CANDIDATE)

    def dismissed(self):
        return self.filter(state=EmergingTheme.State.DISMISSED)

    def for_list(self):
        """The one most worth a look first."""
        before = models.Count("dismissed_before__passages", distinct=True)
        return (
            self.select_related("dismissed_before")
            .annotate(size_before=before)
            .order_by("place", "pk")
        )

    def latest_first(self):
        return self.select_related("decided_by").order_by("-decided_at", "-pk")


class EmergingTheme(models.Model):
    """Passages put together by likeness: a candidate, until a person names it or says it is none.

    Its passages stay, so that what was dismissed is known again when it comes back.
    """

    class State(models.TextChoices):
        CANDIDATE = "candidate", "Not looked at yet"
        NAMED = "named", "Named as a theme"
        DISMISSED = "dismissed", "Not a theme"

    look = models.ForeignKey(EmergingLook, on_delete=models.CASCADE, related_name="groups")
    terms = models.JSONField(default=list)
    closeness = models.FloatField()  # the mean cosine to the middle
    place = models.PositiveSmallIntegerField()  # among those of its look
    state = models.CharField(max_length=10, choices=State, default=State.CANDIDATE)
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, related_name="came_from"
    )  # what it was named
    dismissed_before = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="came_back"
    )  # what it was when it had half as many passages
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = EmergingThemeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="candidate", decided_at=None, decided_by=None)
                | (
                    ~models.Q(state="candidate")
                    & models.Q(decided_at__isnull=False, decided_by__isnull=False)
                ),
                name="observations_emerging_decided_by_a_person",
            ),
            models.CheckConstraint(
                condition=models.Q(state="named", theme__isnull=False)
                | (~models.Q(state="named") & models.Q(theme=None)),
                name="observations_emerging_named_has_a_theme",
            ),
        ]

    def __str__(self):
        return ", ".join(self.terms)


class EmergingPassageQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(passage__observation__in=Observation.objects.coded_by(user))

    def for_list(self):
        return self.select_related("passage__observation__unit").order_by("-nearness", "pk")


class EmergingPassage(models.Model):
    """One sentence of a group: where it is in its passage, and how near the middle."""

    group = models.ForeignKey(EmergingTheme, on_delete=models.CASCADE, related_name="passages")
    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="+")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    nearness = models.FloatField()

    objects = EmergingPassageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "passage", "start"], name="observations_emerging_passage_once"
            ),
            models.CheckConstraint(
                condition=models.Q(end__gte=models.F("start")),
                name="observations_emerging_passage_in_order",
            ),
        ]

    def __str__(self):
        return self.quote

    @property
    def quote(self):
        return self.passage.text[self.start : self.end]
