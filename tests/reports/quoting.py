"""A draft that quotes one passage, and what the tests of the release step do with it."""

from datetime import timedelta

from django.urls import reverse

from observations.models import Observation
from reports import briefings
from reports.briefings import releasing
from reports.models import Evidence
from tests.factories import (
    ObservationFactory,
    PassageFactory,
)
from tests.reports.factories import (
    BriefingFactory,
    EvidenceFactory,
    FindingFactory,
    RecommendationFactory,
    check_of,
    last_month,
)

QUOTED = "Brought a list of four things and she asked him for the first on Thursday."
NAMED = "It was said by Priya Nair that the plan had been typed twice, once from memory."
GOOD = "She sat on the stairs with him until the kettle had boiled for everybody there."


def quoting(team, psw):
    """A draft that quotes one passage, with nothing else left to do."""
    made = BriefingFactory(unit=team, written_by=psw)
    finding = FindingFactory(briefing=made, evidence=False)
    EvidenceFactory(finding=finding, passage=passage_of(team, QUOTED))
    RecommendationFactory(briefing=made)
    return made


def passage_of(team, text):
    observation = Observation.objects.filter(unit=team).first()
    if observation is None:
        observation = ObservationFactory(
            unit=team, submitted=True, observed_on=last_month() + timedelta(days=3)
        )
    observation.refresh_from_db()
    return PassageFactory(observation=observation, text=text)


def evidence():
    return Evidence.objects.get()


def quotation(briefing):
    (only,) = briefings.quotations_in(briefing)
    return only


def say(text):
    """What the quoted passage says from now on."""
    row = evidence()
    row.passage.text, row.end = text, len(text)
    row.passage.save()
    row.save()


def words_of(briefing):
    return [words for words, _ in briefings.what_stops(briefing)]


def release_url(briefing):
    return reverse("reports:release", args=[briefing.key])


def release(briefing, by, **more):
    each = quotation(briefing)
    ticked = [tick.code for tick in check_of(each).ticks]
    defaults = {"ticked": ticked, "nobody_could_tell": True}
    return releasing.release(quotation=each, by=by, **{**defaults, **more})
