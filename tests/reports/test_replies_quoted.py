"""What a practitioner replied goes with the words that are quoted, and stays as it was then."""

import pytest

from observations.models import Observation, ReplyPart
from observations.notes import actions as notes
from practicelens.refusals import AlreadySo
from reports.models import Evidence
from tests.factories import ReplyFactory
from tests.reports.factories import (
    BriefingFactory,
    FindingFactory,
    RecommendationFactory,
    issue,
    let_all_go,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def briefing(team, psw):
    """A draft with nothing left to do: one finding, one recommendation."""
    made = BriefingFactory(unit=team, written_by=psw)
    FindingFactory(briefing=made)
    RecommendationFactory(briefing=made)
    let_all_go(made, psw)
    return made


@pytest.fixture
def quoted(briefing):
    """The observation that the briefing quotes."""
    evidence = Evidence.objects.filter(finding__briefing=briefing, is_quoted=True).first()
    observation = evidence.passage.observation
    Observation.objects.filter(pk=observation.pk).update(shared_at=observation.submitted_at)
    return Observation.objects.get(pk=observation.pk)


def test_nothing_is_added_to_a_reply_once_a_briefing_that_quotes_it_is_issued(
    briefing, quoted, psw
):
    reply = ReplyFactory(observation=quoted)
    notes.add_to_reply(observation=quoted, by=reply.by, words="Before it was issued.")

    issued = issue(briefing)

    quoted = Observation.objects.get(pk=quoted.pk)
    assert quoted.quoted_at == issued.issued_at
    with pytest.raises(AlreadySo, match="A briefing that quotes this observation is issued"):
        notes.add_to_reply(observation=quoted, by=reply.by, words="After.")
    assert ReplyPart.objects.get().words == "Before it was issued."
