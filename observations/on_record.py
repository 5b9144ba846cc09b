"""Reading passages of an observation goes on record, as reading the observation itself does."""

from observations.models import Observation
from practicelens.audit.actions import record_passages_read
from practicelens.audit.models import Entry


def passages_shown(user, rows):
    """Put on record that a page shows these to someone: passages, mentions, what is quoted."""
    places = [(row.observation_id, row.unit_id) for row in rows]
    record_passages_read(by=user, what=Observation, places=places)


def notes_shown(user, notes):
    """Put on record that a page shows someone passages of these observations."""
    places = [(observation.pk, observation.unit_id) for observation in notes]
    record_passages_read(by=user, what=Observation, places=places)


def notes_downloaded(user, notes):
    """Put on record that someone took these observations away in a file: a line each, in one insert."""
    Entry.objects.bulk_create(
        Entry(
            by=user,
            action=Entry.Action.DOWNLOADED,
            what=Observation._meta.verbose_name,
            object_pk=str(observation.pk),
            unit_id=observation.unit_id,
        )
        for observation in notes
    )
