from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from practicelens.audit.models import Entry
from practicelens.people.models import Role
from practicelens.refusals import NotNow
from reports.briefings import actions
from reports.models import Decision
from tests.conftest import signed_in
from tests.factories import RoleFactory
from tests.reports.factories import BriefingFactory, DecisionFactory, RecommendationFactory, issue


@pytest.fixture
def briefing(team, psw):
    return BriefingFactory(unit=team, written_by=psw)


@pytest.fixture
def recommendation(briefing, leader):
    """Issued, asked of the leader of the organisation, not answered."""
    made = RecommendationFactory(briefing=briefing, owner=leader)
    issue(briefing)
    return made


def answer(**changed):
    given = {"answer": "no", "reason": "There is no money this year."}
    return given | changed


YES = {"answer": "yes", "act_by_0": "3", "act_by_1": "2", "act_by_2": "2031"}


def send(client, recommendation, **data):
    return client.post(recommendation.get_absolute_url(), answer(**data))


def test_the_owner_says_no_with_a_reason(recommendation, leader, leader_client):
    response = send(leader_client, recommendation)

    assert response.status_code == 302
    decision = Decision.objects.get()
    assert (decision.answer, decision.by, decision.act_by) == ("no", leader, None)
    assert Entry.objects.filter(action=Entry.Action.DECIDED, by=leader).count() == 1


def test_yes_has_a_date(recommendation, leader_client):
    assert send(leader_client, recommendation, answer="yes").status_code == 422

    send(leader_client, recommendation, **YES)
    assert Decision.objects.get().act_by.isoformat() == "2031-02-03"


def test_a_weekend_or_a_holiday_is_asked_about(recommendation, leader_client):
    saturday = {**YES, "act_by_0": "1"}
    refused = send(leader_client, recommendation, **saturday)

    assert "1 February 2031 is a Saturday. Is that right?" in refused.content.decode()
    christmas = send(leader_client, recommendation, **YES | {"act_by_0": "25", "act_by_1": "12"})
    assert "is a bank or public holiday" in christmas.content.decode()
    send(leader_client, recommendation, **saturday, act_by_sure="2031-02-01")
    assert Decision.objects.get().act_by.isoformat() == "2031-02-01"


@pytest.mark.parametrize("missing", ["answer", "reason"])
def test_an_answer_needs_both_a_choice_and_a_reason(recommendation, leader_client, missing):
    response = send(leader_client, recommendation, **{missing: ""})

    assert response.status_code == 422
    assert not Decision.objects.exists()


def test_no_answer_is_chosen_at_the_start(recommendation, leader_client):
    page = leader_client.get(recommendation.get_absolute_url()).content.decode()

    assert 'value="differently"' in page
    assert "checked" not in page


def test_the_answer_is_given_from_the_reading_page_too(recommendation, leader_client):
    page = leader_client.get(recommendation.briefing.get_absolute_url()).content.decode()
    assert f"recommendation-{recommendation.pk}-reason" in page

    sent = {f"recommendation-{recommendation.pk}-{name}": value for name, value in answer().items()}
    leader_client.post(recommendation.get_absolute_url(), sent)

    assert Decision.objects.get().reason == "There is no money this year."


def test_an_answer_leaves_the_frozen_content_as_it_is(recommendation, leader_client):
    before = recommendation.briefing.sha256

    send(leader_client, recommendation)

    recommendation.briefing.refresh_from_db()
    assert recommendation.briefing.sha256 == before
    page = leader_client.get(recommendation.briefing.get_absolute_url()).content.decode()
    assert "Answered since" in page
    assert "There is no money this year." in page


def test_an_ask_is_answered_once(recommendation, leader):
    actions.decide_recommendation(
        recommendation=recommendation, by=leader, answer="no", reason="No."
    )

    with pytest.raises(NotNow):
        actions.decide_recommendation(
            recommendation=recommendation, by=leader, answer="no", reason="No."
        )


def test_an_ask_asked_again_is_answered_in_the_later_version(
    recommendation, leader, psw, leader_client
):
    later = actions.reissue(briefing=recommendation.briefing, by=psw)
    issue(later)

    with pytest.raises(NotNow):
        actions.decide_recommendation(
            recommendation=recommendation, by=leader, answer="no", reason="No."
        )
    assert leader_client.get(recommendation.get_absolute_url()).status_code == 404
    assert leader_client.get(later.recommendations.get().get_absolute_url()).status_code == 200


