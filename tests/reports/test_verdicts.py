"""Verdict files: what is counted and told, first words, putting it before leaders, the decision."""

from collections import Counter
from datetime import date, timedelta
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from observations.models import Observation
from practicelens.audit.models import Entry
from practicelens.people.models import Role
from reports.models import ToldGroup, Verdict
from reports.periods import month_of, months_after
from reports.summaries.then_and_now import Change
from reports.telling.planning import EVERYTHING, told_before
from reports.verdicts import actions
from reports.verdicts.content import build_content
from reports.verdicts.counting import Mark, beside_the_rest, tally
from reports.verdicts.evidence import Place
from reports.verdicts.gathering import share_of
from reports.verdicts.planning import MOST_MONTHS, window_since
from reports.verdicts.quoting import offers
from reports.verdicts.wording import CASES, first_words
from tests.conftest import signed_in
from tests.factories import (
    MentionFactory,
    ObservationFactory,
    PassageFactory,
    RatingFactory,
    RoleFactory,
    ThemeFactory,
    UserFactory,
)
from tests.reports.factories import EvidenceFactory, FindingFactory, issue
from tests.reports.test_telling import attacked

NAME = "Ottilie Brandreth"


def marks(shown, of, first=0):
    return [Mark(first + at, is_upper=at < shown, is_missed=False) for at in range(of)]


def test_an_observation_counts_once_and_shows_it_by_at_least_half_of_its_chances():
    given = [
        Mark(1, is_upper=True, is_missed=False),
        Mark(1, is_upper=False, is_missed=True, cause="No time"),
        Mark(2, is_upper=False, is_missed=False),
        Mark(2, is_upper=False, is_missed=True, cause="No time"),
        Mark(9, is_upper=True, is_missed=False),
    ]

    found = tally([1, 2, 3], given)

    assert (found.observations, found.chances, found.shows, found.missed) == (3, 2, 1, 2)
    assert found.causes == Counter({"No time": 2})
    assert found.is_thin
    assert share_of(found) == "too few to say"


def test_a_part_is_held_against_all_the_rest_by_the_rule_of_then_and_now():
    given = [*marks(11, 12), *marks(3, 20, first=20), *marks(0, 5, first=50)]
    whole = tally(range(60), given)

    def beside(first, last):
        return beside_the_rest(tally(range(first, last), given), whole)

    assert beside(0, 12) is Change.MORE
    assert beside(20, 40) is Change.LESS
    assert beside(50, 55) is Change.UNTOLD


def test_first_words_are_argued_from_counts_each_case_with_its_opposite():
    place = Place("Ash", tally(range(12), marks(11, 12)), Change.MORE)
    whole = tally(
        range(40), [*marks(14, 32), Mark(32, is_upper=False, is_missed=True, cause="No time")]
    )
    sides = {"helps": [("Supervision", 8)], "hinders": [("Computer system", 5)]}
    evidence = SimpleNamespace(
        subject=SimpleNamespace(upper_words="evident or strong"),
        whole=whole,
        parts=[place],
        kinds=[],
        side=sides.get,
    )

    words = first_words(evidence)

    assert "14 of 33 (42%; 95% interval" in words["keep_for"]
    assert "More than elsewhere: Ash (11 of 12)." in words["keep_for"]
    assert "supervision (8)" in words["keep_for"]
    assert "computer system (5)" in words["adapt_for"]
    assert "no time (1)" in words["drop_for"]
    assert "no chance to see it. That is no reason to drop it." in words["drop_against"]
    evidence.whole = tally([], [])
    assert set(first_words(evidence).values()) == {""}


def test_the_window_runs_from_the_launch_to_the_last_month_that_is_over():
    since = window_since(date(2026, 2, 10), date(2026, 5, 3))
    assert (since.first_month, since.last_month) == (date(2026, 2, 1), date(2026, 4, 1))
    assert window_since(date(2026, 5, 2), date(2026, 5, 3)).length == 1
    assert window_since(date(2010, 1, 1), date(2026, 5, 3)).length == MOST_MONTHS


