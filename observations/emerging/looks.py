"""Looking over what no theme covers: which sentences, which groups of them, and which are new."""

from collections import defaultdict
from datetime import timedelta
from itertools import islice
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from frameworks.models import Codebook
from observations import identifiers
from observations.coding import emerging as engine
from observations.coding.sentences import sentences
from observations.models import (
    EmergingLook,
    EmergingPassage,
    EmergingTheme,
    Mention,
    Passage,
)
from observations.redaction.finding import people_known, places_known
from practicelens.jobs.names import Task
from practicelens.jobs.nudges import nudge
from practicelens.people.permissions import Act

DAYS = 365  # looked back
MOST_SENTENCES = 20_000  # the newest
DAYS_BETWEEN = 6  # from one weekly look to the next, and a little slack

State, Said = EmergingLook.State, EmergingLook.Said


class Sentence(NamedTuple):
    """A sentence that no theme covers, with its identifiers masked in `text`."""

    text: str
    passage: Passage
    start: int
    end: int

    @property
    def observation(self):
        return self.passage.observation


def codebooks_for(user):
    """The codebooks with which passages are coded that the person can read as a practice leader."""
    units = user.reach(Act.DECIDE_THEMES)
    return [
        codebook
        for codebook in Codebook.objects.visible_to(user).select_related("unit").order_by("name")
        if codebook.coded_units().filter(pk__in=units).exists()
    ]


# Asking


@transaction.atomic
def ask(*, codebook, by=None):
    """Ask for a look; asked twice before it is done is one look."""
    try:
        with transaction.atomic():
            EmergingLook.objects.create(codebook=codebook, asked_by=by)
    except IntegrityError:
        return False
    nudge(Task.LOOK_FOR_EMERGING)
    return True


def ask_where_due():
    """Ask for a look of every codebook that had none this week."""
    since = timezone.now() - timedelta(days=DAYS_BETWEEN)
    lately = EmergingLook.objects.filter(codebook=OuterRef("pk"), asked_at__gte=since)
    for codebook in Codebook.objects.exclude(Exists(lately)).order_by("pk"):
        ask(codebook=codebook)


# Looking


@transaction.atomic
def look(*, look, on=None):
    """Do one look that was asked for; returns how many groups it offers. Twice is once.

    What is looked at is the year up to `on`: today, if it is not given.
    """
    waiting = EmergingLook.objects.asked().select_for_update(of=("self",), skip_locked=True)
    look = waiting.select_related("codebook").filter(pk=look.pk).first()
    if look is None:
        return 0
    on = on or look.codebook.unit.today()
    found = list(islice(uncovered(look.codebook, on), MOST_SENTENCES))
    look.sentences = len(found)
    look.observers = len({each.observation.observer_id for each in found})
    offered = 0
    if look.sentences < engine.LEAST_SENTENCES or look.observers < engine.LEAST_OBSERVERS:
        look.said = Said.TOO_LITTLE
    else:
        offered = keep(look, found, on)
        look.said = Said.FOUND if offered else Said.NOTHING
    look.state, look.done_at = State.DONE, timezone.now()
    look.save()
    return offered


def give_up(*, look):
    """Say of a look that it failed, so that no sweep tries it for ever; asking again is a new one."""
    EmergingLook.objects.filter(pk=look.pk, state=State.ASKED).update(
        state=State.FAILED, done_at=timezone.now()
    )


def passages_of(codebook, on=None):
    """The passages of the last year that were coded with it."""
    since = (on or codebook.unit.today()) - timedelta(days=DAYS)
    return Passage.objects.filter(
        is_counted=True,
        unit__in=codebook.coded_unit_pks(),
        observation__observed_on__gte=since,
        observation__coded_at__isnull=False,
    ).exclude(text="")


def without_a_theme(passages):
    """Those in which nothing is coded to any theme, the newest first."""
    coded = Mention.objects.filter(covers(), passage=OuterRef("pk"))
    return passages.exclude(Exists(coded)).order_by("-observation__observed_on", "-pk")


