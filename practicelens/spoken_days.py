"""Days as people say them."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format


def in_words(day, *, weekday=False, today=None):
    """Such as "29 July", or "Tuesday 29 July"; a day of another year says which."""
    if isinstance(day, datetime):
        day = timezone.localtime(day).date()
    today = today or timezone.localdate()
    year = "" if day.year == today.year else " Y"
    return date_format(day, f"{'l ' if weekday else ''}j F{year}")
