"""What leaders were asked and decided: told whole, with both dates, to everybody who works there."""

from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from practicelens.people.models import Role
from reports.briefings import actions, build_content, what_stops
from reports.models import Decision
from tests.conftest import signed_in
from tests.factories import RoleFactory
from tests.reports.factories import BriefingFactory, RecommendationFactory, issue
from tests.reports.test_recommendations import YES, answer

pytestmark = pytest.mark.django_db

WHY = "Ten hours are lost. The forms team starts in July.\nWe tell you how it goes."


def moment(*day):
    return timezone.make_aware(datetime(*day, 9))


@pytest.fixture
def asked(service, psw):
    """Asked of a leader of the service in January's briefing, issued on 5 February."""
    made = BriefingFactory(unit=service, month=date(2027, 1, 1), written_by=psw)
    recommendation = RecommendationFactory(briefing=made, due_on=date(2027, 3, 1))
    issue(made, at=moment(2027, 2, 5))
    return recommendation


def answer_it(asked, **changed):
    given = {"answer": "yes", "reason": WHY, "act_by": date(2027, 6, 1), "at": moment(2027, 2, 20)}
    return actions.decide_recommendation(
        recommendation=asked, by=asked.owner, **{**given, **changed}
    )


def page_for(client):
    response = client.get(reverse("reports:decided"))
    return " ".join(response.content.decode().split())


def since(briefing, *on):
    sections = build_content(briefing, issued_on=date(*on))["sections"]
    return next(each for each in sections if each["key"] == "since")["rows"]


def test_practitioners_read_what_was_asked_and_decided_whole_with_both_dates(
    asked, service, psw, practitioner
):
    answer_it(asked)
    client = signed_in(practitioner)
    before = page_for(client)
    issue(
        BriefingFactory(unit=service, month=date(2027, 2, 1), written_by=psw),
        at=moment(2027, 3, 8),
    )
    after = page_for(client)

    assert asked.question in before
    assert "The next briefing tells it." in before
    assert "We tell you how it goes." in after
    assert f"Decided by {asked.owner} on 20 February 2027. Told in the briefing of 8 March" in after


def test_others_of_the_organisation_do_not_read_what_was_asked_beside_them(
    asked, other_team, practitioner
):
    beside = RoleFactory(unit=other_team, kind=Role.Kind.PRACTITIONER).user

    assert asked.question in page_for(signed_in(practitioner))
    assert asked.question not in page_for(signed_in(beside))


def test_what_waits_says_so_and_a_page_without_any_leads_on(asked, practitioner, stranger):
    assert "No decision yet. It is" in page_for(signed_in(practitioner))
    assert "Nothing was asked yet" in page_for(signed_in(stranger))


def test_a_decision_is_told_whole_once_and_then_with_both_dates(asked, service, psw):
    answer_it(asked)
    second = BriefingFactory(unit=service, month=date(2027, 2, 1), written_by=psw)

    told = since(second, 2027, 3, 8)[0]["became"]
    issue(second, at=moment(2027, 3, 8))
    third = BriefingFactory(unit=service, month=date(2027, 3, 1), written_by=psw)

    assert told == f"Yes: {WHY} Decided on 20 February 2027."
    assert since(third, 2027, 4, 8)[0]["became"] == (
        "Yes, decided on 20 February 2027 and told on 8 March 2027."
    )


def test_a_board_reads_what_its_services_were_asked(asked, organisation, psw):
    answer_it(asked)
    board = BriefingFactory(unit=organisation, month=date(2027, 2, 1))

    (row,) = since(board, 2027, 3, 9)

    assert row["decision"] == f"{asked.briefing.unit}: {asked.question}"
    assert WHY in row["became"]


def test_what_was_decided_stays_decided_of_the_version_that_takes_its_place(asked, psw):
    decision = answer_it(asked)
    later = actions.reissue(briefing=asked.briefing, by=psw)
    issue(later)

    decision.refresh_from_db()
    assert decision.recommendation == later.recommendations.get()


def test_a_later_version_does_not_leave_out_what_was_decided(asked, psw):
    later = actions.reissue(briefing=asked.briefing, by=psw)
    later.recommendations.update(question="Should forms close at once?")
    assert not any("was decided" in words for words, _ in what_stops(later))

    answer_it(asked)

    assert any("was decided" in words for words, _ in what_stops(later))


def test_a_reason_that_may_name_someone_is_asked_about(asked):
    client = signed_in(asked.owner)
    reason = "Mrs Patricia Smith said that forms close."
    sent = answer(reason=reason, **YES)
    refused = client.post(asked.get_absolute_url(), sent)
    page = " ".join(refused.content.decode().split())

    assert refused.status_code == 422
    assert "may name someone. Use a role" in page
    assert "These words name no one" in page
    assert client.post(asked.get_absolute_url(), {**sent, "names_nobody": "on"}).status_code == 302
    assert Decision.objects.get().reason == reason


def test_a_reason_is_as_long_as_can_be_told_whole(asked):
    response = signed_in(asked.owner).post(asked.get_absolute_url(), answer(reason="a " * 301))

    assert response.status_code == 422
    assert not Decision.objects.exists()
