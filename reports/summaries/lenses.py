"""Counts what lenses showed: how risk was spoken of, and passages that began from their questions."""

from dataclasses import replace

from django.db.models import Count, Max, Q, Sum
from django.db.models.functions import Lower

from observations.models import Friction, Passage
from observations.models.choices import RiskStatement
from observations.systems.offered import systems_by_name
from reports.summaries.lens_shape import LensRow, RiskTalk, SystemRow


def risk_talk(scope):
    """How risk was spoken of in a scope, and in the months before, in one query."""
    window = scope.window
    both = replace(scope, window=replace(window, first_month=window.before.first_month))
    now = Q(month__gte=window.first_month)
    parts = {"now": now, "before": ~now}
    found = (
        both.parts(Passage)
        .exclude(risk=[])
        .aggregate(
            **{f"{when}_seen_in": seen_in(part) for when, part in parts.items()},
            **{
                f"{when}_{kind.value}": Count("pk", filter=part & Q(risk__contains=[kind.value]))
                for when, part in parts.items()
                for kind in RiskStatement
            },
        )
    )
    return replace(talk_of("now", found), before=talk_of("before", found))


def seen_in(part):
    return Count("observation", distinct=True, filter=part)


def talk_of(when, found):
    counts = tuple((kind, found[f"{when}_{kind.value}"]) for kind in RiskStatement)
    return RiskTalk(counts, found[f"{when}_seen_in"])


def lens_rows(scope):
    """The lenses from whose questions passages began, the one with most passages first."""
    begun = scope.parts(Passage).exclude(text="").filter(prompt__lens__isnull=False)
    rows = begun.values_list("prompt__lens__name").annotate(
        Count("pk"), Count("observation", distinct=True)
    )
    found = [LensRow(*row) for row in rows.order_by("prompt__lens__name")]
    return tuple(sorted(found, key=lambda row: -row.passages))


def system_rows(scope):
    """Systems and processes by what they are called, the one that cost most minutes first.

    All that was written of one on the organisation's list is together under the name it has there.
    """
    hindered = Q(effect=Friction.Effect.HINDERED)
    rows = (
        scope.parts(Friction)
        .exclude(called="")
        .values(folded=Lower("called"))
        .annotate(
            label=Max("called"),
            entries=Count("pk"),
            lost=Sum("minutes", filter=hindered, default=0),
        )
    )
    rows = list(rows)
    known = systems_by_name(scope.unit.organisation_id) if rows else {}
    found = {}
    for row in rows:
        system = known.get(row["folded"])
        name = system.name if system else row["label"]
        there = found.get(name) or SystemRow(name, 0, 0)
        found[name] = SystemRow(name, there.entries + row["entries"], there.lost + row["lost"])
    return tuple(sorted(found.values(), key=lambda row: (-row.lost, -row.entries, row.label)))
