"""Who has opened an issued briefing, as the audit log has it: on screen or as a file."""

from django.db.models import Max, Min

from practicelens.audit.models import Entry
from practicelens.people.models import User
from practicelens.people.permissions import Act
from reports.models import Briefing

OPENED = [Entry.Action.READ, Entry.Action.DOWNLOADED]


def opened_by(briefing):
    """[{"by", "first", "last"}] of its readers who opened it, the first first: before it was issued none could."""
    entries = Entry.objects.filter(
        what=Briefing._meta.verbose_name,
        object_pk=str(briefing.pk),
        action__in=OPENED,
        by__in=readers_of(briefing),
    )
    found = entries.values("by").annotate(first=Min("at"), last=Max("at")).order_by("first", "by")
    people = User.objects.in_bulk([each["by"] for each in found])
    return [each | {"by": people[each["by"]]} for each in found]


def not_opened_by(briefing, opened):
    """Those who can read it and have not opened it, by name."""
    return readers_of(briefing).exclude(pk__in=[each["by"].pk for each in opened]).order_by("name")


def readers_of(briefing):
    """Those for whom it is written: who reads the briefings of the unit and writes none there."""
    reads = User.objects.who_may(Act.READ_BRIEFINGS, briefing.unit)
    return reads.exclude(
        pk__in=User.objects.who_may(Act.WRITE_BRIEFINGS, briefing.unit).values("pk")
    )
