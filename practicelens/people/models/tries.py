"""Passwords that were wrong lately, by whom they were for and from where."""

from django.db import models
from django.utils import timezone


class SignInTries(models.Model):
    """Wrong passwords for one person from one place, and when the next may be tried.

    Who and where are kept as a fingerprint alone.
    """

    key = models.CharField(max_length=64, unique=True)
    wrong = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(default=timezone.now)
    next_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["last_at"], name="people_sign_in_tries_last")]

    def __str__(self):
        return f"{self.wrong} wrong"
