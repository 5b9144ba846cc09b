"""What one person asked for and another has to agree to first."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from practicelens.people.models.organisation import Role, Unit
from practicelens.people.permissions import Act, Kind


def person(name, **more):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name=name, **more
    )


class AddressChange(models.Model):
    """A new email address of someone, which does nothing until its holder confirms it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="address_changes"
    )
    email = models.EmailField()
    asked_by = person("address_changes_asked")
    asked_at = models.DateTimeField(default=timezone.now)
    # When it was confirmed, taken back, or another one took its place.
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(ended_at=None),
                name="people_address_change_one_waits",
            ),
        ]

    def __str__(self):
        return self.email


class RoleRequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What waits in the part of the organisation that a second person looks after."""
        reached = user.reach(Act.KEEP_PEOPLE) | user.reach(Act.READ_LOG)
        return self.filter(unit__in=reached, settled_at=None)

    def for_list(self):
        return self.select_related("user", "unit", "asked_by").order_by("asked_at", "pk")


class RoleRequest(models.Model):
    """A role that one system admin gave and that a second person has yet to agree to."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="role_requests"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="role_requests")
    kind = models.CharField(max_length=20, choices=Kind)
    asked_by = person("role_requests_asked")
    asked_at = models.DateTimeField(default=timezone.now)
    settled_by = person("role_requests_settled", null=True)
    settled_at = models.DateTimeField(null=True)
    role = models.OneToOneField(Role, on_delete=models.PROTECT, null=True, related_name="request")

    objects = RoleRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit", "kind"],
                condition=models.Q(settled_at=None),
                name="people_role_request_waits_once",
            ),
            models.CheckConstraint(
                condition=models.Q(settled_at=None, settled_by=None, role=None)
                | models.Q(settled_at__isnull=False, settled_by__isnull=False),
                name="people_role_request_settled_at_and_by",
            ),
            models.CheckConstraint(
                condition=models.Q(settled_by=None)
                | (
                    ~models.Q(settled_by=models.F("asked_by"))
                    & ~models.Q(settled_by=models.F("user"))
                )
                | models.Q(role=None),
                name="people_role_request_agreed_by_another",
                violation_error_message="Someone else has to agree to it.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.unit}"

    def can_be_agreed_by(self, user):
        """A second person: neither who asked nor who would hold the role."""
        return user.pk not in (self.asked_by_id, self.user_id)
