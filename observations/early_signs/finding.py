"""Early signs of an observation: found when it is coded, and kept as rows until a person decides.

Found, never decided: nothing here closes an early sign. A failure is logged, and never stops
coding.
"""

import logging
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from observations.coding.likeness import ALIKE, ENOUGH, Archive, terms, terms_of
from observations.coding.sentences import sentences
from observations.coding.signals import signs
from observations.models import EarlySign, EarlySignStep, Passage
from practicelens.people.models import Unit
from practicelens.people.permissions import Act

log = logging.getLogger(__name__)

NEWEST = 2_000  # sentences to compare with, so that a large archive costs no more
NEWEST_PASSAGES = 1_000
NEWEST_SIGNALS = 500
Reason, State = EarlySign.Reason, EarlySign.State


@dataclass
class Found:
    """A sentence that may be an early sign, with the reasons found so far."""

    passage: Passage
    start: int
    end: int
    reasons: list = field(default_factory=list)
    like: EarlySign | None = None

    def because(self, kind, words=(), **more):
        self.reasons.append({"kind": str(kind), "words": [list(pair) for pair in words], **more})


def look(observation):
    """Find the early signs of an observation that counts; twice is once."""
    found = [*carefully(by_words, observation), *carefully(by_comparison, observation)]
    carefully(keep, observation, found)


def carefully(step, observation, *more):
    """What a step finds; nothing, and a line in the log, where it fails."""
    try:
        with transaction.atomic():
            return list(step(observation, *more) or [])
    except Exception:  # an observation is coded whatever happens here
        log.exception("Early signs of observation %s: %s failed.", observation.pk, step.__name__)
        return []


def keep(observation, found):
    """A row for each sentence that has none yet, with its first step."""
    known = set(
        EarlySign.objects.filter(passage__observation=observation).values_list("passage", "start")
    )
    new = [each for each in joined(found) if (each.passage.pk, each.start) not in known]
    made = EarlySign.objects.bulk_create(
        EarlySign(
            passage=each.passage,
            start=each.start,
            end=each.end,
            reasons=each.reasons,
            like=each.like,
        )
        for each in new
    )
    EarlySignStep.objects.bulk_create(
        EarlySignStep(early_sign=early_sign, what=EarlySignStep.What.FOUND, at=early_sign.found_at)
        for early_sign in made
    )
    for early_sign in made:
        open_again(early_sign.like)


def joined(found):
    """One for each sentence, with all its reasons."""
    by_place = {}
    for each in found:
        first = by_place.setdefault((each.passage.pk, each.start), each)
        if first is not each:
            kinds = {reason["kind"] for reason in first.reasons}
            first.reasons += [new for new in each.reasons if new["kind"] not in kinds]
            first.like = first.like or each.like
    return by_place.values()


def open_again(earlier):
    """What was closed waits again once it was seen again; its reason is in its steps."""
    if earlier is None or earlier.state != State.CLOSED:
        return
    earlier.state, earlier.because = State.OPEN, ""
    earlier.decided_at = earlier.decided_by = None
    earlier.reopened_at = timezone.now()
    earlier.save(update_fields=["state", "because", "decided_at", "decided_by", "reopened_at"])
    EarlySignStep.objects.create(early_sign=earlier, what=EarlySignStep.What.SEEN_AGAIN)


# Words, and what the observer flagged


def by_words(observation):
    """A flagged passage as a whole; else each sentence with a sign."""
    for passage in observation.passages.order_by("position", "pk"):
        if passage.is_marked and passage.text.strip():
            yield flagged(passage)
        else:
            yield from sentences_with_signs(passage)


def flagged(passage):
    found = Found(passage, 0, len(passage.text))
    found.because(Reason.FLAGGED)
    say_signs(found, signs(passage.text))
    return found


def sentences_with_signs(passage):
    told = signs(passage.text)
    spans = sentences(passage.text) if told else []
    in_sentence = groupby(told, lambda sign: bisect_right(spans, sign.start, key=itemgetter(0)))
    for number, within in in_sentence:
        found = Found(passage, *spans[number - 1])
        say_signs(found, list(within))
        yield found


def say_signs(found, told):
    for kind in dict.fromkeys(sign.kind for sign in told):
        found.because(kind, [(sign.start, sign.end) for sign in told if sign.kind == kind])


# The archive


def by_comparison(observation):
    """The one oddest sentence, and every sentence like an early sign that was settled before."""
    passages = list(observation.passages.order_by("position", "pk"))
    archive = archive_before(observation)
    if odd := oddest(passages, archive):
        yield odd
    settled = early_signs_before(observation)
    for passage in passages if settled else []:
        yield from like_earlier(passage, archive, settled)


def archive_before(observation):
    """The newest sentences that the organisation had when the observation was submitted."""
    told, size = {}, 0
    for pk, text in earlier_in_organisation(observation):
        if size >= NEWEST:
            break
        told.setdefault(pk, []).extend(terms_of(text))
        size += len(terms_of(text))
    return Archive(tuple(tuple(note) for note in told.values() if note))


def earlier_in_organisation(observation):
    passages = Passage.objects.filter(
        is_counted=True,
        unit__in=units_round(observation),
        observation__submitted_at__lt=observation.submitted_at,
    ).exclude(observation=observation)
    return passages.order_by("-pk").values_list("observation", "text")[:NEWEST_PASSAGES]


def units_round(observation):
    """Every unit of the organisation in which the observation was made."""
    top = Unit.objects.above(observation.unit).first() or observation.unit
    return Unit.objects.below(top)


def has_too_little(user):
    """Whether a practice leader's part has too few sentences to call one unlike the rest."""
    units = user.reach(Act.DECIDE_EARLY_SIGNS)
    texts = Passage.objects.filter(is_counted=True, unit__in=units).values_list("text", flat=True)
    return sum(len(terms_of(text)) for text in texts.order_by("-pk")[:ENOUGH]) < ENOUGH


def oddest(passages, archive):
    """The oddest sentence of the whole observation, if one stands out."""
    spans = [(passage, span) for passage in passages if (span := archive.oddest(passage.text))]
    if not spans:
        return None
    passage, (start, end) = min(
        spans, key=lambda each: archive.familiarity(terms(each[0].text[slice(*each[1])]))
    )
    if passage.is_marked:
        start, end = 0, len(passage.text)
    found = Found(passage, start, end)
    found.because(Reason.ODD, among=archive.size)
    return found


def early_signs_before(observation):
    """Early signs of earlier observations, kept open or closed: the newest, locked."""
    return list(
        EarlySign.objects.select_for_update(of=("self",))
        .filter(
            Q(state=State.KEPT) | Q(state=State.CLOSED),
            passage__is_counted=True,
            passage__unit__in=units_round(observation),
            passage__observation__submitted_at__lt=observation.submitted_at,
        )
        .exclude(passage__observation=observation)
        .select_related("passage")
        .order_by("-pk")[:NEWEST_SIGNALS]
    )


def like_earlier(passage, archive, settled):
    for start, end in sentences(passage.text):
        own = terms(passage.text[start:end])
        alike, earlier = max(
            ((archive.likeness(own, terms(each.quote)), each) for each in settled),
            key=lambda pair: pair[0],
        )
        if alike >= ALIKE:
            whole = (0, len(passage.text)) if passage.is_marked else (start, end)
            found = Found(passage, *whole, like=earlier)
            found.because(Reason.LIKE)
            yield found
