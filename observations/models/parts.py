"""The parts of an observation, and what is beside it."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models

from frameworks.models import Cause, Criterion, Level, Prompt
from observations.models import choices
from observations.models.observation import Observation
from practicelens.numbers import lowered
from practicelens.people.models import Unit

DISAGREED = "disagreed"  # Reply.Verdict.DISAGREED, which is a module above


class Folded(models.Func):
    """A text as `coding.words.folded` has it, in the database."""

    function = "observations_folded"
    output_field = models.TextField()


def searched_in(*texts):
    """The words of these columns, folded, to search in; kept by the database."""
    return models.GeneratedField(
        expression=SearchVector(*map(Folded, texts), config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )


class Part(models.Model):
    """A row of an observation that is counted: it carries where, when and whether it counts.

    The three are copies that the database keeps true (ON UPDATE CASCADE); create a part with
    `Part(**observation.place, ...)`. They are what keeps one more observation cheap in a large
    archive.
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

    def within(self, unit):
        """Those of the unit and of all below it."""
        return self.filter(unit__in=Unit.objects.below(unit))

    def quotable(self):
        """What may be put forward: counted, seen or heard, with no open identifier.

        Words that the practitioner sees differently wait for the names in their answer too.
        """
        here = models.OuterRef("pk")
        open_ones = Passage.objects.filter(
            pk=here, redactions__isnull=False, redactions__settled_at=None
        )
        return self.filter(
            ~models.Exists(open_ones),
            ~models.Exists(Passage.objects.filter(pk=here).with_open_answer()),
            is_counted=True,
            kind__in=Passage.QUOTABLE,
        )

    def by_observer(self):
        """Those that the observer wrote; a family's own words are not the observer's to change."""
        return self.exclude(kind=Passage.Kind.FAMILY)

    def to_code_fresh(self):
        """Those of which an observer is asked in a draft what they speak to: what they wrote.

        A family's words come in at any time, and wait for the review queue.
        """
        return self.by_observer().exclude(text="")

    def disputed(self):
        """Those that the practitioner sees differently: the passage, or the whole observation."""
        beside = Passage.objects.filter(pk=models.OuterRef("pk"), reply_parts__verdict=DISAGREED)
        return self.filter(models.Q(observation__reply__verdict=DISAGREED) | models.Exists(beside))

    def with_open_answer(self):
        """Those disputed in whose answer a name is still to be settled."""
        part = "observation__redactions__reply_part"
        in_answer = (
            models.Q(observation__redactions__reply__isnull=False)
            | models.Q(**{f"{part}__passage": models.F("pk")})
            | models.Q(**{f"{part}__isnull": False, f"{part}__passage": None})
        )
        return self.disputed().filter(in_answer, observation__redactions__settled_at=None)

    def with_answers(self):
        """With all that `answer` and `reply_words` read."""
        return self.select_related("observation__unit", "observation__reply").prefetch_related(
            "observation__reply__parts"
        )


