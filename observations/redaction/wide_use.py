"""Whether a word is in wide use in the archive: enough people's observations have it."""

from django.conf import settings
from django.contrib.postgres.search import SearchQuery

from observations.models import Passage

LOOKED_AT = 500  # passages with the word: more say no more


def is_in_wide_use(organisation, word):
    """Whether passages of observations about as many people as a count must have hold the word."""
    found = Passage.objects.filter(
        search=SearchQuery(word, config="english"), is_counted=True, unit__organisation=organisation
    )
    about = found.values_list("observation__practitioner", flat=True)[:LOOKED_AT]
    return len(set(about) - {None}) >= settings.SMALL_COUNT_THRESHOLD
