import uuid
from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from frameworks.lists.shipped import about_of, label_then
from frameworks.models import FrameworkVersion
from frameworks.models.lists import MEETINGS, WITHOUT_FAMILY, ListOf, WorkAbout
from observations import life
from observations.models import choices
from practicelens.database.constraints import LooksAtWhatIsThere
from practicelens.people.models import Unit
from practicelens.people.permissions import Act

# Working days the practitioner has to answer before it counts as "no reply".
DAYS_TO_REPLY = 10


class FirstOfMonth(models.Func):
    """The first day of a date's month, in a form that a stored column may use."""

    template = "(%(expressions)s - (EXTRACT(DAY FROM %(expressions)s)::integer - 1))"
    output_field = models.DateField()


class ObservationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own; those of one's part of the organisation; those shared with one.

        A draft is its observer's alone. A withdrawn one is its observer's alone again. Whoever has
        moved on keeps their own to read, and what was shared of their own practice; whatever else
        they read by a role is gone with the role. What they can still do is in
        observations/life.py.
        """
        reached = user.reach(Act.READ_OBSERVATIONS)
        return self.filter(
            models.Q(observer_id=user.pk)
            | models.Q(unit__in=reached, is_counted=True)
            | models.Q(practitioner_id=user.pk, shared_at__isnull=False, is_counted=True)
        )

    def written_by(self, user):
        """One's own, which one always sees; without all the units that one's roles reach."""
        return self.filter(observer_id=user.pk)

    def listed(self):
        """All but those that went out again with an import that was undone."""
        return self.exclude(imported_from__outcome="taken_out")

    def counted(self):
        return self.filter(is_counted=True)

    def held(self, pks):
        """{pk: observation as it is now} of these: held, in one order, against being withdrawn."""
        rows = self.filter(pk__in=pks).select_for_update(no_key=True, of=("self",))
        return {observation.pk: observation for observation in rows.order_by("pk")}

    def in_hands_of(self, user):
        """Those on which the user may act as their observer: see Observation.is_in_hands_of."""
        return self.filter(observer_id=user.pk, unit__in=user.reach(Act.WRITE_OBSERVATIONS))

    def coded_by(self, user, act=Act.DECIDE_THEMES):
        """Those of whose passages the user decides what they speak to, none of their own practice."""
        reached = user.reach(act)
        return self.counted().filter(unit__in=reached).exclude(practitioner_id=user.pk)

    def drafts_of(self, user):
        return self.in_hands_of(user).unfinished()

    def unfinished(self):
        """Still being written; a trial observation that is finished is not."""
        return self.filter(submitted_at=None, tried_at=None, withdrawn_at=None)

    def tried(self):
        """Trial observations that are finished."""
        return self.filter(tried_at__isnull=False, withdrawn_at=None)

    def shared_with(self, user):
        return self.filter(practitioner_id=user.pk, shared_at__isnull=False, is_counted=True)

    def not_shared(self):
        """Those that count, are of someone's practice, and are not shared with them."""
        return self.filter(is_counted=True, practitioner__isnull=False, shared_at=None)

    def waiting_for_reply(self):
        return self.filter(is_counted=True, shared_at__isnull=False, reply=None)

    def beside(self, observation):
        """Observations that may be of the same occasion: another observer, same unit, within a day.

        Where the other observer is the practitioner of this observation, it must be shared with
        them first: to put it beside theirs would show it.
        """
        day = timedelta(days=1)
        found = self.filter(
            is_counted=True,
            unit=observation.unit_id,
            framework_version__framework=observation.framework_version.framework_id,
            observed_on__range=(observation.observed_on - day, observation.observed_on + day),
        ).exclude(observer=observation.observer_id)
        if observation.shared_at is None and observation.practitioner_id:
            found = found.exclude(observer=observation.practitioner_id)
        return found

    def to_look_again(self, today):
        """Those with an agreed next step whose day to look again is near or just past, in order."""
        near = (today - timedelta(days=14), today + timedelta(days=28))
        return (
            self.filter(conversation__look_again_on__range=near)
            .exclude(conversation__next_step="")
            .select_related("conversation")
            .order_by("conversation__look_again_on", "pk")
        )

    def for_list(self):
        """Everything one row of a list shows."""
        return self.select_related(
            "unit", "observer", "practitioner", "framework_version__framework", "reply"
        ).order_by(Coalesce("submitted_at", "changed_at").desc(), "-pk")

    def for_reading(self):
        """Everything the page of one observation shows."""
        return self.select_related(
            "unit",
            "observer",
            "practitioner",
            "framework_version__framework",
            "framework_version__second_language",
            "reply",
            "conversation",
            "meeting",
            "arrival",
            "imported_from__file",
            "imported_from__of__by",
        )


