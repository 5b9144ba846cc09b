"""Two presses at the same moment on a briefing's way to leaders, and on what they decide."""

import pytest
from django.urls import reverse

from practicelens.audit.models import Entry
from practicelens.people.models import Role
from reports.briefings import actions
from reports.models import Briefing, Decision
from tests.at_once import answers_at_once, at_once
from tests.factories import RoleFactory
from tests.reports.factories import (
    BriefingFactory,
    FindingFactory,
    RecommendationFactory,
    issue,
    let_all_go,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def second_psw(service):
    return RoleFactory(unit=service, kind=Role.Kind.PSW, user__name="Elspeth Grey").user


@pytest.fixture
def sent(team, psw, second_psw):
    """A briefing that waits for whoever wrote none of it."""
    made = BriefingFactory(unit=team, written_by=psw)
    FindingFactory(briefing=made)
    RecommendationFactory(briefing=made)
    let_all_go(made, psw)
    actions.send_for_approval(briefing=made, by=psw)
    return made


def at(name, briefing):
    return reverse(f"reports:{name}", args=[briefing.key])


def logged(action):
    return Entry.objects.filter(action=action).count()


def test_approved_at_once_it_is_approved_once(second_psw, sent):
    assert at_once(second_psw, at("approve", sent), {}) == sent.get_absolute_url()

    assert Briefing.objects.get().approved_by == second_psw
    assert logged("approved") == 1


def test_approved_at_once_by_two_people_it_is_approved_by_one(service, second_psw, sent):
    third = RoleFactory(unit=service, kind=Role.Kind.PSW).user

    answers = answers_at_once([(second_psw, {}), (third, {})], at("approve", sent))

    assert [answer.status_code for answer in answers] == [302, 302]
    (entry,) = Entry.objects.filter(action="approved")
    assert entry.by == Briefing.objects.get().approved_by


def test_issued_at_once_it_is_issued_once(psw, second_psw, sent):
    actions.approve(briefing=sent, by=second_psw)

    assert at_once(psw, at("issue", sent), {}) == sent.get_absolute_url()

    briefing = Briefing.objects.get()
    assert briefing.is_issued
    assert len(briefing.sha256) == 64
    assert logged("issued") == 1


def test_a_recommendation_decided_at_once_is_decided_once(team, psw, leader):
    briefing = BriefingFactory(unit=team, written_by=psw)
    recommendation = RecommendationFactory(briefing=briefing, owner=leader)
    issue(briefing)
    answer = {"answer": "no", "reason": "There is no money for it."}

    at_once(leader, reverse("reports:recommendation", args=[recommendation.pk]), answer)

    assert Decision.objects.get().reason == answer["reason"]
