"""Planned visits as a calendar reads them (RFC 5545): when and what kind of work, and no names.

A calendar is shown on phones and to colleagues, so nobody is named in it, neither whoever is seen
nor a family, and no words that anyone wrote are in it. Who and what for stands in PracticeLens.
"""

from datetime import UTC, timedelta

from icalendar import Calendar, Event

from observations.models import PlannedVisit

PRODUCT = "-//PracticeLens//Planned visits//EN"
TYPE = "text/calendar; charset=utf-8"
# How often a calendar may ask again.
ASK_AGAIN = timedelta(hours=6)
# In the feed are what is to come, and what was lately.
LATELY = timedelta(days=31)


def in_feed(user):
    """The visits that someone's calendar shows: planned or done, theirs on either side.

    What was called off is left out, so that it goes from the calendar.
    """
    found = PlannedVisit.objects.visible_to(user).not_called_off()
    return found.filter(visit_on__gte=user.today() - LATELY).for_list()


def as_calendar(visits, address_of, name=""):
    """The text of a calendar of these visits; `address_of` makes the whole address of a page."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", ASK_AGAIN)
    for visit in visits:
        calendar.add_component(event_of(visit, address_of))
    return calendar.to_ical()


def event_of(visit, address_of):
    event = Event()
    event.add("uid", f"{visit.key}@practicelens")
    event.add("dtstamp", visit.changed_at)
    event.add("last-modified", visit.changed_at)
    event.add("sequence", visit.revision - 1)
    event.add("summary", f"Practice visit: {visit}")
    event.add("description", "Who, and what you agreed to look at, stands in PracticeLens.")
    event.add("url", address_of(visit))
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if visit.is_called_off else "CONFIRMED")
    if visit.visit_at is None:
        event.add("dtstart", visit.visit_on)
        event.add("dtend", visit.visit_on + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    else:
        # In UTC, which needs no table of time zones to be sent along.
        event.add("dtstart", visit.starts.astimezone(UTC))
        event.add("dtend", visit.ends.astimezone(UTC))
    return event