class Passage(Part):
    """A piece of narrative, marked seen, heard or my reading; or a family's words, from a card."""

    class Kind(models.TextChoices):
        SEEN = "seen", "Seen"
        HEARD = "heard", "Heard"
        READING = "reading", "My reading"
        FAMILY = "family", "Family’s words"

    OWN_KINDS = (Kind.SEEN, Kind.HEARD, Kind.READING)  # what an observer can say of a passage
    QUOTABLE = (Kind.SEEN, Kind.HEARD, Kind.FAMILY)

    key = models.UUIDField(default=uuid.uuid4, editable=False)
    prompt = models.ForeignKey(
        Prompt, on_delete=models.PROTECT, null=True, blank=True, related_name="passages"
    )
    kind = models.CharField("how do you know?", max_length=10, choices=Kind, blank=True)
    text = models.TextField(blank=True)
    # What it answers, in the file that it was imported from.
    heading = models.CharField(max_length=200, blank=True, db_default="", editable=False)
    # Its author says that this alone may matter, whatever the rest adds up to.
    is_marked = models.BooleanField("this may matter on its own", default=False)
    # How risk was spoken of in it, as its observer marked it.
    risk = ArrayField(
        models.CharField(max_length=15, choices=choices.RiskStatement),
        default=list,
        db_default=[],
        blank=True,
        verbose_name="how risk was spoken of",
    )
    # Themes that it is less likely to speak to, each [theme's pk, start, end]; counted nowhere.
    perhaps = models.JSONField(default=list, db_default=[], editable=False)
    position = models.PositiveSmallIntegerField(default=0)
    search = searched_in("text")

    objects = PassageQuerySet.as_manager()

    class Meta:
        constraints = [
            # The client makes the key, so that the same passage sent twice is one passage.
            models.UniqueConstraint(
                fields=["observation", "key"], name="observations_passage_key_once"
            ),
            models.CheckConstraint(
                condition=models.Q(risk__contained_by=choices.RiskStatement.values),
                name="observations_passage_risk_of_the_list",
            ),
            models.CheckConstraint(
                condition=models.Q(risk=[]) | ~models.Q(kind="family"),
                name="observations_passage_risk_marked_by_its_observer",
            ),
        ]
        indexes = [
            GinIndex(fields=["search"], name="observations_passage_search"),
            models.Index(
                fields=["unit", "month"],
                include=["kind", "id"],
                condition=models.Q(is_counted=True),
                name="observations_passage_months",
            ),
            models.Index(
                fields=["unit", "month"],
                include=["risk", "observation"],
                condition=models.Q(is_counted=True) & ~models.Q(risk=[]),
                name="observations_passage_risk",
            ),
        ]

    def __str__(self):
        return f"Passage {self.position}"

    @property
    def risk_words(self):
        """How risk was spoken of in it, in the order of the list; empty where nothing is marked."""
        marked = [each.label for each in choices.RiskStatement if each in self.risk]
        first, *others = marked or [""]
        return "; ".join([first, *map(lowered, others)])

    @property
    def said_of_it(self):
        """The parts of the reply that are beside it, the first first."""
        reply = getattr(self.observation, "reply", None)
        return [each for each in reply.parts.all() if each.passage_id == self.pk] if reply else []

    @property
    def is_disputed(self):
        """Whether the practitioner sees it differently: it, or the whole observation."""
        reply = getattr(self.observation, "reply", None)
        said = [reply, *self.said_of_it] if reply else []
        return any(each.verdict == DISAGREED for each in said)

    @property
    def reply_words(self):
        """What the practitioner replied to it, in the words used beside evidence."""
        return "Disagreed" if self.is_disputed else self.observation.reply_words

    @property
    def answer(self):
        """What the practitioner says against it, which goes wherever it is quoted; else empty.

        Of a dispute of the whole, the reply; then what is said of the passage, and what was added
        about the whole; a paragraph each.
        """
        if not self.is_disputed:
            return ""
        reply = self.observation.reply
        added = [each.words for each in reply.parts.all() if each.passage_id is None]
        of_it = [each.words or f"{each.said} with this passage." for each in self.said_of_it]
        whole = [reply.words] if reply.verdict == DISAGREED else []
        return "\n".join(words.strip() for words in [*whole, *of_it, *added])

    @property
    def is_quotable_kind(self):
        return self.kind in self.QUOTABLE


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
    search = searched_in("evidence")
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
                include=["outcome", "level", "cause", "observation"],
                condition=models.Q(is_counted=True),
                name="observations_rating_cells",
            ),
            GinIndex(fields=["search"], name="observations_rating_search"),
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
    # Such as the name of the case system: what is written twice in an organisation is offered there.
    called = models.CharField(
        "what it is called here", max_length=60, blank=True, default="", db_default=""
    )
    effect = models.CharField("did it help?", max_length=10, choices=Effect, blank=True)
    minutes = models.PositiveSmallIntegerField("minutes lost or gained", null=True, blank=True)
    step = models.CharField("which step", max_length=200, blank=True)
    family = models.TextField("what it did to the family", blank=True)
    workaround = models.TextField("the way round it", blank=True)
    search = searched_in("step", "family", "workaround")

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
            ),
            models.Index(
                fields=["unit", "month"],
                include=["called", "effect", "minutes"],
                condition=models.Q(is_counted=True) & ~models.Q(called=""),
                name="observations_friction_called",
            ),
            GinIndex(fields=["search"], name="observations_friction_search"),
        ]

    def __str__(self):
        return self.get_system_display()

    @property
    def what(self):
        """Which system or process it was, and what it is called here."""
        return ": ".join(filter(None, [self.get_system_display(), self.called]))


class Voice(models.Model):
    """What someone said of it, in their own words; by role, never with a case number."""

    observation = models.ForeignKey(Observation, on_delete=models.CASCADE, related_name="voices")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    who = models.CharField(max_length=20, blank=True)
    words = models.TextField("their own words", blank=True)
    search = searched_in("words")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["observation", "key"], name="observations_voice_key_once"
            ),
        ]
        indexes = [GinIndex(fields=["search"], name="observations_voice_search")]

    def __str__(self):
        return self.get_who_display()

    def get_who_display(self):
        return self.observation.role(self.who)
