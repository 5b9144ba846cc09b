"""The mail about planned visits: that one is planned, moved or called off.

It names no one and says nothing of the visit. There is no reminder: calendars have their own.
"""

from django.template.loader import render_to_string

from practicelens.mail.actions import write

TO_PRACTITIONER = "My observations"
TO_OBSERVER = "Home"
CANCELLED = "a visit that was planned with you is cancelled"


def planned(visit):
    tell(visit.practitioner, "a visit is planned with you", TO_PRACTITIONER)


def moved(visit):
    tell(visit.practitioner, "a visit with you has moved to another time", TO_PRACTITIONER)


def cancelled(visit):
    tell(visit.practitioner, CANCELLED, TO_PRACTITIONER)


def declined(visit):
    tell(visit.observer, "a visit that you planned does not suit that day", TO_OBSERVER)


def tell(to, what, page):
    """One mail to whoever is concerned, if there is someone."""
    if to is None:
        return
    text = render_to_string("observations/mail/planned_visit.txt", {"what": what, "page": page})
    write(to=[to], subject=f"PracticeLens: {what}", text=text)
