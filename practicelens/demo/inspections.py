"""Published inspection reports as observations: a body of text of a real size to code and search.

Each line of the file is one paragraph, as JSON: `authority`, `inspected_on` (2024-05-31),
`section`, `grade`, `overall`, `kind`, `number` and `text`. One authority on one day is one
observation: a file that was read, each paragraph a passage. Grades and sections are left aside.
"""

import json
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import uuid5

from django.db import transaction
from django.utils.text import slugify

from frameworks.starters import files, loading
from frameworks.versions import actions as framework_actions
from observations.models import Observation, Passage
from observations.notes import actions
from practicelens.demo.story import HERE, NOTES, part_key
from practicelens.people.models import Role, Unit
from practicelens.people.permissions import Act, kinds_that

SINCE = date(2000, 1, 1)  # before any report that is still published
WHERE_READ = {
    "part_of_day": "morning",
    "minutes": 60,
    "setting": "office",
    "proximity": "read_about",
    "mode": "in_person",
    "family_asked": "no_family",
    "reflection_effect": "Nothing could change: it was read long after.",
}


@dataclass
class Loaded:
    """What was added; an inspection that is there already is not added again."""

    authorities: int = 0
    observations: int = 0
    passages: int = 0


def load(lines, observer):
    """Add every inspection in the lines, as seen by the observer."""
    organisation = ensure_organisation(observer)
    loaded = Loaded()
    paragraphs = sorted(
        (json.loads(line) for line in lines if line.strip()), key=lambda told: inspection(told)
    )
    for (authority, day), told in groupby(paragraphs, key=inspection):
        unit, is_new = Unit.objects.get_or_create(
            organisation=organisation,
            code=f"inspected-{slugify(authority)}"[:50],
            defaults={"name": titled(authority), "kind": Unit.Kind.TEAM, "parent": organisation},
        )
        loaded.authorities += is_new
        added = add(unit, date.fromisoformat(day), [each["text"] for each in told], observer)
        loaded.observations += bool(added)
        loaded.passages += added
    return loaded


def inspection(told):
    return told["authority"], told["inspected_on"]


SMALL = {"and", "of", "on", "the", "upon", "with"}


def titled(authority):
    """A name in capitals as it is written: Kingston upon Hull."""
    words = authority.split()
    return " ".join(word if word in SMALL else word.capitalize() for word in words)


@transaction.atomic
def ensure_organisation(observer):
    """The organisation of all authorities, with a framework and a codebook of its own."""
    organisation, is_new = Unit.objects.get_or_create(
        code="inspected",
        parent=None,
        defaults={
            "name": "Inspected authorities",
            "kind": Unit.Kind.ORGANISATION,
            "jurisdiction": Unit.Jurisdiction.ENGLAND,
        },
    )
    if is_new:
        loading.load_shared()
        version = loading.load_framework_version(
            HERE / "inspected.toml", unit=organisation, number=1
        )
        framework_actions.publish(
            version=version, by=observer, change_note=version.change_note, effective_on=SINCE
        )
        add_codebook(organisation)
    for kind in kinds_that(Act.WRITE_OBSERVATIONS):
        Role.objects.get_or_create(user=observer, unit=organisation, kind=kind, ended_at=None)
    return organisation


def add_codebook(organisation):
    told = files.read(files.STARTERS / "concerns.toml")
    told.values["code"] = "concerns-inspected"
    if not organisation.codebooks.filter(code="concerns-inspected").exists():
        loading.load_themes(told, organisation)


@transaction.atomic
def add(unit, day, texts, observer):
    """One inspection as one submitted observation; returns how many passages it has, or 0."""
    key = uuid5(NOTES, f"{unit.code} {day}")
    if Observation.objects.filter(key=key).exists():
        return 0
    observation = actions.start(
        by=observer, key=key, unit=unit, kind_of_work="file_reading", observed_on=day
    )
    Observation.objects.filter(pk=observation.pk).update(**WHERE_READ)
    passages = Passage.objects.bulk_create(
        Passage(
            **observation.place,
            key=part_key(key, "passages", place),
            position=place + 1,
            kind=Passage.Kind.SEEN,
            text=text,
        )
        for place, text in enumerate(texts)
    )
    actions.submit(observation=observation, by=observer)
    return len(passages)
