"""People, the organisation's tree, and the roles that say who can see what."""

from functools import cached_property
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from practicelens.people import permissions, working_days
from practicelens.people.permissions import CARRIES, Act, kinds_that
from practicelens.people.reach import reached_by


class UnitQuerySet(models.QuerySet):
    def below(self, *units):
        """The given units and everything under them."""
        return self.filter(reached_from__above__in=units)

    def above(self, unit):
        """The unit itself and everything it is under, nearest first."""
        return self.filter(reaches__below=unit).order_by("-reaches__steps")

    def where(self, user, act):
        """The units in which the user can do this."""
        return self.filter(pk__in=user.reach(act))

    def visible_to(self, user):
        """The units on which the user holds a role, and all below them."""
        return self.filter(pk__in=user.reach())

    def teams(self):
        """The units in which practice is seen."""
        return self.filter(kind=Unit.Kind.TEAM)


class Unit(models.Model):
    """A node of the organisation's tree: organisation, service or site, team."""

    class Kind(models.TextChoices):
        ORGANISATION = "organisation", "Organisation"
        SERVICE = "service", "Service or site"
        TEAM = "team", "Team"

    class Jurisdiction(models.TextChoices):
        ENGLAND = "england", "England"
        WALES = "wales", "Wales"
        SCOTLAND = "scotland", "Scotland"
        NORTHERN_IRELAND = "northern_ireland", "Northern Ireland"
        AOTEAROA = "aotearoa", "Aotearoa New Zealand"

    code = models.SlugField("short code")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, choices=Kind)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    # The top of its tree, for good. The database finds it (see the migration `organisations`).
    organisation = models.ForeignKey(
        "self", on_delete=models.DO_NOTHING, editable=False, blank=True, related_name="units"
    )
    # Of a unit that is added with none, that of the unit it is under.
    jurisdiction = models.CharField(max_length=20, choices=Jurisdiction, blank=True)
    # A name of the tz database, and which regional anniversary day is kept; what is empty is as it
    # is in the nearest unit above that says it.
    time_zone = models.CharField(max_length=40, blank=True)
    region = models.CharField("regional anniversary day", max_length=30, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    # Of an organisation, where it is known: a date before it is asked about.
    began_on = models.DateField("when it began", null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")),
                name="people_unit_not_under_itself",
                violation_error_message="A unit can't be under itself.",
            ),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=False) | models.Q(kind="organisation"),
                name="people_unit_only_an_organisation_has_no_parent",
                violation_error_message="Choose the unit that this one is under.",
            ),
            models.UniqueConstraint(
                fields=["organisation", "code"],
                name="people_unit_code_once",
                violation_error_message="Another unit has this short code.",
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=models.Q(parent=None),
                name="people_unit_code_of_an_organisation_once",
                violation_error_message="Another organisation has this short code.",
            ),
            models.CheckConstraint(
                condition=~models.Q(jurisdiction=""),
                name="people_unit_has_a_jurisdiction",
                violation_error_message="Choose the jurisdiction.",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        if self.parent_id:
            self.organisation_id = self.parent.organisation_id
            self.jurisdiction = self.jurisdiction or self.parent.jurisdiction
        super().save(*args, **kwargs)
        self.organisation_id = self.organisation_id or self.pk

    @property
    def if_a_child_is_at_risk(self):
        """What whoever is worried about a child does at once, in the words of the country."""
        if self.language == "en-NZ":
            return "make a report of concern to Oranga Tamariki now, or phone 111 in an emergency"
        return "make a referral to children’s social care now, or phone 999 in an emergency"

    @property
    def language(self):
        """The language tag of what is written for the unit."""
        return "en-NZ" if self.jurisdiction == Unit.Jurisdiction.AOTEAROA else "en-GB"

    @property
    def top(self):
        """The organisation that the unit is in."""
        return self.organisation if self.parent_id else self

    @cached_property
    def zone(self):
        """The time zone that the unit keeps: its own, or that of the nearest unit above."""
        know_zones([self])
        return self.zone

    @cached_property
    def region_kept(self):
        """The region whose anniversary day is kept there, its own or that of the nearest unit above."""
        know_zones([self])
        return self.region_kept

    def is_working_day(self, day):
        return working_days.is_working_day(day, self.jurisdiction, self.region_kept)

    def working_days_from(self, day, count):
        """The day that comes so many working days after a day there; or before it."""
        place = self.jurisdiction, self.region_kept
        return working_days.working_days_from(day, count, *place)

    @property
    def began(self):
        """The day on which the organisation began that it is in, or None."""
        return self.top.began_on

    def today(self):
        """The day that it is there."""
        return timezone.localdate(timezone=self.zone)

    def day_of(self, moment):
        """The day that it was there at a moment."""
        return timezone.localdate(moment, timezone=self.zone)


class UnitReachQuerySet(models.QuerySet):
    def keepers(self, units, keeps):
        """{unit's pk: pk of the nearest unit, itself or above it, of which `keeps` is so}.

        Only in its own country; `keeps` is a condition on the unit `above`.
        """
        rows = self.filter(
            keeps, below__in=units, above__jurisdiction=models.F("below__jurisdiction")
        )
        found = {}
        for below, above in rows.order_by("steps").values_list("below", "above"):
            found.setdefault(below, above)
        return found


class UnitReach(models.Model):
    """From each unit to itself and to all below it: a database view, so it is never out of date."""

    pk = models.CompositePrimaryKey("above_id", "below_id")
    above = models.ForeignKey(Unit, on_delete=models.DO_NOTHING, related_name="reaches")
    below = models.ForeignKey(Unit, on_delete=models.DO_NOTHING, related_name="reached_from")
    steps = models.IntegerField()

    objects = UnitReachQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "people_unit_reach"

    def __str__(self):
        return f"{self.above_id} to {self.below_id}"


def zone_of(jurisdiction):
    """The zone of an organisation that names none."""
    is_aotearoa = jurisdiction == Unit.Jurisdiction.AOTEAROA
    return "Pacific/Auckland" if is_aotearoa else "Europe/London"


def know_zones(units):
    """Tell each of these units its time zone and region, in one query instead of one for each."""
    units = list(units)
    above = UnitReach.objects.filter(below__in={unit.pk for unit in units}).order_by("-steps")
    named, regions = {}, {}  # the nearest comes last
    for unit, parent, jurisdiction, zone, region in above.values_list(
        "below", "above__parent", "above__jurisdiction", "above__time_zone", "above__region"
    ):
        if zone or parent is None:
            named[unit] = zone or zone_of(jurisdiction)
        if region:
            regions[unit] = region
    for unit in units:
        # One that is not stored yet is in nothing.
        unit.zone = ZoneInfo(named.get(unit.pk) or unit.time_zone or zone_of(unit.jurisdiction))
        unit.region_kept = regions.get(unit.pk) or unit.region


class UserManager(BaseUserManager):
    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class UserQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The people a system admin looks after.

        Whoever has or had a role in their part of the tree, and of their own organisation those who
        have had none yet, or all where they look after the whole of it.
        """
        reached = user.reach(Act.KEEP_PEOPLE)
        roles = Role.objects.filter(user=models.OuterRef("pk"))
        over = user.reach_and_above(Act.KEEP_PEOPLE)
        without_a_role = models.Q(organisation__in=over) & ~models.Exists(roles)
        return self.filter(
            models.Q(organisation__in=reached)
            | models.Exists(roles.filter(unit__in=reached))
            | without_a_role
        )

    def who_may(self, act, unit):
        """Active people who can do this in a unit."""
        above = UnitReach.objects.filter(below=unit).values("above")
        return self.with_role(Role.objects.carrying(act).filter(unit__in=above))

    def gone(self):
        """Those whose last day is over where they belong, and who still hold a role."""
        held = Role.objects.held().filter(user=models.OuterRef("pk"))
        known = self.filter(models.Exists(held), last_day__isnull=False, last_day_by__isnull=False)
        people = known.select_related("organisation", "last_day_by").order_by("pk")
        return [each for each in people if each.last_day < each.organisation.today()]

    def practitioners_of(self, units):
        """Active people who are observed in one of the units: they hold the role on it itself."""
        return self.with_role(Role.objects.carrying(Act.BE_OBSERVED).filter(unit__in=units))

    def with_role(self, roles):
        """Active people who hold one of these roles, in order of name."""
        held = roles.filter(user=models.OuterRef("pk"))
        return self.filter(models.Exists(held), is_active=True).order_by("name", "pk")

    def for_list(self):
        return self.prefetch_related(
            models.Prefetch(
                "roles",
                Role.objects.held().select_related("unit").order_by("unit__name"),
                "held_roles",
            )
        ).order_by("name", "pk")


class User(AbstractBaseUser):
    """A person who signs in, by email."""

    # Where they belong from the moment they are added, whatever roles they hold.
    organisation = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="people", editable=False
    )
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100)
    post = models.CharField(
        max_length=100, blank=True, help_text="For example Principal Social Worker"
    )
    # The tag of the language in which frameworks are read where they can be; empty for their first.
    reads_in = models.CharField(max_length=11, blank=True, editable=False)
    is_active = models.BooleanField("may sign in", default=True)
    # When they were last disabled: what was begun before is over, even once they are enabled again.
    signed_out_at = models.DateTimeField(null=True, editable=False)
    # The last day on which they work here, and who said so: after it all their roles end.
    last_day = models.DateField(null=True, editable=False)
    last_day_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager.from_queryset(UserQuerySet)()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=models.functions.Lower("email")),
                name="people_user_email_lower_case",
                violation_error_message="Write the email address in small letters.",
            )
        ]

    def __str__(self):
        return self.name

    @property
    def by_post(self):
        """As papers name a person: post and name, or the name alone."""
        return f"{self.post}, {self.name}" if self.post else self.name

    @property
    def first_name(self):
        return self.name.split(" ")[0]

    @property
    def zone(self):
        """The time zone of the units that the person has a role in; of two, the one behind."""
        named = set().union(*(reach.zones for reach in self.reached.values()))
        now = timezone.now()
        zones = sorted(map(ZoneInfo, named), key=lambda zone: zone.key)
        return min(zones, key=lambda zone: now.astimezone(zone).utcoffset(), default=None)

    @property
    def began(self):
        """The first day of the organisations that the person has a role in, where it is known."""
        held = Role.objects.held().filter(user_id=self.pk)
        tops = Unit.objects.filter(parent=None, reaches__below__in=held.values("unit"))
        return min((top.began_on for top in tops if top.began_on), default=None)

    def today(self):
        """The day that it is for the person."""
        return timezone.localdate(timezone=self.zone)

    def get_session_auth_hash(self):
        """A session goes on while this stays: until the password changes, or a disabling."""
        return self.since_signed_out(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self):
        return map(self.since_signed_out, super().get_session_auth_fallback_hash())

    def since_signed_out(self, session_hash):
        return (
            f"{session_hash} {self.signed_out_at.isoformat()}"
            if self.signed_out_at
            else session_hash
        )

    @property
    def reached(self):
        """{kind of role held: which units it reaches}, read once for a request."""
        return reached_by(self.pk)

    @property
    def acts(self):
        """What the person can do somewhere."""
        return {act for kind in self.reached for act in CARRIES[kind]}

    def can(self, act):
        """Whether the person can do this anywhere."""
        return act in self.acts

    def reach(self, act=None):
        """The pks of the units in which the person can do this; with no act, of all they have a role in."""
        return set().union(*(reach.below for reach in self.reaches_by(act)))

    def reach_and_above(self, act):
        """The pks of the units in which the person can do this, and of all above them.

        What is kept in a unit is for those below it.
        """
        return set().union(*(reach.below | reach.above for reach in self.reaches_by(act)))

    def reaches_by(self, act=None):
        """The reach of each kind of role held that carries this, or of every kind."""
        held = self.reached.items()
        return [reach for kind, reach in held if act is None or act in CARRIES[kind]]


class RoleQuerySet(models.QuerySet):
    def held(self):
        """Roles in force now."""
        return self.filter(ended_at=None)

    def carrying(self, act):
        """Roles in force now by which this may be done."""
        return self.held().filter(kind__in=kinds_that(act))


class Role(models.Model):
    """What a person can do in a unit and in everything below it. Ended, never deleted."""

    Kind = permissions.Kind

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="roles")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="roles")
    kind = models.CharField(max_length=20, choices=Kind)
    given_at = models.DateTimeField(default=timezone.now, editable=False)
    given_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="roles_given", editable=False
    )
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="roles_ended", editable=False
    )

    objects = RoleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit", "kind"],
                condition=models.Q(ended_at=None),
                name="people_role_once_a_unit",
                violation_error_message="They already have this role there.",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ended_by=None)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
                name="people_role_ended_at_and_by",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.unit}"

    def carries(self, act):
        return act in CARRIES[self.kind]

    @property
    def acts_in_words(self):
        return [act.label for act in CARRIES[self.kind]]