@pytest.fixture
def ready(team, psw, framework_version):
    """Twelve observations of twelve people last month: criterion 1.1 evident in ten, missed in two."""
    criterion = framework_version.criteria.get(code="1.1")
    low, high = (framework_version.scale.levels.get(position=at) for at in (1, 3))
    day = months_after(month_of(timezone.localdate()), -1) + timedelta(days=9)
    for at, person in enumerate(UserFactory.create_batch(12)):
        observation = ObservationFactory(
            unit=team, observer=psw, practitioner=person, submitted=True, observed_on=day
        )
        level = high if at < 10 else low
        RatingFactory(observation=observation, criterion=criterion, level=level)
    return criterion


def opened(unit, criterion, by):
    return actions.open_file(unit=unit, version=criterion.version, criterion=criterion, by=by)


def completed(verdict):
    for name in (*CASES, "advice_text"):
        setattr(verdict, name, getattr(verdict, name) or "It is argued here.")
    verdict.advice = "adapt"
    verdict.save()
    return verdict


def with_leaders(unit, criterion, by):
    return actions.issue(verdict=completed(opened(unit, criterion, by)), by=by)


def text_of(response):
    return " ".join(response.content.decode().split())


@pytest.mark.django_db
def test_a_file_is_opened_once_and_counts_the_groups_that_it_keeps(service, psw, psw_client, ready):
    given = {"unit": service.pk, "about": f"criterion-{ready.pk}"}
    first = psw_client.post(reverse("reports:open_verdict"), given)
    again = psw_client.post(reverse("reports:open_verdict"), given)

    verdict = Verdict.objects.get()
    assert first.url == again.url == verdict.get_absolute_url()
    assert verdict.figures["strip"][0]["figure"] == "12 of 12"
    assert verdict.keep_for.startswith(
        "Where there was a chance, it was evident or strong: 10 of 12"
    )
    assert len(verdict.told_groups.get(name=EVERYTHING).notes) == 12
    assert not ToldGroup.objects.told_beside(service).exists()
    page = text_of(psw_client.get(verdict.get_absolute_url()))
    assert "First words by rule, from the counts." in page
    assert "Choose what you advise" in page
    assert Entry.objects.filter(by=psw, action="made", what="verdict file").count() == 1


@pytest.mark.django_db
def test_nothing_is_told_of_few_people_and_nothing_is_put_before_leaders(
    team, psw, framework_version
):
    ObservationFactory.create_batch(4, unit=team, observer=psw, submitted=True)
    criterion = framework_version.criteria.get(code="1.1")

    verdict = completed(opened(team, criterion, psw))

    assert verdict.figures["limits"][0].startswith("Not told. No figure is told: fewer than 5")
    assert not verdict.told_groups.exists()
    with pytest.raises(actions.NotNow, match="No figure can be told yet"):
        actions.issue(verdict=verdict, by=psw)


@pytest.mark.django_db
def test_words_are_written_the_last_save_of_another_is_not_lost(service, psw, psw_client, ready):
    verdict = opened(service, ready, psw)
    url = reverse("reports:write_verdict", args=[verdict.key])
    given = {name: f"Argued: {name}." for name in CASES}
    given |= {"advice": "keep", "advice_text": "Keep it.", "base_revision": "0"}

    psw_client.post(url, given)
    clash = psw_client.post(url, {**given, "keep_for": "Other words."})

    verdict.refresh_from_db()
    assert (verdict.keep_for, verdict.advice, clash.status_code) == (
        "Argued: keep_for.",
        "keep",
        409,
    )
    assert "Someone changed this while you were writing" in text_of(clash)
    actions.count_again(verdict=verdict, by=psw)
    verdict.refresh_from_db()
    assert verdict.keep_for == "Argued: keep_for."


