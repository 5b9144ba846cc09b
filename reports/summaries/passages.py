"""Passages for and against, chosen by a rule that anybody can be told."""

from collections import Counter

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    Subquery,
    Value,
)

from frameworks import mapping
from frameworks.models import Level, Theme
from observations.coding.sentences import sentences
from observations.measuring import precisions
from observations.models import Mention, Passage, Rating
from reports.summaries.criteria import lineage_to
from reports.summaries.scope import scope_of
from reports.summaries.shape import Passages, Quotable

OPPOSITE = {"helps": "hinders", "hinders": "helps", "for": "against", "against": "for"}
SHORTEST, LONGEST = 8, 45  # words
# The best are picked out of so many of the newest: enough for any page, whatever the archive.
CANDIDATES = 200
HOW_CHOSEN = (
    "How they were chosen: confirmed before suggested, seen before heard, from different observers "
    f"and teams, {SHORTEST} to {LONGEST} words where there are any, newest first."
)


def passages_for(unit, window, *, side, theme=None, criterion=None, kind_of_work="", limit=4):
    """The best of what may be quoted on one side of a theme or of a criterion.

    The sides of a theme are "helps", "hinders" and "neither"; of a criterion, "for" (rated in the
    upper half of the levels) and "against" (in the lower half, or missed).
    """
    scope = scope_of(unit, window, kind_of_work)
    found = _found(scope, side, theme, criterion)
    confirmed, suggested = _count(found)
    looked = scope.parts(Passage).quotable().count()
    candidates = as_quotable(found[:CANDIDATES])
    return Passages(
        tuple(_best_first(candidates, limit)),
        confirmed,
        suggested,
        looked,
        HOW_CHOSEN if candidates else f"None found in {_passages(looked)}.",
    )


def every_passage(unit, window, *, side, theme=None, criterion=None, kind_of_work=""):
    """All that may be quoted on one side, newest first; rows for `as_quotable`."""
    return _found(scope_of(unit, window, kind_of_work), side, theme, criterion)


def as_quotable(rows):
    """Passages found by this module, each as a Quotable."""
    rows = list(rows)
    suggested = {row.said_of for row in rows if not row.is_confirmed}
    shares = precisions(list(Theme.objects.filter(pk__in=suggested)))
    return [_quotable(passage, shares) for passage in rows]


def _found(scope, side, theme, criterion):
    quotable = scope.parts(Passage).quotable()
    found = _of_theme(quotable, theme, side) if theme else _of_criterion(quotable, criterion, side)
    return (
        found.select_related("observation__unit", "observation__answer")
        .defer("search")
        .order_by("-is_confirmed", "-observation__observed_on", "-pk")
    )


def _of_theme(quotable, theme, stance):
    """Passages with the theme or with one merged into it; each once, confirmed rather than not."""
    members = mapping.counted_with(theme)
    mention = FilteredRelation("mentions", condition=Q(mentions__theme__in=members))
    confirmed = Q(mention__status=Mention.Status.CONFIRMED)
    counts = Q(mention__stance=stance)
    if len(members) > 1:
        counts &= Q(mention__pk=Subquery(_best_of(members, stance)))
    return (
        quotable.annotate(mention=mention)
        .filter(counts)
        .exclude(mention__status=Mention.Status.REJECTED)
        .annotate(
            is_confirmed=ExpressionWrapper(confirmed, output_field=BooleanField()),
            start=F("mention__start"),
            end=F("mention__end"),
            said_of=F("mention__theme"),
        )
    )


def _best_of(members, stance):
    """Of a passage's mentions of themes taken together: the confirmed one, or the first.

    What only waits does not count beside what a person confirmed, whatever its stance.
    """
    mentions = Mention.objects.filter(passage=OuterRef("passage"), theme__in=members)
    settled = mentions.confirmed()
    found = Mention.objects.filter(passage=OuterRef("pk"), theme__in=members, stance=stance)
    waits = Q(status=Mention.Status.SUGGESTED)
    return (
        found.exclude(status=Mention.Status.REJECTED)
        .exclude(waits & Q(Exists(settled)))
        .order_by("status", "pk")  # "confirmed" comes before "suggested"
        .values("pk")[:1]
    )


def _of_criterion(quotable, criterion, side):
    levels = list(Level.objects.filter(scale=criterion.version.scale_id).order_by("position"))
    upper, lower = levels[len(levels) // 2 :], levels[: len(levels) // 2]
    rated = Q(ratings__level__in=upper)
    if side == "against":
        rated = Q(ratings__level__in=lower) | Q(ratings__outcome=Rating.Outcome.MISSED)
    wordings, _ = lineage_to(criterion)
    return quotable.filter(rated, ratings__criterion__in=wordings).annotate(
        is_confirmed=Value(True), start=Value(0), end=Value(0), said_of=Value(0)
    )


def _count(found):
    confirmed = found.filter(is_confirmed=True).count()
    return confirmed, found.filter(is_confirmed=False).count()


def _passages(count):
    return f"{count} passage{'' if count == 1 else 's'}"


def _quotable(passage, shares):
    observation = passage.observation
    start, end = (passage.start, passage.end) if passage.end else _opening(passage.text)
    return Quotable(
        passage_id=passage.pk,
        observation_id=observation.pk,
        observer_id=observation.observer_id,
        unit=observation.unit,
        url=observation.get_absolute_url(),
        text=passage.text[start:end],
        start=start,
        end=end,
        kind=passage.kind,
        kind_of_work=observation.get_kind_of_work_display(),
        month=observation.month,
        reply=observation.reply,
        is_suggested=not passage.is_confirmed,
        precision="" if passage.is_confirmed else shares[passage.said_of].sentence,
    )


def _opening(text):
    """The place of what to quote: from the first sentence of a fair length, as many as fit."""
    spans = sentences(text) or [(0, len(text))]
    lengths = [len(text[start:end].split()) for start, end in spans]
    fair = [at for at, words in enumerate(lengths) if SHORTEST <= words <= LONGEST]
    first, *_ = fair or [at for at, words in enumerate(lengths) if words > LONGEST] or [0]
    start, end = spans[first]
    for _, further in spans[first + 1 :]:
        if len(text[start:further].split()) > LONGEST:
            break
        end = further
    return start, end


def _is_fair(words):
    return SHORTEST <= len(words.split()) <= LONGEST


def _best_first(candidates, limit):
    """One after the other: what ranks first, among equals who was not quoted yet."""
    left = list(enumerate(candidates))
    quoted = Counter()
    while left and limit:
        best = min(left, key=lambda placed: _rank(placed, quoted))
        left.remove(best)
        limit -= 1
        quoted[best[1].observer_id, "observer"] += 1
        quoted[best[1].unit.pk, "unit"] += 1
        yield best[1]


def _rank(placed, quoted):
    place, passage = placed
    return (
        passage.is_suggested,
        passage.kind != Passage.Kind.SEEN,
        quoted[passage.observer_id, "observer"] + quoted[passage.unit.pk, "unit"],
        not _is_fair(passage.text),
        place,
    )
