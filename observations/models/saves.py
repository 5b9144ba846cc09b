"""Saves of one section of a draft, and what a second window sent."""

import uuid

from django.db import models
from django.utils import timezone

from observations.models.observation import Observation
from practicelens.people.models import Counted


class SectionSave(Counted):
    """The saves of one section of a draft, counted, so that a second window is noticed."""

    observation = models.ForeignKey(
        Observation, on_delete=models.CASCADE, related_name="section_saves"
    )
    section = models.CharField(max_length=60)
    saved_at = models.DateTimeField(default=timezone.now)
    # What could not be read, as it was typed: {label of the field: {name: [typed]}}. It stays in its
    # box until it is put right, and the draft is not submitted before.
    unread = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["observation", "section"], name="observations_section_save_once"
            )
        ]

    def __str__(self):
        return f"{self.section}, save {self.revision}"

    @classmethod
    def last_of(cls, observation, section):
        """The last save of a section, or one that is not stored yet where none was made."""
        save = cls.objects.filter(observation=observation, section=section).first()
        return save or cls(observation=observation, section=section)


class OtherCopyQuerySet(models.QuerySet):
    def open(self):
        """Those between which nobody has chosen yet."""
        return self.filter(picked_at=None)


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

    objects = OtherCopyQuerySet.as_manager()

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
