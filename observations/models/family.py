"""What a family said on a card that was theirs to use once, and the languages of such cards."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models.functions import MD5
from django.urls import reverse
from django.utils import timezone

from frameworks.models.languages import LANGUAGE_TAG
from observations.models.observation import Observation
from observations.models.parts import Passage
from practicelens.people.models import Unit
from practicelens.people.permissions import Act

HASH = "^[0-9a-f]{64}$"


class FamilyCardQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(observation__in=Observation.objects.visible_to(user))

    def of_link(self, print_):
        """The card of a link, by its fingerprint; the observation and its unit with it."""
        return self.filter(link_hash=print_).select_related("observation__unit")

    def of_withdrawal(self, print_):
        """The card whose words a link takes back, by its fingerprint."""
        return self.filter(withdrawal_hash=print_).select_related("observation__unit")

    def came_in(self):
        """Those that said something, and still do."""
        return self.filter(used_at__isnull=False, withdrawn_at=None)


class FamilyCard(models.Model):
    """Three questions for a family, and room for their own words, about one observation.

    Its link and the link that takes the words back are kept as fingerprints alone. Nothing here
    tells whose it is. What was answered never changes (the database refuses), it can only be taken
    back; own words are a passage of the observation.
    """

    class Answer(models.TextChoices):
        YES = "yes", "Yes"
        PARTLY = "partly", "A bit"
        NO = "no", "No"

    QUESTIONS = {
        "listened": "Did we listen to you?",
        "understood": "Did you understand what was going on?",
        "helped": "Did it help?",
    }

    class Way(models.TextChoices):
        """How the answers came in."""

        ALONE = "alone", "Filled in by the family"
        PHONE = "phone", "Asked on the phone"
        PAPER = "paper", "Typed in from paper"

    class State(models.TextChoices):
        OPEN = "open", "Not used yet"
        CAME_IN = "came_in", "Came in"
        TAKEN_BACK = "taken_back", "Taken back by the family"
        CANCELLED = "cancelled", "Cancelled"
        OVER = "over", "Its time is over"

    observation = models.ForeignKey(
        Observation, on_delete=models.CASCADE, related_name="family_cards"
    )
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    link_hash = models.CharField(max_length=64, unique=True, editable=False)
    withdrawal_hash = models.CharField(max_length=64, unique=True, editable=False)
    # The language that it opens in: of the organisation's own wordings, or empty for English.
    language = models.CharField(max_length=11, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="family_cards_made"
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    last_day = models.DateField()
    cancelled_at = models.DateTimeField(null=True, editable=False)

    # What came in
    used_at = models.DateTimeField(null=True, editable=False)
    # The drawing of the form that was sent: the same one sent again is the same answer.
    drawing = models.UUIDField(null=True, editable=False)
    way = models.CharField(max_length=10, choices=Way, blank=True)
    agreed_to = models.TextField(blank=True)  # what the family said yes to, as they read it
    listened = models.CharField(max_length=10, choices=Answer, blank=True)
    understood = models.CharField(max_length=10, choices=Answer, blank=True)
    helped = models.CharField(max_length=10, choices=Answer, blank=True)
    passage = models.OneToOneField(
        Passage, on_delete=models.SET_NULL, null=True, related_name="family_card"
    )
    withdrawn_at = models.DateTimeField("taken back", null=True, editable=False)

    objects = FamilyCardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(link_hash__regex=HASH)
                & models.Q(withdrawal_hash__regex=HASH)
                & ~models.Q(link_hash=models.F("withdrawal_hash")),
                name="observations_familycard_links_as_fingerprints",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    used_at=None,
                    drawing=None,
                    way="",
                    agreed_to="",
                    listened="",
                    understood="",
                    helped="",
                    passage=None,
                    withdrawn_at=None,
                )
                | models.Q(
                    used_at__isnull=False,
                    drawing__isnull=False,
                    way__in=["alone", "phone", "paper"],
                    cancelled_at=None,
                )
                & ~models.Q(agreed_to=""),
                name="observations_familycard_came_in_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None)
                | models.Q(listened="", understood="", helped="", passage=None),
                name="observations_familycard_nothing_left_once_taken_back",
            ),
        ]

    def __str__(self):
        return f"Family card {self.pk}"

    @property
    def unit(self) -> Unit:
        return self.observation.unit

    @property
    def told(self):
        """[(question, answer)] of what was not left out, in the words of the card."""
        return [
            (question, self.Answer(getattr(self, name)).label)
            for name, question in self.QUESTIONS.items()
            if getattr(self, name)
        ]

    @property
    def is_over(self):
        """Whether its last day is past where the observation was."""
        return self.unit.today() > self.last_day

    @property
    def state(self):
        if self.withdrawn_at:
            return self.State.TAKEN_BACK
        if self.used_at:
            return self.State.CAME_IN
        if self.cancelled_at or self.observation.withdrawn_at:
            return self.State.CANCELLED
        return self.State.OVER if self.is_over else self.State.OPEN

    @property
    def is_open(self):
        return self.state == self.State.OPEN


class FamilyCardLanguageQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of organisations where the person keeps frameworks."""
        return self.filter(unit__in=user.reach(Act.KEEP_FRAMEWORKS))

    def over(self, unit):
        """Those in which the cards of a unit can be read, once they are whole."""
        above = Unit.objects.above(unit)
        return self.filter(unit__in=above).prefetch_related("texts").order_by("name", "pk")


class FamilyCardLanguage(models.Model):
    """A language other than English in which an organisation's cards can be read.

    Its words are the organisation's own. Cards offer it once every text is translated.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="family_card_languages")
    tag = models.CharField("language tag", max_length=11, validators=[LANGUAGE_TAG])
    name = models.CharField(max_length=60)  # as its speakers call it

    objects = FamilyCardLanguageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "tag"], name="observations_familycardlanguage_once"
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("observations:family_language", args=[self.pk])


class FamilyCardText(models.Model):
    """One text of the card in a language, found by the English text that it says.

    Where the English changes it serves no more: what was said of other words is not passed off as
    theirs.
    """

    language = models.ForeignKey(FamilyCardLanguage, on_delete=models.CASCADE, related_name="texts")
    first = models.TextField()
    second = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "language", MD5("first"), name="observations_familycardtext_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(first="") & ~models.Q(second=""),
                name="observations_familycardtext_not_empty",
            ),
        ]

    def __str__(self):
        return self.first[:40]
