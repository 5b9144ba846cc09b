"""The systems and processes that an organisation has names for, as its framework admins keep them."""

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse

from practicelens.people.models import Unit
from practicelens.people.permissions import Act


class SystemQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever keeps the frameworks of a whole organisation keeps its list of systems."""
        return self.filter(organisation__in=user.reach(Act.KEEP_FRAMEWORKS))


class System(models.Model):
    """A system or process by the name that it is offered and counted under.

    Observations hold what someone wrote, and keep it. Which system that is, its names say.
    """

    organisation = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="systems")
    name = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = SystemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation", Lower("name"), name="observations_system_name_once"
            ),
            models.UniqueConstraint(
                fields=["id", "organisation"], name="observations_system_of_its_organisation"
            ),
            models.CheckConstraint(
                condition=~models.Q(name=""), name="observations_system_has_a_name"
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("observations:system", args=[self.pk])

    @property
    def is_ended(self):
        return self.ended_at is not None

    @property
    def other_names(self):
        """What else it is or was called, in order of name."""
        others = [each for each in self.names.all() if each.name.lower() != self.name.lower()]
        return sorted(others, key=lambda each: each.name.lower())


class SystemNameQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(system__in=System.objects.visible_to(user))


class SystemName(models.Model):
    """A name that is written for a system: its own, one that it had, or another for the same thing.

    A name is of one system in an organisation; capitals make no other name.
    """

    system = models.ForeignKey(System, on_delete=models.CASCADE, related_name="names")
    organisation = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)

    objects = SystemNameQuerySet.as_manager()

    class Meta:
        verbose_name = "name of a system"
        verbose_name_plural = "names of systems"
        constraints = [
            models.UniqueConstraint(
                "organisation", Lower("name"), name="observations_systemname_once"
            ),
        ]

    def __str__(self):
        return self.name