@pytest.mark.django_db
def test_a_second_person_puts_it_before_leaders_once_names_are_looked_at(service, psw, ready):
    other = RoleFactory(unit=service, kind=Role.Kind.PSW).user
    leader = RoleFactory(unit=service, kind=Role.Kind.LEADER).user
    UserFactory(name=NAME)
    verdict = completed(opened(service, ready, psw))
    Verdict.objects.update(drop_for=f"{NAME} said that it is never used.")
    url = reverse("reports:issue_verdict", args=[verdict.key])

    assert signed_in(leader).get(verdict.get_absolute_url()).status_code == 404
    assert signed_in(psw).post(url).status_code == 403
    asked = signed_in(other).post(url)
    assert asked.status_code == 422
    assert f"“{NAME}”" in text_of(asked)
    signed_in(other).post(url, {"names_nobody": "on"})

    verdict.refresh_from_db()
    assert verdict.is_issued
    assert "did not write it" in verdict.content["approved"]["words"]
    assert signed_in(leader).get(verdict.get_absolute_url()).status_code == 200
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        Verdict.objects.update(keep_for="Something else.")
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        ToldGroup.objects.filter(verdict=verdict).delete()


@pytest.mark.django_db
def test_a_leader_decides_once_and_everybody_there_reads_it(
    service, psw, leader, leader_client, practitioner_client, ready
):
    verdict = with_leaders(service, ready, psw)
    url = reverse("reports:decide_verdict", args=[verdict.key])
    day = verdict.unit.day_of(verdict.issued_at)
    days = {f"decided_on_{at}": part for at, part in enumerate((day.day, day.month, day.year))}
    given = {"course": "adapt", "reason": "It is reworded in spring.", **days}

    early = {**days, "decided_on_2": day.year - 1}
    assert "before it was put before leaders" in text_of(
        leader_client.post(url, {**given, **early})
    )
    leader_client.post(url, given)
    leader_client.post(url, {**given, "course": "drop"})

    verdict = Verdict.objects.get()
    assert (verdict.decision.course, verdict.decision.by) == ("adapt", leader)
    assert "It is reworded in spring." in text_of(
        practitioner_client.get(reverse("reports:decided"))
    )
    assert practitioner_client.get(verdict.get_absolute_url()).status_code == 404
    paper = leader_client.get(reverse("reports:verdict_pdf", args=[verdict.key]))
    words = " ".join(page.extract_text() for page in PdfReader(BytesIO(paper.content)).pages)
    assert "Decided: adapt" in words
    assert verdict.sha256[:12] in words
    word = leader_client.get(reverse("reports:verdict_word", args=[verdict.key]))
    assert word.content.startswith(b"PK")
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        verdict.decision.delete()


@pytest.mark.django_db
def test_what_it_told_is_known_to_whoever_tells_more(service, team, psw, ready):
    """A month later four people are new: the file of the whole may not be told beside the first."""
    with_leaders(service, ready, psw)
    day = Observation.objects.first().observed_on
    ObservationFactory(unit=team, observer=psw, submitted=True, observed_on=day)
    ObservationFactory(
        unit=team, observer=psw, practitioner=UserFactory(), submitted=True, observed_on=day
    )

    later = opened(service, ready, psw)

    assert "beside earlier papers it would single out fewer than 5" in later.figures["limits"][0]
    assert not attacked([each for each in told_before(service)[""] if each], 5)


@pytest.mark.django_db
def test_words_are_those_alone_that_issued_briefings_told_before(service, team, psw, ready):
    told, kept = (
        PassageFactory(observation=each, text=f"Mum was asked first, and twice, {each.pk}.")
        for each in Observation.objects.order_by("pk")[:2]
    )
    for passage in (told, kept):
        passage.observation.ratings.get().passages.add(passage)
    MentionFactory(passage=told, theme=ThemeFactory(short="Voice"), stance="helps", confirmed=True)
    finding = FindingFactory(evidence=False, briefing__unit=team, briefing__written_by=psw)
    EvidenceFactory(finding=finding, passage=told)
    issue(finding.briefing)

    verdict = opened(service, ready, psw)
    (offer,) = offers(verdict)

    assert build_content(verdict)["quotes"] == {"seen": [], "otherwise": []}
    verdict.quotations.add(offer.release)
    content = build_content(verdict)
    assert [each["text"] for each in content["quotes"]["seen"]] == [told.text]
    assert content["charts"][-1]["table"]["rows"] == [["Voice", "1", "none"]]
    assert "voice (1)" in verdict.keep_for
