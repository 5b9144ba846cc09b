"""What the demonstration has learned: a first version, and suggestions that come from it."""

from frameworks.models import Codebook
from observations.engine import sentence_model, suggestions_for
from observations.learning import versions
from observations.models import CodingModel, Mention, Observation
from observations.recounting import recount_mentions
from reports.cells import rollup

# So many of the newest wait with what the first version suggests; the others with what words do.
NEWEST = 3


def learn_themes():
    """As the night does it, without a message to the background process.

    By words alone, which takes seconds. Where there is a sentence model, the background process
    learns beside it once it runs.
    """
    for codebook in Codebook.objects.order_by("pk"):
        versions.learn(CodingModel.objects.create(codebook=codebook), by_words_alone=True)
    suggest_anew()
    if sentence_model():
        for codebook in Codebook.objects.order_by("pk"):
            CodingModel.objects.create(codebook=codebook)


def suggest_anew():
    waiting = Mention.objects.suggested().values("observation")
    newest = Observation.objects.counted().filter(pk__in=waiting).select_related("unit")
    for observation in newest.order_by("-submitted_at", "-pk")[:NEWEST]:
        stale = observation.mentions.suggested()
        recount_mentions(stale)
        stale.delete()
        found = suggestions_for(observation, by_words_alone=True)
        for mention in found:
            mention.suggested_at = observation.coded_at
        Mention.objects.bulk_create(found, ignore_conflicts=True)
        recount_mentions(found)
    rollup.roll_up_dirty()
