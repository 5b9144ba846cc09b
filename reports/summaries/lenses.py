"""Counts what lenses showed: how risk was spoken of, and passages that began from their questions."""

from dataclasses import replace

from django.db.models import Count, Q

from observations.models import Passage
from observations.models.choices import RiskStatement
from reports.summaries.lens_shape import LensRow, RiskTalk


def risk_talk(scope):
    """How risk was spoken of in a scope, and in the months before."""
    before = replace(scope, window=scope.window.before)
    return replace(statements_in(scope), before=statements_in(before))


def statements_in(scope):
    counted = {
        kind.value: Count("pk", filter=Q(risk__contains=[kind.value])) for kind in RiskStatement
    }
    marked = scope.parts(Passage).exclude(risk=[])
    found = marked.aggregate(observations=Count("observation", distinct=True), **counted)
    counts = tuple((kind, found[kind.value]) for kind in RiskStatement)
    return RiskTalk(counts, found["observations"])


def lens_rows(scope):
    """The lenses from whose questions passages began, the one with most passages first."""
    begun = scope.parts(Passage).exclude(text="").filter(prompt__lens__isnull=False)
    rows = begun.values_list("prompt__lens__name").annotate(
        Count("pk"), Count("observation", distinct=True)
    )
    found = [LensRow(*row) for row in rows.order_by("prompt__lens__name")]
    return tuple(sorted(found, key=lambda row: -row.passages))
