"""Two observers of one occasion."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from observations.models.observation import Observation
from practicelens.people.permissions import Act


class PairQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Pairs that both count: one's own, and those of one's part of the organisation.

        An observer sees the other's side because one of the two chose to put theirs beside it; not
        once they have moved on, since the other's observation is none of theirs to keep.
        """
        reached = user.reach(Act.READ_OBSERVATIONS)
        own = Observation.objects.in_hands_of(user)
        return self.standing().filter(
            models.Q(first__in=own)
            | models.Q(second__in=own)
            | models.Q(first__unit__in=reached, second__unit__in=reached)
        )

    def standing(self):
        """An observation that is withdrawn takes its pairs with it."""
        return self.filter(first__is_counted=True, second__is_counted=True)

    def of(self, observation):
        return self.filter(models.Q(first=observation) | models.Q(second=observation))

    def for_list(self):
        """Everything one row of a list shows, the newest occasion first."""
        return self.select_related("first__unit", "second__unit").order_by(
            "-first__observed_on", "-pk"
        )

    def for_reading(self):
        """Everything the page of one pair shows of its two observations."""
        sides = [
            f"{side}__{what}"
            for side in ("first", "second")
            for what in ("unit", "observer", "framework_version__framework")
        ]
        return self.select_related(*sides)


class Pair(models.Model):
    """Two submitted observations of one occasion, by two observers; kept once, lower number first.

    It is for a conversation between the two, and it marks nobody. Either of them makes it and
    either undoes it.
    """

    first = models.ForeignKey(Observation, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Observation, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = PairQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")),
                name="observations_pair_of_two_in_order",
            ),
            models.UniqueConstraint(
                fields=["first", "second"], name="observations_pair_once_whichever_way"
            ),
        ]

    def __str__(self):
        return f"Two observations of {self.first}"

    def get_absolute_url(self):
        return reverse("reports:pair", args=[self.pk])

    @property
    def observations(self):
        return self.first, self.second

    def can_be_undone_by(self, user):
        return any(observation.is_in_hands_of(user) for observation in self.observations)
