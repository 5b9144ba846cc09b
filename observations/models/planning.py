"""Visits that are planned before anything was seen, and the addresses that calendars read them at."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import models
from django.urls import reverse
from django.utils import timezone

from frameworks.lists.shipped import label_then
from frameworks.models.lists import WITHOUT_FAMILY, ListOf, WorkAbout
from observations.models.choices import FamilyAsked
from observations.models.observation import Observation
from practicelens import spoken_days as days
from practicelens.people.models import Unit
from practicelens.people.permissions import Act

# Of a visit that says no length, what a calendar keeps free.
MINUTES_KEPT = 60
FEED = "observations.calendar"


STILL_PLANNED = models.Q(declined_at=None, cancelled_at=None, begun_at=None, emptied_at=None)
# A plan whose words and whose practitioner went: what is left is what is counted.
EMPTIED = {
    "practitioner": None,
    "follows": None,
    "observation": None,
    "observers_focus": "",
    "practitioners_focus": "",
    "family_how": "",
    "message": "",
    "because": "",
}


class PlannedVisitQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those that one planned, and those that were planned with one: nobody else's."""
        return self.filter(models.Q(observer_id=user.pk) | models.Q(practitioner_id=user.pk))

    def in_hands_of(self, user):
        """Those that the user can change: they planned them, and observe there still."""
        return self.filter(observer_id=user.pk, unit__in=user.reach(Act.WRITE_OBSERVATIONS))

    def planned(self):
        """Those that nobody called off, from which no observation was begun, and whose words are here."""
        return self.filter(STILL_PLANNED)

    def not_called_off(self):
        return self.filter(declined_at=None, cancelled_at=None)

    def called_off(self):
        return self.filter(
            models.Q(declined_at__isnull=False) | models.Q(cancelled_at__isnull=False)
        )

    def for_list(self):
        """Everything one row of a list shows, the next first."""
        return self.select_related("unit", "observer", "practitioner").order_by(
            "visit_on", models.F("visit_at").asc(nulls_first=True), "pk"
        )


