"""What stands beside a quotation: only what enough observations of the told window share.

Kind of work, seen or heard, and the reply together would leave one observation for many a quotation.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.conf import settings

from observations.models import Observation, Passage
from observations.models.parts import DISAGREED
from reports.telling.planning import EVERYTHING

SEEN, WORK, REPLY = "seen", "work", "reply"
AGREED, DISPUTED, NO_REPLY = "Agreed.", "Disputed.", "No reply."
REPLIES = {
    "Agreed": AGREED,
    "Disagreed": DISPUTED,
    "No reply": NO_REPLY,
    "Waiting": NO_REPLY,
    "Not shared yet": NO_REPLY,
}


@dataclass
class Noted:
    """What could be said of one observation, and whom it is about: a person's key, or None."""

    person: int | None
    facts: dict = field(default_factory=lambda: defaultdict(set))

    def shares(self, facts):
        return all(value in self.facts[name] for name, value in facts.items())


def shared(facts, notes, least, always=()):
    """Of `facts`, {name: value}, those that observations about at least `least` people share.

    The most identifying is dropped first, one after the other: what fewest people share by itself.
    What is in `always` is known whatever stands there, so that it is never dropped, and all else is
    shared together with it or goes.
    """
    kept = dict(facts)
    while any(name not in always for name in kept) and people(notes, kept) < least:
        alone = {
            name: people(notes, {name: value}) for name, value in kept.items() if name not in always
        }
        del kept[min(alone, key=alone.get)]
    return kept if always or people(notes, kept) >= least else {}


def people(notes, facts):
    """About how many people the observations are that share these facts; each is about one at most."""
    return len({each.person for each in notes if each.person is not None and each.shares(facts)})


def in_words(facts, label):
    """Seen: home visit. Agreed. Or as much of that as is left; `label` is what the kind of work is called."""
    first = [Passage.Kind(facts[SEEN]).label] if SEEN in facts else []
    work = [label] if WORK in facts else []
    how = ": ".join([*first, *(each.lower() if first else each for each in work)])
    return " ".join([*([f"{how}."] if how else []), *([facts[REPLY]] if facts.get(REPLY) else [])])


class Beside:
    """What may stand beside the quotations of a briefing; nothing where it tells of no window."""

    def __init__(self, briefing):
        whole = briefing.told_groups.filter(name=EVERYTHING).first()
        about = dict(zip(whole.notes, whole.people, strict=True)) if whole else {}
        self.notes = list(noted(about).values())
        self.least = settings.SMALL_COUNT_THRESHOLD

    def words(self, passage, *, with_reply=True):
        """How a passage is known: never who, where or when."""
        observation = passage.observation
        facts = {SEEN: passage.kind, WORK: observation.kind_of_work}
        reply = REPLIES.get(passage.reply_words) if with_reply else None
        if reply:
            facts[REPLY] = reply
        # The practitioner's answer goes with disputed words, and says that they are disputed.
        always = (REPLY,) if reply == DISPUTED else ()
        kept = shared(facts, self.notes, self.least, always)
        return in_words(kept, observation.get_kind_of_work_display())


def noted(about):
    """{key: Noted} of observations, `about` whom each is as it was told."""
    found = {key: Noted(person or None) for key, person in about.items()}
    rows = Observation.objects.filter(pk__in=found)
    for key, work, verdict in rows.values_list("pk", "kind_of_work", "reply__verdict"):
        found[key].facts[WORK].add(work)
        found[key].facts[REPLY].add(said_by(verdict))
    parts = rows.filter(reply__parts__verdict=DISAGREED).values_list("pk", flat=True)
    for key in parts:
        found[key].facts[REPLY].add(DISPUTED)
    passages = Passage.objects.filter(observation__in=found, is_counted=True)
    for key, kind in passages.values_list("observation", "kind").distinct():
        found[key].facts[SEEN].add(kind)
    return found


def said_by(verdict):
    if verdict is None:
        return NO_REPLY
    return DISPUTED if verdict == DISAGREED else AGREED
