"""Where to go next: follow-ups first, then the longest unseen; and what was called off, in counts."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reports.briefings.wording import limits
from reports.next_visits import offers_for
from reports.periods import rolling
from reports.summaries import summarise, why_called_off
from tests.factories import ConversationFactory, ObservationFactory, PlannedVisitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreed(team, psw, framework_version):
    """A next step to look at again in five days."""
    seen = ObservationFactory(unit=team, observer=psw, submitted=True)
    soon = timezone.localdate() + timedelta(days=5)
    ConversationFactory(observation=seen, next_step="Ask the boy first.", look_again_on=soon)
    return seen


def offers(client):
    return client.get(reverse("home")).context["offers"]


def test_three_visits_are_offered_the_follow_up_first_each_with_its_reason(
    agreed, team, sibling_team, psw_client
):
    found = offers(psw_client)

    assert [offer.title for offer in found] == [
        f"Follow-up: {agreed}",
        f"Home visits, {sibling_team}",
        f"Supervision, {team}",
    ]
    assert "look again on Monday 21 June" in found[0].reason
    assert "Ask the boy first." in found[0].reason
    assert found[1].reason == "Nobody has observed home visits in this team yet."


def test_a_team_seen_before_says_since_when(team, psw, psw_client, framework_version):
    ObservationFactory(unit=team, observer=psw, submitted=True, observed_on=date(2027, 3, 3))

    reasons = [offer.reason for offer in offers(psw_client)]

    assert "Nobody has observed home visits in this team since 3 March." in reasons


def test_each_offer_has_a_button_that_plans_it(agreed, team, sibling_team, psw_client):
    follow_up, other, _ = offers(psw_client)

    shown = psw_client.get(other.url).context["form"]
    again = psw_client.get(follow_up.url).context["form"]

    assert (shown["unit"].value(), shown["kind_of_work"].value()) == (sibling_team.pk, "home_visit")
    assert again["observers_focus"].value() == "Ask the boy first."
    assert b"Plan this visit" in psw_client.get(reverse("home")).content


def test_what_is_planned_is_not_offered_again(agreed, team, psw, psw_client):
    PlannedVisitFactory(unit=team, observer=psw, follows=agreed)
    PlannedVisitFactory(unit=team, kind_of_work="supervision", is_about="supervision")

    titles = [offer.title for offer in offers(psw_client)]

    assert f"Follow-up: {agreed}" not in titles
    assert f"Supervision, {team}" not in titles


def test_what_was_called_off_is_offered_again(agreed, team, psw, psw_client):
    PlannedVisitFactory(unit=team, observer=psw, follows=agreed, cancelled=True)

    assert offers(psw_client)[0].is_follow_up


def test_another_observers_follow_up_is_not_offered(team, psw_client, framework_version):
    seen = ObservationFactory(unit=team, submitted=True)
    soon = timezone.localdate() + timedelta(days=5)
    ConversationFactory(observation=seen, next_step="Ask.", look_again_on=soon)

    assert not any(offer.is_follow_up for offer in offers(psw_client))


def test_no_offer_names_a_person(agreed, psw, psw_client):
    said = " ".join(f"{offer.title} {offer.reason}" for offer in offers(psw_client))

    assert agreed.practitioner.name not in said
    assert agreed.practitioner.first_name not in said


def test_where_there_is_nothing_to_offer_it_says_so(psw, psw_client):
    assert offers_for(psw, []) == []
    page = " ".join(psw_client.get(reverse("home")).content.decode().split())
    assert "No follow-up is due" in page


def test_home_shows_ones_planned_visits_and_not_today(team, psw, practitioner, psw_client):
    PlannedVisitFactory(unit=team, observer=psw, practitioner=practitioner, declined=True)
    PlannedVisitFactory(unit=team, observer=psw, cancelled=True)
    PlannedVisitFactory(unit=team)

    page = psw_client.get(reverse("home"))

    assert len(page.context["visits"]) == 1
    assert "Not today" in page.content.decode()


# What was called off, in counts


def called_off(team, count, **given):
    day = {"visit_on": date(2027, 5, 12), "declined": True}
    PlannedVisitFactory.create_batch(count, unit=team, **day, **given)


def test_what_was_called_off_is_counted_where_it_was_planned(team, other_team, service):
    called_off(team, 2)
    called_off(other_team, 3)
    PlannedVisitFactory(unit=team, visit_on=date(2027, 5, 12))
    PlannedVisitFactory(unit=team, visit_on=date(2026, 5, 12), cancelled=True)

    assert summarise(service, rolling(date(2027, 6, 1))).called_off == 2


@pytest.mark.parametrize("count", [2, 7])
def test_a_briefing_says_how_many_were_called_off(count, team, service):
    called_off(team, count)

    told = " ".join(limits(summarise(service, rolling(date(2027, 6, 1)))))

    assert f"Planned visits that were called off since 1 January: {count}." in told


def test_a_briefing_says_nothing_where_none_was(service):
    assert "called off" not in " ".join(limits(summarise(service, rolling(date(2027, 6, 1)))))


def test_reasons_are_shown_once_they_point_at_nobody(team, service, psw_client):
    window = rolling(date(2027, 6, 1))
    called_off(team, 3, why="family")
    assert why_called_off(service, window) == []

    called_off(team, 2)
    assert why_called_off(service, window) == [
        ("The family said no, or it no longer suited them", 3),
        ("No reason given", 2),
    ]
    page = " ".join(psw_client.get(reverse("reports:coverage")).content.decode().split())
    assert "5 since 1 January, by whichever side" in page