class Observation(LooksAtWhatIsThere, models.Model):
    """One occasion of being close to practice, by one observer, in one unit.

    What can be done with it, by whom and when, is the table of its life (observations/life.py).
    `is_counted` and `month` are kept by the database, and reach every passage,
    rating, friction entry and mention through a composite foreign key that cascades.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="observations")
    observer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="observations_made"
    )
    practitioner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="observations_of_them",
    )
    framework_version = models.ForeignKey(
        FrameworkVersion, on_delete=models.PROTECT, related_name="observations"
    )

    # Where and who
    observed_on = models.DateField("date", default=timezone.localdate)
    part_of_day = models.CharField(
        "when in the day", max_length=10, choices=choices.PartOfDay, blank=True
    )
    minutes = models.PositiveSmallIntegerField("length in minutes", null=True, blank=True)
    # A code of a list of the unit's (frameworks/lists), as a setting and a role in the room are.
    kind_of_work = models.CharField("kind of work", max_length=20)
    # What that kind of work is about: it stays, whatever becomes of the list.
    is_about = models.CharField(
        "what the kind of work is about", max_length=15, choices=WorkAbout, editable=False
    )
    # {list: {code: label}} of what the observation and its parts name, as the labels were then.
    labels = models.JSONField(default=dict, db_default={}, editable=False)
    setting = models.CharField(max_length=20, blank=True)
    proximity = models.CharField(
        "how you observed it", max_length=15, choices=choices.Proximity, blank=True
    )
    mode = models.CharField("in person or remote", max_length=10, choices=choices.Mode, blank=True)
    present = ArrayField(
        models.CharField(max_length=20),
        default=list,
        blank=True,
        verbose_name="who was there",
    )
    family_asked = models.CharField(
        "was the family asked", max_length=15, choices=choices.FamilyAsked, blank=True
    )

    # My reflection
    reflection_effect = models.TextField("your part in what happened", blank=True)
    reflection_asks = models.TextField("your reflection", blank=True)
    # The reflection is its writer's own, unless they say otherwise.
    shows_reflection = models.BooleanField(
        "show my reflection to everybody who reads this observation", default=False
    )

    # Made to try a draft of a framework: it is finished, never submitted, and counts nowhere.
    is_trial = models.BooleanField(default=False, editable=False)
    tried_at = models.DateTimeField(null=True, editable=False)

    # It came from a file (ImportRow): what an old record does not say stays empty.
    is_imported = models.BooleanField(default=False, db_default=False, editable=False)

    # What happened to it
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(null=True, editable=False)
    coded_at = models.DateTimeField(null=True, editable=False)
    shared_at = models.DateTimeField(null=True, editable=False)
    # Why it is not shared, or was not at first; of a draft, why it is not to be: else empty.
    not_shared_because = models.CharField(
        "why it is not shared",
        max_length=15,
        choices=choices.NotShared,
        blank=True,
        default="",
        db_default="",
    )
    not_shared_words = models.TextField(
        "why, in your own words", blank=True, default="", db_default=""
    )
    # When the practitioner first read it: from then on the sharing can't be taken back.
    opened_at = models.DateTimeField(null=True, editable=False)
    # When the practitioner was last written to that the time to reply runs out.
    reminded_at = models.DateTimeField(null=True, editable=False)
    # When a briefing that quotes from it was first issued: from then on the reply stays as it is.
    quoted_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_because = models.TextField(blank=True)

    month = models.GeneratedField(
        expression=FirstOfMonth("observed_on"), output_field=models.DateField(), db_persist=True
    )
    is_counted = models.GeneratedField(
        expression=models.Q(submitted_at__isnull=False, withdrawn_at__isnull=True),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    objects = ObservationQuerySet.as_manager()

    class Meta:
        constraints = [
            # What the parts point at; see the migration `tie_parts_to_their_observation`.
            models.UniqueConstraint(
                fields=["id", "unit", "month", "is_counted"],
                name="observations_observation_key_of_parts",
            ),
            models.CheckConstraint(
                condition=~models.Q(observer=models.F("practitioner")),
                name="observations_observation_not_of_oneself",
                violation_error_message=(
                    "You can't be both observer and practitioner. For your own practice, leave "
                    "the practitioner empty."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(is_about__in=WorkAbout.values),
                name="observations_observation_is_about_something",
            ),
            models.CheckConstraint(
                condition=models.Q(submitted_at=None)
                | models.Q(is_imported=True)
                | (
                    models.Q(minutes__isnull=False)
                    & ~models.Q(part_of_day="")
                    & ~models.Q(setting="")
                    & ~models.Q(proximity="")
                    & ~models.Q(mode="")
                    & ~models.Q(family_asked="")
                ),
                name="observations_observation_submitted_whole",
                violation_error_message="Say where, when and who before you submit.",
            ),
            models.CheckConstraint(
                condition=models.Q(shared_at=None)
                | models.Q(submitted_at__isnull=False, practitioner__isnull=False),
                name="observations_observation_shared_after_submitted",
            ),
            models.CheckConstraint(
                condition=models.Q(submitted_at=None)
                | models.Q(practitioner=None)
                | models.Q(shared_at__isnull=False)
                | ~models.Q(not_shared_because=""),
                name="observations_observation_not_shared_with_a_reason",
                violation_error_message="Say why it is not shared.",
            ),
            models.CheckConstraint(
                condition=models.Q(submitted_at=None)
                | ~models.Q(not_shared_because=choices.NotShared.OTHER, not_shared_words=""),
                name="observations_observation_other_reason_has_words",
                violation_error_message="Say in your own words why it is not shared.",
            ),
            models.CheckConstraint(
                condition=models.Q(opened_at=None, reminded_at=None)
                | models.Q(shared_at__isnull=False),
                name="observations_observation_opened_after_shared",
            ),
            models.CheckConstraint(
                condition=models.Q(coded_at=None) | models.Q(submitted_at__isnull=False),
                name="observations_observation_coded_after_submitted",
            ),
            models.CheckConstraint(
                condition=models.Q(is_trial=False) | models.Q(submitted_at=None),
                name="observations_observation_trial_never_submitted",
            ),
            models.CheckConstraint(
                condition=models.Q(tried_at=None) | models.Q(is_trial=True),
                name="observations_observation_tried_only_in_a_trial",
            ),
            models.CheckConstraint(
                condition=models.Q(minutes=None) | models.Q(minutes__range=(1, 1440)),
                name="observations_observation_minutes_in_a_day",
                violation_error_message="Give the length in minutes, from 1 to 1440.",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "month"], name="observations_unit_month"),
            models.Index(
                fields=["unit", "is_about", "observed_on"],
                condition=models.Q(is_counted=True),
                name="observations_last_seen",
            ),
            models.Index(
                fields=["-observed_on"],
                condition=models.Q(is_counted=True),
                name="observations_newest_seen",
            ),
            models.Index(fields=["observer", "-changed_at"], name="observations_observer_changed"),
            models.Index(
                fields=["submitted_at"],
                condition=models.Q(
                    submitted_at__isnull=False, coded_at__isnull=True, withdrawn_at__isnull=True
                ),
                name="observations_to_code",  # found by the sweep
            ),
            models.Index(
                fields=["shared_at"],
                condition=models.Q(
                    shared_at__isnull=False, reminded_at__isnull=True, withdrawn_at__isnull=True
                ),
                name="observations_to_remind",
            ),
            models.Index(
                Coalesce("submitted_at", "changed_at").desc(),
                models.F("id").desc(),
                name="observations_newest",  # the list's order
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_of_work_display()}, {self.unit}"

    def save(self, *args, **kwargs):
        """What is made without the lists of its unit is about what the shipped lists say."""
        self.is_about = self.is_about or about_of(ListOf.KIND_OF_WORK, self.kind_of_work)
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("observations:observation", args=[self.key])

    def label(self, of, code):
        """What a code of a list was called when it was written here; empty for none."""
        return label_then(self.labels, of, code)

    def role(self, code):
        return self.label(ListOf.ROLE, code)

    def get_kind_of_work_display(self):
        return self.label(ListOf.KIND_OF_WORK, self.kind_of_work)

    def get_setting_display(self):
        return self.label(ListOf.SETTING, self.setting)

    @property
    def place(self):
        """What the parts of this observation are created with."""
        return {
            "observation": self,
            "unit_id": self.unit_id,
            "month": self.month,
            "is_counted": self.is_counted,
        }

    @property
    def present_words(self):
        """Who was there, by role, as a list in words."""
        return ", ".join(map(self.role, self.present))

    @property
    def state(self):
        return life.state_of(self)

    @property
    def is_draft(self):
        return self.state in life.WRITTEN

    @property
    def is_withdrawn(self):
        return self.state == life.State.WITHDRAWN

    @property
    def has_meeting(self):
        return self.is_about in MEETINGS

    @property
    def meets_no_family(self):
        """Whether the work is such that nothing is asked about a family."""
        return self.is_about in WITHOUT_FAMILY

    @property
    def family_there(self):
        """What the work is about where a family is met; else None."""
        return None if self.meets_no_family else self.is_about

    def allows(self, do, user):
        """Whether the person can do this with it now, by the table of its life."""
        return life.allows(self, do, user)

    def is_in_hands_of(self, user):
        """Whether the user may act on it as its observer: they wrote it, and write there still."""
        return life.is_theirs(self, life.Who.OBSERVER, user)

    @property
    def from_offline(self):
        """How it came from a device, if it lay there for a while before; else None."""
        arrival = getattr(self, "arrival", None)
        return arrival if arrival and arrival.was_offline else None

    @property
    def came_in(self):
        """The row of the file that it was imported from; else None."""
        return getattr(self, "imported_from", None) if self.is_imported else None

    @property
    def agreed_conversation(self):
        """The conversation about it, if both have agreed to it; else None."""
        conversation = getattr(self, "conversation", None)
        return conversation if conversation and conversation.agreed_at else None

    @property
    def reply_by(self):
        """The last day on which the practitioner's answer is waited for."""
        return self.unit.working_days_from(self.unit.day_of(self.shared_at), DAYS_TO_REPLY)

    @property
    def reply_words(self):
        """What the practitioner answered, in the words used beside evidence."""
        if self.practitioner_id is None:
            return "No one practitioner"
        if hasattr(self, "reply"):
            return self.reply.get_verdict_display()
        if self.shared_at is None:
            return "Not shared yet"
        return "Waiting" if self.is_reply_awaited else "No reply"

    @property
    def is_reply_awaited(self):
        """Whether there is still time to reply to what was shared; a late reply is welcome."""
        return self.unit.today() <= self.reply_by
