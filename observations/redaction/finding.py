"""Where in an observation someone may be identifiable: kept as rows, settled by the observer."""

from functools import lru_cache
from itertools import takewhile
from time import monotonic

from django.db.models import Q
from django.utils import timezone

from observations import identifiers
from observations.identifiers.kinds import UNREAD
from observations.models import Redaction, Reply
from practicelens.people.models import Unit, User

MOST_KEPT = Redaction._meta.get_field("words").max_length
WRITTEN = ["kind", "words", "suggestion", "start", "end"]


def refresh(observation):
    """Look again at every passage and voice of an observation, and at the reply to it.

    What was settled stays settled for the same words; an open finding whose words have gone is
    closed as written differently.
    """
    people, places = people_known(), places_known()
    for passage in observation.passages.all():
        look_at({"passage": passage}, observation, passage.text, people, places)
    for voice in observation.voices.all():
        look_at({"voice": voice}, observation, voice.words, people, places)
    look_at_reply(observation, people, places)


def refresh_reply(observation):
    """Look again at all that the practitioner replied; returns how much is still to be settled."""
    look_at_reply(observation, people_known(), places_known())
    return observation.redactions.open().in_reply().count()


def look_at_reply(observation, people, places):
    for reply in Reply.objects.filter(observation=observation):
        look_at({"reply": reply}, observation, reply.words, people, places)
        for part in reply.parts.all():
            look_at({"reply_part": part}, observation, part.words, people, places)


def refresh_one(where, observation, text):
    """Look for names in one text; `where` is {"passage": ...} or the like, as in HOLDERS."""
    look_at(where, observation, text, people_known(), places_known())


def look_at(where, observation, text, people, places):
    earlier = list(Redaction.objects.filter(**where))
    kept = {as_kept(row) for row in earlier if row.settled == Redaction.Settled.KEPT}
    still_open = {key_of(row): row for row in earlier if row.settled_at is None}
    rows = []
    for found in first_of_each(found_in(text, people, places)):
        known = still_open.pop(key_of(found), None)
        if as_kept(found) not in kept:
            rows.append(known or Redaction(observation=observation, **where))
            write_finding(rows[-1], found)
    Redaction.objects.bulk_create(row for row in rows if not row.pk)
    Redaction.objects.bulk_update([row for row in rows if row.pk], WRITTEN, batch_size=500)
    for gone in still_open.values():
        if gone.put_back_at and gone.words in text:
            continue  # its writer put these words back: they are asked about whatever is found
        gone.settled, gone.settled_at = Redaction.Settled.GONE, timezone.now()
        gone.save(update_fields=["settled", "settled_at"])


def key_of(each):
    """By what a finding is known again: its kind, and its words as far as they are kept."""
    return each.kind, each.words[:MOST_KEPT]


def as_kept(each):
    """The key of a finding that a person let stand; an unread text must also be as long as it was."""
    length = each.end - each.start if each.kind == UNREAD else 0
    return *key_of(each), length


def write_finding(row, found):
    row.kind, row.words, row.suggestion = found.kind, found.words[:MOST_KEPT], found.suggestion
    row.start, row.end = found.start, found.end


def found_in(text, people, places):
    """What may name someone; a text that could not be read is itself a finding, and open."""
    try:
        return identifiers.find(text, people=people, allow=places)
    except identifiers.CouldNotLook:
        return [identifiers.unread(text)]


def first_of_each(found):
    """One finding of each kind and words: whoever settles it settles all that are alike."""
    seen = {}
    for redaction in found:
        seen.setdefault(key_of(redaction), redaction)
    return seen.values()


def known_lately():
    """The people and the places known, read at most once a minute: for text as it is typed."""
    return known_in_minute(int(monotonic() // 60))


@lru_cache(maxsize=1)
def known_in_minute(minute):
    return tuple(people_known()), tuple(places_known())


def people_known():
    """The names of everybody in the system: a worker is a person too."""
    return list(User.objects.filter(~Q(name="")).values_list("name", flat=True))


def places_known():
    """Words that look like names and are not: the units, with and without their small words."""
    names = list(Unit.objects.values_list("name", flat=True))
    return [*names, *(" ".join(takewhile(starts_large, name.split())) for name in names)]


def starts_large(word):
    return word[:1].isupper()
