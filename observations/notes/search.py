"""Observations by the words in them."""

from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.db.models import Exists, OuterRef, Subquery

from observations.models import Passage


def searched(observations, words):
    """Those with a passage that has the words."""
    found = Passage.objects.filter(observation=OuterRef("pk"), search=query_of(words))
    return observations.filter(Exists(found))


def with_found_words(observations, words):
    """Adds `found`: the best passage with the words between ⟦ and ⟧. For shown rows only."""
    headline = SearchHeadline(
        "text",
        query_of(words),
        config="english",
        start_sel="⟦",
        stop_sel="⟧",
        max_words=30,
        min_words=12,
    )
    best = (
        Passage.objects.filter(observation=OuterRef("pk"), search=query_of(words))
        .annotate(headline=headline)
        .order_by("position", "pk")
    )
    return observations.annotate(found=Subquery(best.values("headline")[:1]))


def query_of(words):
    return SearchQuery(words, config="english", search_type="websearch")
