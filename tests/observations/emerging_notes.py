"""Notes for the tests of emerging themes: sentences about one thing, among others about nothing."""

from random import Random

from tests.factories import ObservationFactory, PassageFactory, UserFactory
from tests.observations.test_coding_emerging import WAITING, others

SEED = 1


def note(unit, text, observer=None, **fields):
    """A coded observation with one passage that no theme covers."""
    observation = ObservationFactory(
        unit=unit, submitted=True, **({"observer": observer} if observer else {}), **fields
    )
    type(observation).objects.filter(pk=observation.pk).update(coded_at=observation.submitted_at)
    observation.refresh_from_db()
    return PassageFactory(observation=observation, text=text)


def observers(count=3):
    return [UserFactory() for _ in range(count)]


def planted(unit, about=WAITING, by=None):
    """A note for each sentence about one thing, by three observers."""
    by = by or observers()
    return [note(unit, text, by[at % len(by)]) for at, text in enumerate(about)]


def unlike(unit, count=90, by=None):
    """Sentences that have little in common, a few to each note."""
    by, texts = by or observers(2), others(count, Random(SEED))
    for at in range(0, count, 10):
        note(unit, ". ".join(texts[at : at + 10]), by[at % len(by)])
