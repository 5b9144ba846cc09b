"""Words that may name someone, and what was done about them."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from observations.identifiers.kinds import UNREAD
from observations.models.observation import Observation
from observations.models.parts import Passage, Voice
from observations.models.replies import Reply, ReplyPart

# What a finding can be in: the field that points there, and where its text is.
HOLDERS = {"passage": "text", "voice": "words", "reply": "words", "reply_part": "words"}
IN_REPLY = models.Q(reply__isnull=False) | models.Q(reply_part__isnull=False)


def in_one_place():
    """Exactly one of the fields that say where it is."""
    return models.Q.create(
        [models.Q(**{f"{each}__isnull": each != name for each in HOLDERS}) for name in HOLDERS],
        connector=models.Q.OR,
    )


class RedactionQuerySet(models.QuerySet):
    def open(self):
        """Still to be settled, in text order."""
        return self.filter(settled_at=None).order_by("passage", "start")

    def written_by(self, user):
        """Those in the words of the person: of an observation in their hands, or in their reply."""
        own = Observation.objects.in_hands_of(user)
        in_note = models.Q(observation__in=own) & ~IN_REPLY
        return self.filter(in_note | IN_REPLY & models.Q(observation__practitioner=user))

    def in_reply(self, is_in_reply=True):
        """Those in what the practitioner replied; or those in what the observer wrote."""
        return self.filter(IN_REPLY) if is_in_reply else self.exclude(IN_REPLY)

    def replaced(self):
        """Words with others in their place, the latest first."""
        return self.filter(settled=Redaction.Settled.REPLACED).order_by("-settled_at", "-pk")


class Redaction(models.Model):
    """A place where someone may be identifiable, and what was done: see HOLDERS for where."""

    class Settled(models.TextChoices):
        REPLACED = "replaced", "Replaced"
        KEPT = "kept", "Kept"
        GONE = "gone", "Written differently"

    observation = models.ForeignKey(
        Observation, on_delete=models.CASCADE, related_name="redactions"
    )
    passage = models.ForeignKey(
        Passage, on_delete=models.CASCADE, null=True, related_name="redactions"
    )
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, null=True, related_name="redactions")
    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, null=True, related_name="redactions")
    reply_part = models.ForeignKey(
        ReplyPart, on_delete=models.CASCADE, null=True, related_name="redactions"
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
    replacement = models.CharField(max_length=60, blank=True)  # what is there now
    # Where it is, as (start, end) pairs, so that the words can be put back.
    replaced_places = ArrayField(
        ArrayField(models.PositiveIntegerField(), size=2), default=list, editable=False
    )
    put_back_at = models.DateTimeField(null=True, editable=False)
    reason = models.CharField(max_length=200, blank=True)

    objects = RedactionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=in_one_place(),
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
        indexes = [
            # Few: what may be quoted is asked for by them.
            models.Index(
                fields=["observation"],
                condition=models.Q(settled_at=None) & IN_REPLY,
                name="observations_open_in_reply",
            ),
        ]

    def __str__(self):
        return self.kind

    @property
    def where(self):
        """{the field that says where it is: the row}, as it is looked for."""
        return next({name: getattr(self, name)} for name in HOLDERS if getattr(self, f"{name}_id"))

    @property
    def is_in_reply(self):
        """Whether the practitioner wrote it, and settles it."""
        return bool(self.reply_id or self.reply_part_id)

    @property
    def is_in_familys_words(self):
        """Whether a family wrote it, on a card."""
        return bool(self.passage_id) and self.passage.kind == Passage.Kind.FAMILY

    @property
    def text(self):
        """The whole text that it is in."""
        [(name, holder)] = self.where.items()
        return getattr(holder, HOLDERS[name])

    @property
    def place(self):
        """What its question is called on the page, in the address of its place there."""
        return f"name-{self.pk}"

    @property
    def is_unread(self):
        """Whether it stands for text that was not looked through: no other word can replace that."""
        return self.kind == UNREAD


class NoteRole(models.Model):
    """A role that stands for one person, or one school or place, all through an observation.

    `names` are what the person is called there, each a list of fingerprints of its parts: the names
    themselves are not kept. A role stands for one person only; two names with one role are one's.
    """

    observation = models.ForeignKey(
        Observation, on_delete=models.CASCADE, related_name="note_roles"
    )
    role = models.CharField(max_length=60)
    names = models.JSONField(default=list, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "observation", Lower("role"), name="observations_a_role_stands_for_one"
            ),
        ]

    def __str__(self):
        return self.role
