"""One grave sighting is a finding, and not noise: a kept early sign is told as seen once."""

import pytest
from django.urls import reverse
from django.utils import timezone

from observations.early_signs import actions
from observations.models import EarlySign
from observations.notes import coding
from reports import briefings
from reports.briefings.early_signs import offered
from reports.models import Evidence, Finding
from reports.periods import month_of
from tests.factories import (
    EarlySignFactory,
    ObservationFactory,
    PassageFactory,
    RedactionFactory,
)
from tests.reports.factories import BriefingFactory, FindingFactory, confirmed_passages, issue

pytestmark = pytest.mark.django_db

GRAVE = "The mother was laughed at when she read out her list, and nobody said anything."
PLAIN = [
    "The worker asked what the family wanted from the meeting.",
    "The chair wrote the plan in the family's own words.",
    "The form timed out and the visit began late.",
    "The nurse explained each test before it was done.",
    "Supervision stayed with one child for an hour.",
    "The aunt was rung before the meeting and came.",
    "Two dates in the plan had passed and were put right.",
]


def this_month():
    return month_of(timezone.localdate())


def in_unit(team, **passage):
    observation = ObservationFactory(unit=team, submitted=True, observed_on=this_month())
    observation.refresh_from_db()
    return PassageFactory(observation=observation, text=GRAVE, **passage)


def kept(team, **fields):
    return EarlySignFactory(passage=in_unit(team), kept=True, **fields)


def compose(unit):
    return briefings.compose(unit=unit, month=this_month())


def test_eight_notes_in_all_and_one_that_matters_reaches_the_lane_and_the_briefing(
    psw, psw_client, team, service
):
    for text in [*PLAIN, GRAVE]:
        observation = ObservationFactory(unit=team, observer=psw, submitted=True)
        observation.refresh_from_db()
        PassageFactory(observation=observation, text=text)
        coding.code(observation=observation)

    page = psw_client.get("/observations/early-signs/").content.decode()
    assert "1 waits for a decision" in page
    early_sign = EarlySign.objects.get()
    psw_client.post(
        reverse("observations:settle_early_sign", args=[early_sign.pk, "keep-open"]),
        {"because": "A mother was laughed at"},
    )

    finding = compose(service).findings.get()
    assert finding.claim == "Seen once, and it may matter: A mother was laughed at"
    assert finding.sure == Finding.Sure.SINGLE
    evidence = finding.evidence.get()
    assert (evidence.passage, evidence.side, evidence.quote) == (early_sign.passage, "for", GRAVE)


def test_it_takes_one_of_the_four_places_of_a_paper(team, service, theme, monkeypatch):
    monkeypatch.setattr(briefings.suggesting, "suggestions", lambda summary: four(theme))
    confirmed_passages(theme, "helps", 5, unit=team, month=this_month(), text="She was heard")
    kept(team)

    findings = compose(service).findings.standing()

    assert findings.count() == 4
    assert findings.filter(sure="single", claim__startswith="Seen once").count() == 1


def four(theme):
    made = briefings.suggesting.Suggestion
    return [made("conditions", f"Claim {at}", [], "helps", theme=theme) for at in range(4)]


def test_the_opposite_is_still_to_be_looked_for(team, service):
    kept(team)
    briefing = compose(service)

    left = [words for words, _ in briefings.what_stops(briefing)]

    assert any("hasn’t looked for the opposite" in words for words in left)
    assert str(briefing.findings.get().pk) not in briefing.figures["subjects"]


def test_its_pages_open_though_it_is_about_no_theme(psw_client, team, service):
    kept(team)
    briefing = compose(service)
    finding = briefing.findings.get()

    for address in [
        reverse("reports:finding", args=[briefing.key, finding.pk]),
        reverse("reports:evidence", args=[briefing.key, finding.pk, "against"]),
        reverse("reports:preview", args=[briefing.key]),
    ]:
        assert psw_client.get(address).status_code == 200


def test_without_a_line_it_says_only_what_words_it_had(team, service):
    kept(team)

    assert compose(service).findings.get().claim == "Seen once, and it may matter: words of shame"


def test_seen_again_is_not_told_as_seen_once(team, service):
    early_sign = kept(team)
    EarlySignFactory(passage=in_unit(team), like=early_sign)

    claims = compose(service).findings.values_list("claim", flat=True)

    assert list(claims) == ["Seen again, and it may matter: words of shame"]


@pytest.mark.parametrize("kind", ["reading", "seen"])
def test_what_may_not_be_quoted_is_not_told(team, service, kind):
    passage = in_unit(team, kind=kind)
    EarlySignFactory(passage=passage, kept=True)
    if kind == "seen":
        RedactionFactory(passage=passage)

    assert not compose(service).findings.exists()


def test_what_waits_or_was_parked_is_not_told_by_itself(team, service):
    EarlySignFactory(passage=in_unit(team))
    EarlySignFactory(passage=in_unit(team), closed=True)

    assert not compose(service).findings.exists()


def test_what_an_issue_told_is_not_told_again(team, service):
    early_sign = kept(team)
    briefing = BriefingFactory(unit=service)
    finding = FindingFactory(briefing=briefing, sure="single", evidence=False)
    Evidence.objects.create(
        finding=finding, passage=early_sign.passage, side="for", end=len(GRAVE), is_quoted=True
    )
    issue(briefing)

    assert not compose(service).findings.exists()


def test_a_line_that_names_somebody_stops_approval(team, service):
    kept(team, because="Kiri Henare laughed at her")

    left = [words for words, _ in briefings.what_stops(compose(service))]

    assert any("may name someone" in words for words in left)


def test_what_waits_is_told_to_the_writer_and_stops_nothing(psw_client, team, service):
    EarlySignFactory(passage=in_unit(team))
    briefing = compose(service)

    assert ("1 early sign has not been looked at", "/observations/early-signs/") in (
        briefings.worth_a_look(briefing)
    )
    assert "not been looked at" in psw_client.get(briefing.get_absolute_url()).content.decode()
    assert not any("early_sign" in words for words, _ in briefings.what_stops(briefing))


def test_a_finding_is_started_from_one_that_waits_and_keeps_it(psw_client, psw, team, service):
    early_sign = EarlySignFactory(passage=in_unit(team))
    briefing = compose(service)
    page = psw_client.get(reverse("reports:add_finding", args=[briefing.key])).content.decode()
    assert GRAVE in page

    response = psw_client.post(
        reverse("reports:tell_early_sign", args=[briefing.key, early_sign.pk])
    )

    finding = briefing.findings.get()
    assert response.url == reverse("reports:finding", args=[briefing.key, finding.pk])
    assert finding.evidence.get().passage == early_sign.passage
    early_sign.refresh_from_db()
    assert (early_sign.state, early_sign.decided_by) == ("kept", psw)
    assert not offered(briefing, psw).exists()
    again = psw_client.post(reverse("reports:tell_early_sign", args=[briefing.key, early_sign.pk]))
    assert again.url == response.url


def test_a_signal_of_another_part_is_not_offered(psw, other_team, service):
    elsewhere = EarlySignFactory(passage=in_unit(other_team))

    assert elsewhere not in offered(compose(service), psw)


def test_what_was_kept_counts_nowhere_else(team, psw, theme):
    early_sign = actions.keep_open(early_sign=EarlySignFactory(passage=in_unit(team)), by=psw)

    assert not early_sign.passage.mentions.exists()
