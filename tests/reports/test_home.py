from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from observations.models import Conversation
from practicelens.people.permissions import CARRIES, Act, Kind
from tests.factories import (
    MentionFactory,
    ObservationFactory,
    PassageFactory,
    PlannedVisitFactory,
    ReplyFactory,
    ReplyPartFactory,
    ThemeFactory,
)
from tests.reports.factories import BriefingFactory, FindingFactory, let_all_go


@pytest.mark.parametrize(
    ("who", "door"),
    [
        ("practitioner", "observations:shared"),
        ("leader", "reports:briefings"),
        ("framework_admin", "frameworks:list"),
        ("governance", "audit:log"),
        ("system_admin", "people:list"),
    ],
)
def test_other_roles_go_to_the_first_of_their_pages(who, door, request):
    client = request.getfixturevalue(f"{who}_client")

    assert client.get(reverse("home"))["Location"] == reverse(door)


def test_somebody_without_a_role_goes_to_their_own_page(nobody_client):
    assert nobody_client.get(reverse("home"))["Location"] == reverse("people:me")


def test_a_home_with_nothing_on_it_offers_the_first_note(psw_client):
    page = psw_client.get(reverse("home")).content.decode()

    assert "Nothing is waiting for you" in page
    assert "Not observed recently" in page
    assert reverse("observations:start") in page


def test_drafts_and_the_practitioners_answers_are_there(team, psw, psw_client, framework_version):
    ObservationFactory(unit=team, observer=psw)
    answered = ObservationFactory(unit=team, observer=psw, shared=True)
    ReplyFactory(observation=answered)
    ObservationFactory(unit=team, observer=psw, shared=True)

    page = psw_client.get(reverse("home"))

    assert len(page.context["drafts"]) == 1
    assert [each.pk for each in page.context["replies"]] == [answered.pk]
    assert len(page.context["waiting"]) == 1


def test_a_reply_that_sees_a_passage_differently_says_so(team, psw, psw_client, framework_version):
    answered = ObservationFactory(unit=team, observer=psw, shared=True)
    ReplyPartFactory(reply=ReplyFactory(observation=answered), disagreed=True)

    page = " ".join(psw_client.get(reverse("home")).content.decode().split())

    assert "they agree, and see a passage differently" in page


@pytest.mark.any_day
def test_an_answer_that_was_read_is_no_longer_new(team, psw, psw_client, framework_version):
    answered = ObservationFactory(unit=team, observer=psw, shared=True)
    ReplyFactory(observation=answered, read_at=timezone.now())

    assert not psw_client.get(reverse("home")).context["replies"]


@pytest.mark.any_day
def test_what_was_agreed_to_look_at_again_is_there(observation, psw_client):
    soon = timezone.localdate() + timedelta(days=5)
    Conversation.objects.create(
        observation=observation, next_step="Ask the boy first.", look_again_on=soon
    )

    assert b"Ask the boy first." in psw_client.get(reverse("home")).content


def test_the_months_briefing_says_what_stops_it_and_what_waits(team, psw, psw_client):
    finding = FindingFactory(briefing=BriefingFactory(unit=team, written_by=psw), looked="")
    let_all_go(finding.briefing)
    MentionFactory(passage=finding.evidence.get().passage, theme=ThemeFactory())

    page = psw_client.get(reverse("home")).content.decode()

    assert "One thing stops approval" in page
    assert "1 suggested theme to look at" in page


def test_every_draft_is_there(team, psw, psw_client, framework_version):
    ObservationFactory.create_batch(5, observer=psw, unit=team)

    assert len(psw_client.get(reverse("home")).context["drafts"]) == 5


def test_another_observers_drafts_are_not_there(team, psw_client, framework_version):
    ObservationFactory(unit=team)

    assert not psw_client.get(reverse("home")).context["drafts"]


@pytest.mark.parametrize("rows", [3, 12])
def test_home_takes_the_same_queries_at_any_length(
    rows, team, psw, psw_client, framework_version, django_assert_max_num_queries
):
    for _ in range(rows):
        PassageFactory(observation=ObservationFactory(unit=team, observer=psw))
        ReplyFactory(observation=ObservationFactory(unit=team, observer=psw, shared=True))
        ObservationFactory(unit=team, observer=psw, shared=True)
        PlannedVisitFactory(unit=team, observer=psw)
    BriefingFactory(unit=team, written_by=psw)

    with django_assert_max_num_queries(36):
        psw_client.get(reverse("home"))


def test_a_role_that_carries_other_acts_goes_to_what_stands_first_on_top(
    leader_client, monkeypatch
):
    monkeypatch.setitem(CARRIES, Kind.LEADER, [Act.READ_SUMMARIES])

    assert leader_client.get(reverse("home"))["Location"] == reverse("reports:summary")
