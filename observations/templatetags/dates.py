"""Dates, times and small numbers as people write them."""

from django import template
from django.utils import timezone
from django.utils.formats import date_format

from observations.form_parts import except_words
from practicelens import spoken_days as days
from practicelens.lengths import length_words
from practicelens.numbers import count_words, lowered

register = template.Library()
register.filter(count_words)
register.filter(length_words)
register.filter(lowered)


@register.filter
def saved(save):
    """When a section was saved, and except which fields: "Saved 10:42, except how long"."""
    said = saved_at(save.saved_at)
    return f"{said}, except {except_words(save.unread)}" if save.unread else said


@register.filter
def saved_at(moment):
    """Such as "Saved 10:42", "Saved 16:05 on Thursday", "Saved 9:20 on 3 July"."""
    local = timezone.localtime(moment)
    clock = f"{local.hour}:{local.minute:02}"
    ago = (timezone.localdate() - local.date()).days
    if ago == 0:
        return f"Saved {clock}"
    if ago < 7:
        return f"Saved {clock} on {date_format(local, 'l')}"
    return f"Saved {clock} on {days.in_words(local)}"


@register.filter
def day(moment):
    """Such as "29 July"; of another year, "29 July 2025"."""
    return days.in_words(moment) if moment else ""


@register.filter
def weekday(moment):
    """Such as "Tuesday 29 July"; of another year, "Tuesday 29 July 2025"."""
    return days.in_words(moment, weekday=True) if moment else ""