def test_another_leader_may_read_an_ask_and_not_answer_it(recommendation, organisation):
    other = signed_in(RoleFactory(unit=organisation, kind=Role.Kind.LEADER).user)

    assert other.get(recommendation.get_absolute_url()).status_code == 200
    assert send(other, recommendation).status_code == 403


def test_a_practice_leader_does_not_answer(recommendation, psw_client):
    assert send(psw_client, recommendation).status_code == 403


@pytest.mark.parametrize("who", ["stranger", "practitioner", "governance", "nobody"])
def test_others_find_no_ask(recommendation, who, request):
    client = signed_in(request.getfixturevalue(who))

    assert client.get(recommendation.get_absolute_url()).status_code == 404
    assert send(client, recommendation).status_code == 404


def test_an_ask_of_a_draft_is_not_found(briefing, leader, leader_client):
    drafted = RecommendationFactory(briefing=briefing, owner=leader)

    assert leader_client.get(drafted.get_absolute_url()).status_code == 404
    assert not leader_client.get(reverse("reports:recommendations")).context["page"].object_list


# What became of it


@pytest.mark.any_day
def test_a_practice_leader_says_that_it_is_done(recommendation, leader, psw_client):
    actions.decide_recommendation(
        recommendation=recommendation,
        by=leader,
        answer="yes",
        reason="Now.",
        act_by=timezone.localdate(),
    )
    today = timezone.localdate()

    psw_client.post(
        reverse("reports:mark_done", args=[recommendation.pk]),
        {
            "done_on_0": today.day,
            "done_on_1": today.month,
            "done_on_2": today.year,
            "became": "In use in two teams",
        },
    )

    decision = Decision.objects.get()
    assert (decision.done_on, decision.became) == (today, "In use in two teams")


def test_a_leader_does_not_mark_their_own_promise_as_done(recommendation, leader, leader_client):
    DecisionFactory(recommendation=recommendation)

    assert (
        leader_client.get(reverse("reports:mark_done", args=[recommendation.pk])).status_code == 403
    )


@pytest.mark.any_day
def test_only_a_promise_can_be_done(recommendation, leader):
    decision = actions.decide_recommendation(
        recommendation=recommendation, by=leader, answer="not_now", reason="Later."
    )

    with pytest.raises(NotNow):
        actions.mark_done(decision=decision, by=leader, done_on=timezone.localdate(), became="x")


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"answer": "yes", "act_by": None}])
def test_the_database_refuses_a_decision_without_reason_or_date(recommendation, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        DecisionFactory(recommendation=recommendation, **wrong)


# Overdue


def days(number):
    return timezone.localdate() + timedelta(days=number)


@pytest.fixture
def list_of_four(briefing, leader):
    """Settled, waiting, overdue without an answer, overdue with a promise that was not kept."""
    settled, waiting, silent, promised = (
        RecommendationFactory(briefing=briefing, owner=leader, due_on=days(due))
        for due in (-40, 9, -3, -60)
    )
    issue(briefing)
    DecisionFactory(recommendation=settled, answer="no", act_by=None)
    DecisionFactory(recommendation=promised, act_by=days(-10))
    return [promised, silent, waiting, settled]


def test_overdue_asks_come_first_and_settled_ones_last(list_of_four, leader_client):
    page = leader_client.get(reverse("reports:recommendations"))

    assert list(page.context["page"]) == list_of_four
    told = [each.state for each in page.context["page"]]
    assert told == ["Overdue", "Overdue", "Waiting", "Declined"]
    assert [each.days_overdue for each in page.context["page"]] == [10, 3, 0, 0]


def test_the_list_is_filtered_by_its_address(list_of_four, leader, leader_client):
    def found(**filters):
        return list(leader_client.get(reverse("reports:recommendations"), filters).context["page"])

    assert found(state="open") == list_of_four[:3]
    assert found(state="settled") == list_of_four[3:]
    assert found(owner=leader.pk) == list_of_four
    assert found(state="x", owner="y") == list_of_four


@pytest.mark.parametrize("rows", [1, 10])
def test_the_list_takes_the_same_queries_at_any_length(
    rows, briefing, leader, leader_client, django_assert_num_queries
):
    for _ in range(rows):
        RecommendationFactory(briefing=briefing, owner=leader)
    issue(briefing)

    with django_assert_num_queries(8):
        leader_client.get(reverse("reports:recommendations"))
