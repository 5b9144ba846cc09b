"""What people decided about a codebook's themes, as the engine learns from it.

The texts are whole passages with every identifier masked, as they are when themes are suggested. A
fifth of the observations is never learned from, so that a new version can be tried on it.
"""

import hashlib
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from observations import identifiers
from observations.coding.learning import Confirmed
from observations.models import Mention
from observations.redaction.finding import people_known, places_known

# One observation of so many is held back.
HELD_BACK = 5


class Decided(NamedTuple):
    """A passage that people decided about: for the engine, and who observed it.

    `decisions` counts what people said of it in so many words; that the other themes are not in it
    was said by leaving them out.
    """

    confirmed: Confirmed
    observer: int
    decisions: int

    @property
    def is_held_back(self):
        """A fifth of the observations, by their key: nobody picks them, and they stay the same."""
        digest = hashlib.sha256(self.confirmed.group.encode()).hexdigest()
        return int(digest, 16) % HELD_BACK == 0


def decided(codebook):
    """The passages about which something was decided, always in the same order."""
    found = list(mentions_under(codebook))
    themes = dict.fromkeys(codebook.themes.in_use().values_list("code", flat=True))
    themes |= first_used(found)
    people, places = people_known(), places_known()
    read = (
        as_decided(list(mentions), themes, people, places)
        for _, mentions in groupby(found, key=attrgetter("passage_id"))
    )
    return [each for each in read if each]


def mentions_under(codebook):
    """Mentions of themes in use, in observations that count, of units that the codebook codes."""
    return (
        Mention.objects.filter(
            is_counted=True,
            unit__in=codebook.coded_unit_pks(),
            theme__in=codebook.themes.in_use(),
        )
        .select_related("theme", "passage", "observation")
        .order_by("observation__key", "passage__position", "passage", "theme__position", "theme")
    )


def first_used(mentions):
    """When a person first decided about each theme: before that nobody could have given it."""
    times = {}
    for each in mentions:
        if each.decided_at:
            code = each.theme.code
            times[code] = min(each.decided_at, times.get(code, each.decided_at))
    return times


def as_decided(mentions, themes, people, places):
    """What was decided about one passage, or None: nothing was, or it could not be read safely."""
    said = [each for each in mentions if each.status != Mention.Status.SUGGESTED]
    passage = mentions[0].passage
    if not said:
        return None
    try:
        masked = identifiers.mask(
            passage.text, identifiers.find(passage.text, people=people, allow=places)
        )
    except identifiers.CouldNotLook:
        return None
    confirmed = [each for each in said if each.status == Mention.Status.CONFIRMED]
    return Decided(
        Confirmed(
            text=masked.text,
            labels=tuple(each.theme.code for each in confirmed),
            rejected=rejected(mentions, said, themes),
            group=str(mentions[0].observation.key),
            quotes=tuple(quoted(confirmed, masked)),
        ),
        observer=mentions[0].observation.observer_id,
        decisions=len(said),
    )


def rejected(mentions, said, themes):
    """The themes that a passage does not speak to.

    Those that a person rejected; and, once nothing waits in it, those that nobody gave it though
    they were in use by then. Without the latter there is hardly anything to learn the limits of a
    theme from: few are ever asked about most themes of a passage.
    """
    turned_down = {each.theme.code for each in said if each.status == Mention.Status.REJECTED}
    if len(said) == len(mentions):
        given = {each.theme.code for each in said}
        last: datetime = max(each.decided_at for each in said)
        turned_down |= {
            code for code, since in themes.items() if code not in given and since and since <= last
        }
    return tuple(code for code in themes if code in turned_down)


def quoted(confirmed, masked):
    """Where each theme is shown, in the masked text; a quote of everything says nothing of where."""
    for each in confirmed:
        if (each.start, each.end) != (0, len(each.passage.text)):
            yield each.theme.code, masked.to_masked(each.start), masked.to_masked(each.end)
