"""Days as people say them, and working days as they are counted here: Monday to Friday."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format

DAY = timedelta(days=1)


def in_words(day, *, weekday=False, today=None):
    """Such as "29 July", or "Tuesday 29 July"; a day of another year says which."""
    if isinstance(day, datetime):
        day = timezone.localtime(day).date()
    today = today or timezone.localdate()
    year = "" if day.year == today.year else " Y"
    return date_format(day, f"{'l ' if weekday else ''}j F{year}")


def is_working(day):
    return day.weekday() < 5


def working_days_from(day, count):
    """The day that comes so many working days after a day; before it, if the count is less than 0."""
    step = DAY if count > 0 else -DAY
    while count:
        day += step
        if is_working(day):
            count -= 1 if step == DAY else -1
    return day
