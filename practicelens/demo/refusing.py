"""Keeps what is made up out of a database in use."""

from django.conf import settings
from django.core.management.base import CommandError


def refuse_outside_a_demonstration():
    """Stop a command that writes made-up people, observations or briefings."""
    if not settings.DEMONSTRATION:
        raise CommandError(
            "This writes made-up people and observations, some with passwords that anybody can read. "
            "It runs only where DEMONSTRATION=1 is set, as `make demo` sets it. Nothing was changed."
        )
