"""The visits that the made-up observers planned: to come, past their day, and called off."""

import tomllib
from datetime import timedelta

from observations.models import PlannedVisit
from observations.notes.actions import described
from practicelens.demo import story

MADE_BEFORE = 12  # days before the visit
CALLED_OFF_BEFORE = 1


def add_visits(units, people, until):
    told = tomllib.loads((story.HERE / "visits.toml").read_text())["visit"]
    PlannedVisit.objects.bulk_create(visit(each, units, people, until) for each in told)


def visit(told, units, people, until):
    day = until + timedelta(days=told.pop("in_days"))
    unit, person = units[told.pop("unit")], told.pop("with", None)
    made = story.at(min(day - timedelta(days=MADE_BEFORE), until - timedelta(days=1)), 12, 40)
    over = story.at(min(day - timedelta(days=CALLED_OFF_BEFORE), until), 9, 15)
    is_declined, is_cancelled = told.pop("declined", False), told.pop("cancelled", False)
    return PlannedVisit(
        observer=people[told.pop("by")],
        practitioner=people[person] if person else None,
        unit=unit,
        visit_on=day,
        visit_at=told.pop("at"),
        made_at=made,
        changed_at=over if is_declined or is_cancelled else made,
        declined_at=over if is_declined else None,
        cancelled_at=over if is_cancelled else None,
        **described(unit, told["kind_of_work"]),
        **told,
    )
