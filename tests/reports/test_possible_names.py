"""A passage in which somebody may be named is put forward by no way there is."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from observations.models import Observation, Redaction
from observations.notes import actions
from observations.redaction import actions as redacting
from observations.redaction import finding as redaction_finding
from reports import briefings
from reports.cells import rollup
from reports.models import Evidence
from tests.factories import (
    CodebookFactory,
    MentionFactory,
    ObservationFactory,
    PassageFactory,
    RatingFactory,
    ThemeFactory,
)
from tests.reports.factories import confirmed_passages, last_month

pytestmark = pytest.mark.django_db

NAME = "Rozafa"
SENTENCE = (
    "Rozafa said that the screen had frozen while she told the worker what mornings are like now."
)


@pytest.fixture
def theme(organisation):
    codebook = CodebookFactory(unit=organisation)
    return ThemeFactory(codebook=codebook, short="Computer system")


@pytest.fixture
def named(team, theme, psw, framework_version):
    """The newest passage of a theme, at its best length, with a name that nobody has settled."""
    for stance, count in [("hinders", 9), ("helps", 3)]:
        text, month = f"The screen froze, which {stance}", last_month()
        confirmed_passages(theme, stance, count, unit=team, month=month, text=text, observer=psw)
    observation = ObservationFactory(
        unit=team, observer=psw, submitted=True, observed_on=last_month() + timedelta(days=25)
    )
    observation.refresh_from_db()
    passages = {
        stance: PassageFactory(observation=observation, text=f"{stance.title()}. {SENTENCE}")
        for stance in ("hinders", "helps")
    }
    for stance, passage in passages.items():
        MentionFactory(passage=passage, theme=theme, stance=stance, confirmed=True)
    RatingFactory(observation=observation).passages.set(passages.values())
    redaction_finding.refresh(observation)
    rollup.recount_all()
    return passages["hinders"]


@pytest.fixture
def briefing(named, team, psw):
    return briefings.compose(unit=team, month=last_month(), by=psw)


def at(name, *args):
    return reverse(f"reports:{name}", args=args)


def settle(named, psw):
    for redaction in Redaction.objects.filter(passage__observation=named.observation):
        redacting.replace(redaction=redaction, by=psw, replacement="the mother")


def test_the_name_is_an_open_question(named):
    """A guard of this file: were it not found, nothing below would say anything."""
    found = Redaction.objects.filter(settled_at=None, passage__observation=named.observation)

    assert {redaction.words for redaction in found} == {NAME}
    assert found.count() == 2


def test_nothing_that_a_briefing_suggests_has_it(briefing, named):
    assert briefing.findings.exists()
    assert not Evidence.objects.filter(passage__observation=named.observation).exists()
    assert NAME not in json.dumps(briefing.figures)
    assert NAME not in json.dumps(briefings.build_content(briefing))


def test_gathering_again_does_not_bring_it_in(briefing, psw_client):
    psw_client.post(at("gather_again", briefing.key))

    briefing.refresh_from_db()
    assert NAME not in json.dumps(briefings.build_content(briefing))


@pytest.mark.parametrize("side", ["for", "against"])
def test_it_is_not_offered_as_evidence_and_not_taken(briefing, named, psw_client, side):
    finding = briefing.findings.first()
    address = at("evidence", briefing.key, finding.pk, side)
    sent = {"passage": named.pk, "start": 0, "end": 5}

    assert NAME not in psw_client.get(address).content.decode()
    assert psw_client.post(address, sent).status_code == 404
    assert not finding.evidence.filter(passage=named).exists()


def test_once_it_is_settled_it_may_be_put_forward_without_the_name(
    briefing, named, psw, psw_client
):
    """A guard: the passage was refused for its name, and for nothing else."""
    settle(named, psw)
    finding = briefing.findings.first()
    address = at("evidence", briefing.key, finding.pk, "for")

    psw_client.post(address, {"passage": named.pk, "start": 0, "end": 5})

    assert finding.evidence.filter(passage=named).exists()


@pytest.fixture
def put_forward(briefing, named, psw):
    """Quoted while it was settled."""
    settle(named, psw)
    named.refresh_from_db()
    finding = briefing.findings.first()
    return finding.evidence.create(
        passage=named, side="for", start=0, end=len(named.text), is_quoted=True
    )


def test_a_name_put_back_stops_the_briefing_that_quotes_its_passage(put_forward, briefing, psw):
    before = [words for words, _ in briefings.what_stops(briefing)]
    redaction = Redaction.objects.filter(passage=put_forward.passage).get()

    redacting.put_back(redaction=redaction, by=psw)

    stops = {words for words, _ in briefings.what_stops(briefing)} - set(before)
    assert any("rests on a passage that can no longer be quoted" in words for words in stops)
    assert not any(NAME in words for words in stops)


def test_no_summary_page_or_file_of_figures_has_it(named, theme, psw_client):
    criterion = named.ratings.get().criterion
    pages = [
        at("summary"),
        at("summary_theme", theme.pk),
        at("summary_criterion", criterion.pk),
        at("coverage"),
        at("figures_csv"),
    ]

    shown = {page: psw_client.get(page) for page in pages}

    assert {answer.status_code for answer in shown.values()} == {200}
    assert [page for page, answer in shown.items() if NAME in answer.content.decode()] == []


def test_the_page_of_its_theme_has_the_passage_once_it_is_settled(named, theme, psw, psw_client):
    """A guard: the page shows such passages, and this one was left out for its name."""
    address = at("summary_theme", theme.pk)
    assert "what mornings are like now" not in psw_client.get(address).content.decode()

    settle(named, psw)

    assert "what mornings are like now" in psw_client.get(address).content.decode()


def test_a_withdrawn_note_s_finding_is_settled_and_put_back_by_nobody(named, psw, psw_client):
    redaction = Redaction.objects.filter(passage=named).get()
    actions.withdraw(observation=Observation.objects.get(pk=named.observation_id), by=psw)

    for name in ("settle", "put_back"):
        address = reverse(f"observations:{name}", args=[redaction.pk])
        assert psw_client.post(address, {"how": "suggestion"}).status_code == 404
