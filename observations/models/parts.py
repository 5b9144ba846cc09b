"""The parts of an observation, and what stands beside it."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.utils import timezone

from frameworks.models import Cause, Criterion, Level, Prompt
from observations.models import choices
from observations.models.observation import Observation
from practicelens.people.models import Unit


class Part(models.Model):
    """A row of an observation that is counted: it carries where, when and whether it counts.

    The three are copies that the database keeps true (ON UPDATE CASCADE); create a part with
    `Part(**observation.place, ...)`. They are what keeps one more note cheap in a large archive.
    """

    observation = models.ForeignKey(
        Observation,
        on_delete=models.CASCADE,
        related_name="%(class)ss",
        db_constraint=False,  # the composite foreign key holds this
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    month = models.DateField()
    is_counted = models.BooleanField()

    class Meta:
        abstract = True


class PassageQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(observation__in=Observation.objects.visible_to(user))

    def quotable(self):
        """What may be put forward: counted, seen or heard, with no open identifier."""
        open_ones = Identifier.objects.filter(passage=models.OuterRef("pk"), settled_at=None)
        return self.filter(
            ~models.Exists(open_ones),
            is_counted=True,
            kind__in=[Passage.Kind.SEEN, Passage.Kind.HEARD],
        )


class Passage(Part):
    """A piece of narrative, marked seen, heard or my reading."""

    class Kind(models.TextChoices):
        SEEN = "seen", "Seen"
        HEARD = "heard", "Heard"
        READING = "reading", "My reading"

    key = models.UUIDField(default=uuid.uuid4, editable=False)
    prompt = models.ForeignKey(
        Prompt, on_delete=models.PROTECT, null=True, blank=True, related_name="passages"
    )
    kind = models.CharField("how do you know?", max_length=10, choices=Kind, blank=True)
    text = models.TextField(blank=True)
    # Its author says that this alone may matter, whatever the rest adds up to.
    is_marked = models.BooleanField("this may matter on its own", default=False)
    position = models.PositiveSmallIntegerField(default=0)
    search = models.GeneratedField(
        expression=SearchVector("text", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = PassageQuerySet.as_manager()

    class Meta:
        constraints = [
            # The client makes the key, so that the same passage sent twice is one passage.
            models.UniqueConstraint(
                fields=["observation", "key"], name="observations_passage_key_once"
            ),
        ]
        indexes = [GinIndex(fields=["search"], name="observations_passage_search")]

    def __str__(self):
        return f"Passage {self.position}"

    @property
    def is_quotable_kind(self):
        return self.kind in (self.Kind.SEEN, self.Kind.HEARD)


class Rating(Part):
    """How far one criterion was seen: a level, not seen, or an opportunity missed with a cause."""

    class Outcome(models.TextChoices):
        NOT_SEEN = "not_seen", "Not seen"
        LEVEL = "level", "A level"
        MISSED = "missed", "Opportunity missed"

    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="ratings")
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.NOT_SEEN)
    level = models.ForeignKey(
        Level, on_delete=models.PROTECT, null=True, blank=True, related_name="ratings"
    )
    cause = models.ForeignKey(
        Cause, on_delete=models.PROTECT, null=True, blank=True, related_name="ratings"
    )
    evidence = models.TextField("in a line", blank=True)
    passages = models.ManyToManyField(Passage, related_name="ratings", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["observation", "criterion"], name="observations_rating_once_a_criterion"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="level", level__isnull=False)
                | (~models.Q(outcome="level") & models.Q(level=None)),
                name="observations_rating_level_only_where_seen",
            ),
            models.CheckConstraint(
                condition=models.Q(cause=None) | models.Q(outcome="missed"),
                name="observations_rating_cause_only_where_missed",
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome="missed", is_counted=True, cause=None),
                name="observations_rating_missed_has_a_cause_once_counted",
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit", "month", "criterion"],
                include=["outcome", "level", "cause"],
                condition=models.Q(is_counted=True),
                name="observations_rating_cells",
            )
        ]

    def __str__(self):
        return f"{self.criterion}: {self.words}"

    @property
    def words(self):
        return self.level.name if self.level_id else self.get_outcome_display()


class Friction(Part):
    """A step in a process or computer system that helped or hindered."""

    class Effect(models.TextChoices):
        HINDERED = "hindered", "Got in the way"
        HELPED = "helped", "Helped"

    key = models.UUIDField(default=uuid.uuid4, editable=False)
    system = models.CharField(
        "what was it?", max_length=15, choices=choices.FrictionSystem, blank=True
    )
    effect = models.CharField("did it help?", max_length=10, choices=Effect, blank=True)
    minutes = models.PositiveSmallIntegerField("minutes lost or gained", null=True, blank=True)
    step = models.CharField("which step", max_length=200, blank=True)
    family = models.TextField("what it did to the family", blank=True)
    workaround = models.TextField("the way round it", blank=True)

    class Meta:
        verbose_name_plural = "friction entries"
        constraints = [
            models.UniqueConstraint(
                fields=["observation", "key"], name="observations_friction_key_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit", "month"],
                include=["system", "effect", "minutes"],
                condition=models.Q(is_counted=True),
                name="observations_friction_months",
            )
        ]

    def __str__(self):
        return self.get_system_display()


class Voice(models.Model):
    """What somebody said of it, in their own words; by role, never with a case number."""

    observation = models.ForeignKey(Observation, on_delete=models.CASCADE, related_name="voices")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    who = models.CharField(max_length=20, choices=choices.PersonRole, blank=True)
    words = models.TextField("their own words", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["observation", "key"], name="observations_voice_key_once"
            ),
        ]

    def __str__(self):
        return self.get_who_display()


class MeetingFacts(models.Model):
    """What a meeting did with its power: who was asked first, whose account held, how decided."""

    observation = models.OneToOneField(
        Observation, on_delete=models.CASCADE, related_name="meeting"
    )
    asked_first = models.CharField(max_length=20, choices=choices.PersonRole, blank=True)
    account = models.CharField(
        "whose account of risk prevailed", max_length=20, choices=choices.PersonRole, blank=True
    )
    decided = models.CharField(max_length=5, choices=choices.Decided, blank=True)

    class Meta:
        verbose_name_plural = "meeting facts"

    def __str__(self):
        return f"Meeting of {self.observation}"


class TalkShare(models.Model):
    """Minutes for which one role spoke in a meeting."""

    meeting = models.ForeignKey(MeetingFacts, on_delete=models.CASCADE, related_name="shares")
    role = models.CharField(max_length=20, choices=choices.PersonRole)
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "role"], name="observations_share_once_a_role"
            )
        ]

    def __str__(self):
        return f"{self.get_role_display()}, {self.minutes} minutes"


class Conversation(models.Model):
    """What observer and practitioner agreed afterwards."""

    observation = models.OneToOneField(
        Observation, on_delete=models.CASCADE, related_name="conversation"
    )
    strengths = models.TextField(blank=True)
    questions = models.TextField("questions to think about", blank=True)
    next_step = models.TextField("one next step", blank=True)
    look_again_on = models.DateField("when to look again", null=True, blank=True)

    def __str__(self):
        return f"Conversation about {self.observation}"


class Answer(models.Model):
    """The practitioner's right of reply. It travels with the evidence."""

    class Verdict(models.TextChoices):
        AGREED = "agreed", "Agreed"
        DISPUTED = "disputed", "Disputed"

    class Fairness(models.TextChoices):
        FAIR = "fair", "Fair"
        MOSTLY = "mostly", "Mostly fair"
        UNFAIR = "unfair", "Not fair"

    observation = models.OneToOneField(Observation, on_delete=models.CASCADE, related_name="answer")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="answers"
    )
    verdict = models.CharField(max_length=10, choices=Verdict)
    words = models.TextField("in your own words", blank=True)
    fairness = models.CharField("how being observed felt", max_length=10, choices=Fairness)
    answered_at = models.DateTimeField(default=timezone.now, editable=False)
    read_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(verdict="disputed", words=""),
                name="observations_answer_dispute_has_words",
                violation_error_message="Say in your own words what you see differently.",
            )
        ]

    def __str__(self):
        return f"{self.get_verdict_display()} by {self.by}"


