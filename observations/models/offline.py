"""What came from a device that had no signal, and what a device said that it still holds."""

from datetime import timedelta

from django.conf import settings
from django.db import models

from observations.models.observation import Observation

AT_ONCE = timedelta(minutes=1)


class Arrival(models.Model):
    """That an observation came from a device, as the device last sent it: once, however often it came.

    The observation's key is the id that the device made. `turn` counts what was changed there in
    its `window`, and `digest` is of what was sent. Times are by the server's clock, whatever the
    device's own says.
    """

    observation = models.OneToOneField(
        Observation, on_delete=models.CASCADE, related_name="arrival"
    )
    turn = models.PositiveIntegerField()
    window = models.UUIDField()
    digest = models.CharField(max_length=64)
    sections = models.JSONField(default=dict)  # the digest of each part as it came
    began_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    received_at = models.DateTimeField()

    def __str__(self):
        return f"{self.observation} from a device, turn {self.turn}"

    @property
    def was_offline(self):
        """Whether it lay on the device for a while before it came."""
        return self.received_at - self.recorded_at > AT_ONCE


class HeldOnDevice(models.Model):
    """An observation that a device said it holds and had not sent whole. No word of it is here."""

    device = models.UUIDField()
    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="held_on_devices"
    )
    key = models.UUIDField()
    began_at = models.DateTimeField()
    said_at = models.DateTimeField()
    missed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "observation on a device"
        constraints = [
            models.UniqueConstraint(
                fields=["writer", "device", "key"], name="observations_held_once_a_device"
            )
        ]

    def __str__(self):
        return f"{self.key} on {self.device}"
