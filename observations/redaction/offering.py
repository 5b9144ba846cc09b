"""The roles that the page offers for each question of an observation."""

from observations import identifiers
from observations.models.redaction import HOLDERS
from observations.redaction.remembering import Known, fingerprints


def with_offers(observation, redactions):
    """Open questions of an observation, each with the `offer` that the whole of its text allows."""
    asked = list(redactions)
    if not asked:
        return asked
    known = Known(observation)
    in_note = [
        (fingerprints(observation.pk, row.words, row.kind), standing_of(row))
        for row in observation.redactions.open().select_related(*HOLDERS)
    ]
    for row in asked:
        name = fingerprints(observation.pk, row.words, row.kind)
        others = [place for other, place in in_note if is_near(name, other)]
        row.offer = offer_for(standing_of(row), others, known)
    return asked


def is_near(name, other):
    return bool(name and other) and (other <= name or name <= other)


def offer_for(place, others, known):
    return identifiers.offer(
        place,
        others,
        given=known.given(place.words, place.kind),
        taken=known.taken(place.words, place.kind),
    )


def standing_of(row):
    return identifiers.Standing(row.words, row.kind, row.suggestion, row.text, row.start, row.end)