class IdentifierQuerySet(models.QuerySet):
    def open(self):
        """Still to be settled, in text order."""
        return self.filter(settled_at=None).order_by("passage", "start")

    def replaced(self):
        """Words with others in their place, the latest first."""
        return self.filter(settled=Identifier.Settled.REPLACED).order_by("-settled_at", "-pk")


class Identifier(models.Model):
    """A place in a passage or a voice where somebody may be identifiable, and what was done."""

    class Settled(models.TextChoices):
        REPLACED = "replaced", "Replaced"
        KEPT = "kept", "Kept"
        GONE = "gone", "Written differently"

    observation = models.ForeignKey(
        Observation, on_delete=models.CASCADE, related_name="identifiers"
    )
    passage = models.ForeignKey(
        Passage, on_delete=models.CASCADE, null=True, related_name="identifiers"
    )
    voice = models.ForeignKey(
        Voice, on_delete=models.CASCADE, null=True, related_name="identifiers"
    )
    kind = models.CharField(max_length=30)
    words = models.CharField(max_length=200)
    suggestion = models.CharField(max_length=60)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    found_at = models.DateTimeField(default=timezone.now, editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    settled = models.CharField(max_length=10, choices=Settled, blank=True)
    replacement = models.CharField(max_length=60, blank=True)  # what stands there now
    # Where it stands, as (start, end) pairs, so that the words can be put back.
    replaced_places = ArrayField(
        ArrayField(models.PositiveIntegerField(), size=2), default=list, editable=False
    )
    put_back_at = models.DateTimeField(null=True, editable=False)
    reason = models.CharField(max_length=200, blank=True)

    objects = IdentifierQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(passage=None, voice__isnull=False)
                | models.Q(passage__isnull=False, voice=None),
                name="observations_identifier_in_one_place",
            ),
            models.CheckConstraint(
                condition=models.Q(settled_at=None, settled="")
                | (models.Q(settled_at__isnull=False) & ~models.Q(settled="")),
                name="observations_identifier_settled_how_and_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(settled="kept", reason=""),
                name="observations_identifier_kept_with_a_reason",
                violation_error_message="Say why it can stay.",
            ),
        ]

    def __str__(self):
        return self.kind


class SectionSave(models.Model):
    """The number of the last save of one section, so that a second tab is noticed."""

    observation = models.ForeignKey(
        Observation, on_delete=models.CASCADE, related_name="section_saves"
    )
    section = models.CharField(max_length=60)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["observation", "section"], name="observations_section_save_once"
            )
        ]

    def __str__(self):
        return f"{self.section}, save {self.revision}"


class OtherCopy(models.Model):
    """What a second tab or device sent on top of a newer save: kept until a person picks."""

    observation = models.ForeignKey(
        Observation, on_delete=models.CASCADE, related_name="other_copies"
    )
    section = models.CharField(max_length=60)
    window = models.UUIDField(default=uuid.uuid4)  # made with each page, so one copy a window
    typed = models.TextField()  # the form as it was sent, url-encoded
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    picked_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name_plural = "other copies"
        constraints = [
            models.UniqueConstraint(
                fields=["observation", "section", "window"],
                name="observations_other_copy_once_a_window",
            )
        ]

    def __str__(self):
        return f"Other copy of {self.section}"
