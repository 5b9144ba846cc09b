"""Bringing in many notes: by the command that loads inspections, and by bulk_create."""

import itertools
import json
from datetime import timedelta

from django.utils import timezone

from frameworks.models import FrameworkVersion
from observations.models import Observation, Passage, Rating
from practicelens.demo import inspections
from practicelens.people.models import Unit
from tests.bench import texts
from tests.bench.data import SEED
from tests.bench.frame import head, today
from tests.bench.timing import judged, milliseconds

PASSAGES = 3
numbers = itertools.count()


def measure(databases, run):
    with databases.of(run.base):
        observer = head()
        load(1, observer)  # makes the organisation that they are of
        version = FrameworkVersion.objects.latest("pk")
        products, references = [], []
        for _ in range(run.times):
            references.append(milliseconds(lambda: in_bulk(run.tasks, observer, version)))
            products.append(milliseconds(lambda: load(run.tasks, observer)))
        name = f"import of {run.tasks} notes, to bulk_create of the same rows"
        yield judged(name, run.base, products, references, at_least=5)


def load(count, observer):
    told = [
        {
            "authority": f"bench {number}",
            "inspected_on": (today() - timedelta(days=1)).isoformat(),
            "text": text,
        }
        for number in itertools.islice(numbers, count)
        for text in texts.passages(PASSAGES, SEED + number)
    ]
    loaded = inspections.load(map(json.dumps, told), observer)
    assert loaded.observations == count


def in_bulk(count, observer, version):
    """The same rows without any of the product's rules."""
    team = Unit.objects.teams().earliest("pk")
    notes = Observation.objects.bulk_create(
        Observation(
            unit=team,
            observer=observer,
            framework_version=version,
            kind_of_work="file_reading",
            is_about="record",
            submitted_at=timezone.now(),
            **inspections.WHERE_READ,
        )
        for _ in range(count)
    )
    Passage.objects.bulk_create(
        Passage(**note.place, kind="seen", text=text)
        for note in notes
        for text in texts.passages(PASSAGES, SEED + note.pk)
    )
    criteria = list(version.criteria.all())
    Rating.objects.bulk_create(
        Rating(**note.place, criterion=criterion) for note in notes for criterion in criteria
    )
