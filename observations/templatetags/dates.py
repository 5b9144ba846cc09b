"""Dates, times and small numbers as people write them."""

from django import template
from django.utils import timezone
from django.utils.formats import date_format

register = template.Library()

WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


@register.filter
def saved_at(moment):
    """Such as "Saved 10:42", "Saved 16:05 on Thursday", "Saved 9:20 on 3 July"."""
    local = timezone.localtime(moment)
    clock = f"{local.hour}:{local.minute:02}"
    days = (timezone.localdate() - local.date()).days
    if days == 0:
        return f"Saved {clock}"
    if days < 7:
        return f"Saved {clock} on {date_format(local, 'l')}"
    return f"Saved {clock} on {date_format(local, 'j F')}"


@register.filter
def count_words(number):
    """A count as a word up to nine, then as a figure."""
    return WORDS[number] if number < len(WORDS) else str(number)
