"""Who read the observations of a person's practice: all of them, each time, which, and why they could."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.db.models import Q

from observations.models import Observation
from practicelens.audit.models import Entry
from practicelens.people.models import Role, UnitReach
from practicelens.people.permissions import Act, kinds_that

READINGS_A_PAGE = 25
HOW = {
    Entry.Action.READ: "Read all of it",
    Entry.Action.DOWNLOADED: "Downloaded all of it",
    Entry.Action.READ_PASSAGES: "Read passages of it in a queue, a list or a summary",
}


@dataclass(frozen=True)
class ReadingLine:
    """Who read, when, which observation, how much of it, and why they could."""

    who: str
    at: datetime
    observation: Observation
    how: str
    why: str


def readings_of(user, number):
    """A page of Readings of what was shared with the person, the latest first, their own left out."""
    notes, entries = entries_about(user)
    page = Paginator(entries, READINGS_A_PAGE).get_page(number)
    page.name, page.anchor = "readings", "read-by"
    page.object_list = lines_of(page.object_list, notes)
    return page


def all_readings_of(user):
    """All of them at once, for a copy."""
    notes, entries = entries_about(user)
    return lines_of(entries, notes)


def entries_about(user):
    """What was shared with the person, by pk, and the entries that say who else read it."""
    notes = Observation.objects.filter(practitioner=user, shared_at__isnull=False)
    notes = {str(observation.pk): observation for observation in notes.select_related("unit")}
    entries = Entry.objects.filter(what="observation", action__in=HOW, object_pk__in=notes)
    return notes, entries.exclude(by=user).select_related("by").order_by("-at", "-pk")


def lines_of(entries, notes):
    shown = [(entry, notes[entry.object_pk]) for entry in entries]
    why = reasons(shown)
    return [
        ReadingLine(str(entry.by), entry.at, observation, HOW[entry.action], why[entry.pk])
        for entry, observation in shown
    ]


def reasons(shown):
    """By the entry's pk: what the reader was to the observation when they read it."""
    roles = Role.objects.filter(
        user__in={entry.by_id for entry, _ in shown},
        kind__in=kinds_that(Act.READ_OBSERVATIONS),
    )
    held = list(roles.select_related("unit"))
    reach = UnitReach.objects.filter(below__in={observation.unit_id for _, observation in shown})
    above = set(
        reach.filter(Q(above__in={role.unit_id for role in held})).values_list("above", "below")
    )
    return {entry.pk: reason(entry, observation, held, above) for entry, observation in shown}


def reason(entry, observation, held, above):
    if entry.by_id == observation.observer_id:
        return "Observer of it"
    for role in held:
        ended = role.ended_at is not None and role.ended_at <= entry.at
        is_theirs = role.user_id == entry.by_id and role.given_at <= entry.at and not ended
        if is_theirs and (role.unit_id, observation.unit_id) in above:
            return f"{role.get_kind_display()}, {role.unit}"
    return "Could read it then"
