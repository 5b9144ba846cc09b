"""Passages for and against, chosen by a rule that anybody can be told."""

from collections import Counter

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    JSONField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.utils.functional import SimpleLazyObject

from frameworks.models import Level, Theme
from frameworks.themes import mergers
from observations.learning.precision import precisions
from observations.models import Mention, Passage, Rating, Redaction
from reports.summaries.lines import trend_of
from reports.summaries.placing import LONGEST, SHORTEST, is_fair, place
from reports.summaries.scope import scope_of
from reports.summaries.shape import Passages, Quotable

OPPOSITE = {"helps": "hinders", "hinders": "helps", "for": "against", "against": "for"}
# The best are picked out of so many of the newest: enough for any page, whatever the archive.
CANDIDATES = 200
HOW_CHOSEN = (
    "How they were chosen: confirmed before suggested; first those in which no name was ever found; "
    "from different observations, then different observers and teams; seen before heard; newest first. "
    f"Each has {SHORTEST} to {LONGEST} words, cut where a sentence ends."
)
NONE_FAIR = f"None has {SHORTEST} to {LONGEST} words in whole sentences, so longer or shorter ones are shown."


def passages_for(unit, window, *, side, theme=None, criterion=None, kind_of_work="", limit=4):
    """The best of what may be quoted on one side of a theme or of a criterion.

    The sides of a theme are "helps", "hinders" and "neither"; of a criterion, "for" (rated in the
    upper half of the levels) and "against" (in the lower half, or missed).
    """
    scope = scope_of(unit, window, kind_of_work)
    found = found_passages(scope, side, theme, criterion)
    confirmed, suggested = count(found)
    # Nearly always the passages that were found say enough, and nobody asks.
    looked = SimpleLazyObject(scope.parts(Passage).quotable().count)
    chosen = tuple(best_first(short(as_quotable(found[:CANDIDATES], unit.zone)), limit))
    return Passages(chosen, confirmed, suggested, looked, how_chosen(chosen, looked))


def how_chosen(chosen, looked):
    if not chosen:
        return none_found_words(looked)
    return HOW_CHOSEN if any(is_fair(each.text) for each in chosen) else f"{HOW_CHOSEN} {NONE_FAIR}"


def none_found_words(looked):
    """None found in 14 passages."""
    return f"None found in {looked} passage{'' if looked == 1 else 's'}."


def every_passage(unit, window, *, side, theme=None, criterion=None, kind_of_work=""):
    """All that may be quoted on one side, newest first; rows for `as_quotable`."""
    return found_passages(scope_of(unit, window, kind_of_work), side, theme, criterion)


def as_quotable(rows, zone):
    """Passages found by this module in units of one time zone, each as a Quotable."""
    rows = list(rows)
    for row in rows:
        row.observation.unit.zone = zone
    suggested = {row.said_of for row in rows if not row.is_confirmed}
    shares = precisions(list(Theme.objects.filter(pk__in=suggested)))
    return [quotable_of(passage, shares) for passage in rows]


def found_passages(scope, side, theme, criterion):
    quotable = scope.parts(Passage).quotable()
    found = of_theme(quotable, theme, side) if theme else of_criterion(quotable, criterion, side)
    return (
        found.with_answers()
        .defer("search")
        .order_by("-is_confirmed", "-observation__observed_on", "-pk")
    )


def of_theme(quotable, theme, stance):
    """Passages with the theme or with one merged into it; each once, confirmed rather than not."""
    members = mergers.counted_with(theme)
    mention = FilteredRelation("mentions", condition=Q(mentions__theme__in=members))
    confirmed = Q(mention__status=Mention.Status.CONFIRMED)
    counts = Q(mention__stance=stance)
    if len(members) > 1:
        counts &= Q(mention__pk=Subquery(best_of(members, stance)))
    return (
        quotable.annotate(mention=mention)
        .filter(counts)
        .exclude(mention__status=Mention.Status.REJECTED)
        .annotate(
            is_confirmed=ExpressionWrapper(confirmed, output_field=BooleanField()),
            start=F("mention__start"),
            end=F("mention__end"),
            marks=F("mention__words"),
            said_of=F("mention__theme"),
            once_found=ArraySubquery(once_found()),
        )
    )


def best_of(members, stance):
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


def of_criterion(quotable, criterion, side):
    levels = list(Level.objects.filter(scale=criterion.version.scale_id).order_by("position"))
    upper, lower = levels[len(levels) // 2 :], levels[: len(levels) // 2]
    rated = Q(ratings__level__in=upper)
    if side == "against":
        rated = Q(ratings__level__in=lower) | Q(ratings__outcome=Rating.Outcome.MISSED)
    wordings = trend_of(criterion).wordings
    rows = quotable.filter(rated, ratings__criterion__in=wordings)
    return quoted_at(rows, Value(0), Value(0))


def quoted_at(rows, start, end):
    """Passages of no theme, with the place of what to quote; rows for `as_quotable`."""
    return rows.annotate(
        is_confirmed=Value(True),
        start=start,
        end=end,
        marks=Value([], output_field=JSONField()),
        said_of=Value(0),
        once_found=ArraySubquery(once_found()),
    )


def count(found):
    counts = found.aggregate(
        confirmed=Count("pk", filter=Q(is_confirmed=True)),
        suggested=Count("pk", filter=Q(is_confirmed=False)),
    )
    return counts["confirmed"], counts["suggested"]


def quotable_of(passage, shares):
    observation, found = passage.observation, passage.once_found
    quote = (passage.start, passage.end) if passage.end else None
    start, end = place(passage.text, quote, passage.marks, found)
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
        reply=passage.reply_words,
        is_suggested=not passage.is_confirmed,
        was_named=any(each in passage.text[start:end] for each in found),
        precision="" if passage.is_confirmed else shares[passage.said_of].sentence,
    )


def once_found():
    """What is now where someone might have been named: words kept, and those put in."""
    here = Redaction.objects.filter(passage=OuterRef("pk")).order_by("pk")
    kept = When(settled=Redaction.Settled.KEPT, then=F("words"))
    return here.annotate(now=Case(kept, default=F("replacement"))).exclude(now="").values("now")


def short(candidates):
    """Those of a fair length; the others only where there are none, confirmed or suggested."""
    kept = []
    for is_suggested in (False, True):
        alike = [each for each in candidates if each.is_suggested == is_suggested]
        kept += [each for each in alike if is_fair(each.text)] or alike
    return kept


def best_first(candidates, limit):
    """One after the other: what ranks first beside those that were taken before it."""
    left = list(enumerate(candidates))
    quoted = Counter()
    while left and limit:
        best = min(left, key=lambda placed: rank(placed, quoted))
        left.remove(best)
        limit -= 1
        quoted[best[1].observation_id, "note"] += 1
        quoted[best[1].observer_id, "observer"] += 1
        quoted[best[1].unit.pk, "unit"] += 1
        yield best[1]


def rank(placed, quoted):
    at, passage = placed
    return (
        passage.is_suggested,
        passage.was_named,
        quoted[passage.observation_id, "note"],
        quoted[passage.observer_id, "observer"] + quoted[passage.unit.pk, "unit"],
        passage.kind != Passage.Kind.SEEN,
        at,
    )