class PlannedVisit(models.Model):
    """One occasion on which an observer means to be close to practice: who, where, when and what for.

    It is planned until an observation is begun from it, the practitioner says not today, the
    observer cancels it, or its words went without any of that. What was called off is kept, with its
    reason: without it a month of few observations can't be told from a month in which little was
    tried.
    """

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        BEGUN = "begun", "Observation begun"
        DECLINED = "declined", "Not today"
        CANCELLED = "cancelled", "Cancelled"
        UNSETTLED = "unsettled", "Never settled"

    class Why(models.TextChoices):
        """Why a visit was called off; it speaks of the occasion, never of a person."""

        FAMILY = "family", "The family said no, or it no longer suited them"
        NO_VISIT = "no_visit", "The visit or meeting itself did not go ahead"
        OTHER_WORK = "other_work", "Other work had to come first"
        NOT_RIGHT = "not_right", "A visit would not have been right that day"
        OTHER = "other", "Another reason"

    # An observation that is begun from it has the same key, so that there is one at most.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    observer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="visits_planned"
    )
    practitioner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="visits_planned_with_them",
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="planned_visits")
    visit_on = models.DateField("day of the visit")
    # The clock there; empty for some time that day.
    visit_at = models.TimeField("time of the visit", null=True, blank=True)
    minutes = models.PositiveSmallIntegerField("length in minutes", null=True, blank=True)
    # A code of a list of the unit's, what it is about, and its label as it was then.
    kind_of_work = models.CharField("kind of work", max_length=20)
    is_about = models.CharField(max_length=15, choices=WorkAbout, editable=False)
    labels = models.JSONField(default=dict, db_default={}, editable=False)
    # The observation after which it was agreed to look again.
    follows = models.ForeignKey(
        Observation, on_delete=models.SET_NULL, null=True, blank=True, related_name="visits_after"
    )

    observers_focus = models.TextField(max_length=1000, blank=True)
    practitioners_focus = models.TextField(max_length=1000, blank=True)
    family_asked = models.CharField(
        "has the family been asked", max_length=15, choices=FamilyAsked, blank=True
    )
    family_how = models.CharField("how the family was asked", max_length=200, blank=True)
    message = models.TextField("a few words to the practitioner", max_length=500, blank=True)

    made_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)
    begun_at = models.DateTimeField(null=True, editable=False)
    declined_at = models.DateTimeField(null=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)
    why = models.CharField("reason", max_length=10, choices=Why, blank=True)
    because = models.CharField("in your own words", max_length=300, blank=True)
    observation = models.OneToOneField(
        Observation, on_delete=models.SET_NULL, null=True, editable=False, related_name="plan"
    )
    # When its words and its practitioner went: what is left is what is counted.
    emptied_at = models.DateTimeField(null=True, editable=False)

    objects = PlannedVisitQuerySet.as_manager()

    class Meta:
        verbose_name = "planned visit"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(observer=models.F("practitioner")),
                name="observations_plannedvisit_not_with_oneself",
            ),
            models.CheckConstraint(
                condition=models.Q(begun_at=None, declined_at=None)
                | models.Q(begun_at=None, cancelled_at=None)
                | models.Q(declined_at=None, cancelled_at=None),
                name="observations_plannedvisit_ends_one_way",
            ),
            models.CheckConstraint(
                condition=models.Q(cancelled_at=None) | ~models.Q(why=""),
                name="observations_plannedvisit_cancelled_for_a_reason",
                violation_error_message="Say why the visit is cancelled.",
            ),
            models.CheckConstraint(
                condition=models.Q(why="", because="")
                | models.Q(declined_at__isnull=False)
                | models.Q(cancelled_at__isnull=False),
                name="observations_plannedvisit_reason_of_what_is_called_off",
            ),
            models.CheckConstraint(
                condition=models.Q(observation=None) | models.Q(begun_at__isnull=False),
                name="observations_plannedvisit_observation_is_begun",
            ),
            models.CheckConstraint(
                condition=models.Q(minutes=None) | models.Q(minutes__range=(1, 1440)),
                name="observations_plannedvisit_minutes_in_a_day",
                violation_error_message="Give the length in minutes, from 1 to 1440.",
            ),
            models.CheckConstraint(
                condition=models.Q(is_about__in=WorkAbout.values),
                name="observations_plannedvisit_is_about_something",
            ),
            models.CheckConstraint(
                condition=models.Q(emptied_at=None) | models.Q(**EMPTIED),
                name="observations_plannedvisit_emptied_of_words",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "visit_on"], name="observations_visits_of_unit"),
            models.Index(
                fields=["visit_on"],
                condition=models.Q(emptied_at=None),
                name="observations_visits_to_empty",  # found by the sweep
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_of_work_display()}, {self.unit}"

    def get_absolute_url(self):
        return reverse("observations:planned_visit", args=[self.key])

    def get_kind_of_work_display(self):
        """What the kind of work was called when the visit was planned."""
        return label_then(self.labels, ListOf.KIND_OF_WORK, self.kind_of_work)

    @property
    def state(self):
        if self.begun_at:
            return self.State.BEGUN
        if self.declined_at:
            return self.State.DECLINED
        if self.cancelled_at:
            return self.State.CANCELLED
        return self.State.UNSETTLED if self.emptied_at else self.State.PLANNED

    @property
    def is_planned(self):
        return self.state == self.State.PLANNED

    @property
    def is_called_off(self):
        return self.state in (self.State.DECLINED, self.State.CANCELLED)

    @property
    def is_past(self):
        """Whether its day is over there."""
        return self.visit_on < self.unit.today()

    @property
    def when(self):
        """Such as Tuesday 8 December, 10:30."""
        day = days.in_words(self.visit_on, weekday=True, today=self.unit.today())
        return f"{day}, {self.visit_at:%H:%M}" if self.visit_at else day

    @property
    def meets_no_family(self):
        return self.is_about in WITHOUT_FAMILY

    @property
    def starts(self):
        """The moment it starts, or None for some time that day."""
        if self.visit_at is None:
            return None
        return datetime.combine(self.visit_on, self.visit_at, tzinfo=self.unit.zone)

    @property
    def ends(self):
        return self.starts and self.starts + timedelta(minutes=self.minutes or MINUTES_KEPT)

    def is_in_hands_of(self, user):
        """Whether the user can change it: they planned it, and observe there still."""
        return self.observer_id == user.pk and self.unit_id in user.reach(Act.WRITE_OBSERVATIONS)

    def can_be_changed_by(self, user):
        return self.is_planned and self.is_in_hands_of(user)

    def can_be_answered_by(self, user):
        """Whether the user is the practitioner, who can say what to look at, or not today."""
        return self.is_planned and self.practitioner_id == user.pk


class CalendarAddressQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(user=user)

    def led_to_by(self, token):
        """The address that a token is of, if we made the token and whose it is can sign in still."""
        try:
            key = uuid.UUID(seal().unsign(token))
        except (signing.BadSignature, ValueError):
            return None
        return self.filter(key=key, user__is_active=True).select_related("user").first()


class CalendarAddress(models.Model):
    """Where someone's calendar reads their planned visits: whoever has the address can read it.

    It leads nowhere once it is ended or another is made. The database alone does not give it away:
    its token is sealed with the service's secret.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calendar_address"
    )
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CalendarAddressQuerySet.as_manager()

    class Meta:
        verbose_name = "calendar address"
        verbose_name_plural = "calendar addresses"

    def __str__(self):
        return f"Calendar address of {self.user}"

    @property
    def path(self):
        return reverse("observations:calendar_feed", args=[seal().sign(str(self.key))])


def seal():
    return signing.Signer(salt=FEED, sep="~")