def covers():
    """What is suggested or confirmed; what was rejected covers nothing."""
    return ~Q(status=Mention.Status.REJECTED)


def uncovered(codebook, on):
    """The sentences that are in no quote of a theme, the newest first.

    A passage in which identifiers could not be looked for is left out.
    """
    quotes = Mention.objects.filter(covers()).only("passage", "start", "end")
    passages = (
        passages_of(codebook, on)
        .select_related("observation")
        .defer("search")
        .prefetch_related(Prefetch("mentions", quotes, "quotes"))
        .order_by("-observation__observed_on", "-pk")
    )
    people, places = people_known(), places_known()
    for passage in passages.iterator(chunk_size=500):
        yield from uncovered_in(passage, people, places)


def uncovered_in(passage, people, places):
    try:
        found = identifiers.find(passage.text, people=people, allow=places)
    except identifiers.CouldNotLook:
        return
    masked = identifiers.mask(passage.text, found)
    for masked_start, masked_end in sentences(masked.text):
        start, end = masked.to_original(masked_start), masked.to_original(masked_end)
        text = masked.text[masked_start:masked_end]
        if engine.fits(text) and not any(
            quote.start < end and start < quote.end for quote in passage.quotes
        ):
            yield Sentence(text, passage, start, end)


# Keeping what was found


def keep(look, found, on):
    """Keep the groups of these sentences that a person has not said no to; returns how many.

    One that nobody decided on before stays the same group, as it is found now.
    """
    middle = on - timedelta(days=DAYS // 2)
    groups = engine.groups(
        [each.text for each in found],
        [each.observation.observer_id for each in found],
        [each.observation.pk for each in found],
        [each.observation.observed_on >= middle for each in found],
    )
    earlier, undecided = dismissed_of(look.codebook), undecided_of(look.codebook)
    offered = 0
    for group in groups:
        members = [
            (found[place], near) for place, near in zip(group.members, group.nearness, strict=True)
        ]
        before = largest_like(members, earlier)
        if before is None or len(members) >= 2 * len(earlier[before]):
            offered += 1
            row = largest_like(members, undecided) or EmergingTheme()
            undecided.pop(row, None)
            row.look, row.place, row.dismissed_before = look, offered, before
            keep_one(row, group, members)
    return offered


def keep_one(row, group, members):
    row.terms, row.closeness = list(group.terms), group.closeness
    row.save()
    row.passages.all().delete()
    EmergingPassage.objects.bulk_create(
        EmergingPassage(
            group=row,
            passage=each.passage,
            start=each.start,
            end=each.end,
            nearness=near,
        )
        for each, near in members
    )


def dismissed_of(codebook):
    """`{group: [(passage, start, end), ...]}` of what people said is no theme, the newest first."""
    rows = EmergingTheme.objects.dismissed().filter(look__codebook=codebook)
    return with_places(rows.order_by("-decided_at", "-pk"))


def undecided_of(codebook):
    """`{group: [(passage, start, end), ...]}` of groups not decided on, locked until the transaction ends."""
    rows = EmergingTheme.objects.candidates().filter(look__codebook=codebook)
    return with_places(rows.select_for_update(of=("self",)).order_by("-pk"))


def with_places(groups):
    return {
        group: [(each.passage_id, each.start, each.end) for each in group.passages.all()]
        for group in groups.prefetch_related("passages")
    }


def largest_like(members, earlier):
    """The largest group that shares half of itself, or of these members, with them; or None."""
    places = [(each.passage.pk, each.start, each.end) for each, _ in members]
    alike = [group for group, theirs in earlier.items() if is_same(places, theirs)]
    return max(alike, key=lambda group: len(earlier[group]), default=None)


def is_same(ours, theirs):
    """Whether two groups of sentences are one: half of the smaller is in the other."""
    at = defaultdict(list)
    for passage, start, end in ours:
        at[passage].append((start, end))
    shared = sum(
        any(start < our_end and our_start < end for our_start, our_end in at[passage])
        for passage, start, end in theirs
    )
    return bool(theirs) and 2 * shared >= min(len(ours), len(theirs))
