"""What a family takes back is gone from briefings that are not issued, and stays in those that are."""

import pytest
from django.urls import reverse

from observations.models import Passage
from reports import briefings
from reports.briefings.content import build_content
from reports.briefings.telling import told_of
from reports.families import actions
from reports.models import Briefing, Evidence, Section
from tests.factories import ObservationFactory
from tests.family_cards import FamilyCardFactory
from tests.reports.factories import (
    BriefingFactory,
    EvidenceFactory,
    FindingFactory,
    RecommendationFactory,
    issue,
    last_month,
    let_all_go,
)

pytestmark = pytest.mark.django_db
SAID = "She asked me first, and nobody rushed me."


@pytest.fixture
def card(team):
    observation = ObservationFactory(unit=team, submitted=True, observed_on=last_month())
    observation.refresh_from_db()
    return FamilyCardFactory(observation=observation, came_in=True)


@pytest.fixture
def briefing(team, psw, card):
    """A draft that quotes the family, also in a text."""
    made = BriefingFactory(unit=team, written_by=psw)
    finding = FindingFactory(briefing=made, evidence=False, looked="It was looked for everywhere.")
    EvidenceFactory(finding=finding, passage=card.passage)
    RecommendationFactory(briefing=made)
    let_all_go(made, psw)
    return made


def test_a_quotation_of_a_family_is_marked_and_says_so_only_beside_enough_others(briefing):
    quotes = [
        quote
        for section in build_content(briefing)["sections"]
        for finding in section.get("findings", [])
        for quote in finding["quotes"]
    ]

    assert [quote["text"] for quote in quotes] == [SAID]
    assert quotes[0]["family"] is True
    assert quotes[0]["how"] == ""


def test_what_is_taken_back_is_gone_from_a_briefing_that_is_not_issued(briefing, card):
    Section.objects.filter(briefing=briefing, key="conditions").update(
        text="One said: she asked me first, and nobody rushed me. So it was."
    )
    Briefing.objects.update(sent_at=card.used_at)

    actions.take_back(card=card)

    briefing.refresh_from_db()
    assert "rushed" not in str(build_content(briefing))
    assert briefing.sent_at is None
    text = briefing.sections.get(key="conditions").text
    assert text == "One said: [taken back]. So it was."
    assert not Evidence.objects.filter(passage__kind="family").exists()
    assert [words for words, _ in briefings.what_stops(briefing)] == ["Finding 1 has no evidence"]


def test_what_is_issued_stays_and_can_t_be_issued_again_with_it(briefing, card, psw):
    issued = issue(briefing)

    actions.take_back(card=card)

    issued.refresh_from_db()
    assert SAID in str(issued.content)
    assert not Passage.objects.filter(text__contains="rushed").exists()
    later = briefings.actions.reissue(briefing=issued, by=psw)
    assert SAID not in str(build_content(later))
    stops = [words for words, _ in briefings.what_stops(later)]
    assert "Finding 1 rests on a passage that can no longer be quoted" in stops


def test_the_summary_counts_the_answers_and_shows_the_newest_words(psw_client, team, card):
    page = psw_client.get(reverse("reports:summary")).content.decode()
    taken = psw_client.get(reverse("reports:figures_csv")).content.decode()

    assert "1 card came in" in page
    assert SAID in page
    assert "Families’ words,Did we listen to you?,Yes,1" in taken
    actions.take_back(card=card)
    page = psw_client.get(reverse("reports:summary")).content.decode()
    assert "Families’ words" not in page


def test_a_briefing_counts_cards_and_answers(team, card):
    seen = {"unit": team, "submitted": True, "observed_on": card.observation.observed_on}
    ObservationFactory.create_batch(5, **seen)
    briefing = Briefing(unit=team, month=last_month())
    for _ in range(5):
        FamilyCardFactory(observation=card.observation, came_in=True, passage=None)

    side = told_of(briefing).figures["families"]["side"]

    assert "Families’ words: 6 cards" in side[1]
    assert "“Did we listen to you?” Yes: all 6." in side
    assert "“Did it help?” Yes: none of 6." in side
