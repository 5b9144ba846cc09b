"""You heard, you decided, we went back and saw: from a yes to what the next briefing tells."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from observations.models import PlannedVisit
from practicelens.people.models import Role, Unit
from practicelens.refusals import AlreadySo, NotNow
from reports.briefings.return_visits import actions as going_back
from reports.models import ReturnVisit
from reports.models.return_visits import due_days
from tests.conftest import signed_in
from tests.factories import ObservationFactory, RoleFactory
from tests.reports.factories import BriefingFactory, issue
from tests.reports.test_decided import answer_it, asked, moment, page_for, since  # noqa: F401

pytestmark = pytest.mark.django_db

SAW = "Workers stayed to the end, and the form was still open."


@pytest.fixture
def return_visit(asked):  # noqa: F811
    return answer_it(asked).return_visit


@pytest.fixture
def seen(team, psw, framework_version):
    return ObservationFactory(unit=team, observer=psw, submitted=True, observed_on=date(2027, 5, 4))


def plan(return_visit, team):
    return {
        "unit": team.pk,
        "kind_of_work": "home_visit",
        "visit_on": (timezone.localdate() + timedelta(days=5)).isoformat(),
        "observers_focus": "What changed.",
    }


def test_a_yes_makes_a_return_visit_60_to_90_days_later_on_working_days(return_visit):
    # Decided on 20 February: 21 April is a Wednesday, 21 May a Friday.
    assert (return_visit.due_from, return_visit.due_to) == (date(2027, 4, 21), date(2027, 5, 21))


@pytest.mark.parametrize(
    ("decided_on", "due"),
    [
        # 27 March 2027 is a Saturday before Easter Monday; 26 April a Monday.
        (date(2027, 1, 26), (date(2027, 3, 30), date(2027, 4, 26))),
        # 29 May is a Saturday, with a bank holiday on the Monday before it would be due.
        (date(2027, 3, 2), (date(2027, 5, 4), date(2027, 5, 28))),
    ],
)
def test_it_is_never_due_on_a_weekend_or_a_bank_holiday(decided_on, due):
    unit = Unit(jurisdiction="england")
    unit.region_kept = ""

    assert due_days(unit, decided_on) == due


@pytest.mark.parametrize("given", ["no", "not_now"])
def test_a_no_makes_none(asked, given):  # noqa: F811
    answer_it(asked, answer=given, act_by=None)

    assert not ReturnVisit.objects.exists()


def test_home_offers_it_with_its_reason_and_leads_to_the_plan(return_visit, team, psw_client):
    offer = psw_client.get(reverse("home")).context["offers"][0]
    form = psw_client.get(offer.url).context["form"]

    assert offer.title == "Return visit: Should forms stay open for a whole visit?"
    assert "was decided on 20 February: Yes. See what changed." in offer.reason
    assert form.initial["observers_focus"].startswith("“Should forms stay open")


def test_once_a_visit_is_planned_home_offers_it_no_more_until_it_is_called_off(
    return_visit, team, psw, psw_client
):
    address = reverse("reports:plan_return_visit", args=[return_visit.pk])
    assert psw_client.post(address, plan(return_visit, team)).status_code == 302

    visit = PlannedVisit.objects.get()
    return_visit.refresh_from_db()
    assert (return_visit.visit, visit.observer) == (visit, psw)
    assert not any("Return visit" in each.title for each in offers(psw_client))

    PlannedVisit.objects.update(cancelled_at=timezone.now(), why="other_work")
    assert any("Return visit" in each.title for each in offers(psw_client))


def offers(client):
    return client.get(reverse("home")).context["offers"]


def test_a_plan_is_of_a_team_of_the_unit_that_was_asked(return_visit, other_team, psw_client):
    address = reverse("reports:plan_return_visit", args=[return_visit.pk])
    response = psw_client.post(address, plan(return_visit, other_team))

    assert response.status_code == 422
    assert not PlannedVisit.objects.exists()


def test_what_was_seen_comes_back_in_the_next_briefing_and_to_everybody(
    return_visit, seen, service, psw, psw_client, practitioner
):
    address = reverse("reports:tell_return_visit", args=[return_visit.pk])
    sent = psw_client.post(address, {"observation": seen.pk, "saw": SAW})
    briefing = BriefingFactory(unit=service, month=date(2027, 5, 1), written_by=psw)
    (row,) = since(briefing, *timezone.localdate().timetuple()[:3])

    assert sent.status_code == 302
    assert row["became"].endswith(f"We went back and saw: {SAW}")
    assert SAW in page_for(signed_in(practitioner))
    page = psw_client.get(return_visit.get_absolute_url()).content.decode()
    assert seen.get_absolute_url() in page


def test_a_leader_reads_what_was_seen_and_has_no_link_to_the_observation(
    return_visit,
    seen,
    psw,
    asked,  # noqa: F811
):
    going_back.tell(return_visit=return_visit, by=psw, observation=seen, saw=SAW)

    page = signed_in(asked.owner).get(return_visit.get_absolute_url()).content.decode()

    assert SAW in page
    assert seen.get_absolute_url() not in page


def test_what_was_seen_is_told_once_also_of_what_is_done(return_visit, seen, service, psw):
    type(return_visit.decision).objects.update(done_on=date(2027, 3, 1), became="In use")
    going_back.tell(
        return_visit=return_visit, by=psw, observation=seen, saw=SAW, at=moment(2027, 5, 6)
    )
    second = BriefingFactory(unit=service, month=date(2027, 4, 1), written_by=psw)
    assert since(second, 2027, 5, 5)[0]["became"].count("went back") == 0
    assert SAW in since(second, 2027, 5, 7)[0]["became"]

    issue(second, at=moment(2027, 5, 7))
    third = BriefingFactory(unit=service, month=date(2027, 5, 1), written_by=psw)
    assert since(third, 2027, 6, 7) == []


def test_what_was_seen_in_an_observation_that_counts_no_more_is_not_told(
    return_visit, seen, service, psw
):
    going_back.tell(return_visit=return_visit, by=psw, observation=seen, saw=SAW)
    type(seen).objects.filter(pk=seen.pk).update(withdrawn_at=timezone.now(), is_counted=False)

    briefing = BriefingFactory(unit=service, month=date(2027, 5, 1), written_by=psw)

    assert SAW not in str(since(briefing, *timezone.localdate().timetuple()[:3]))


def test_an_observation_from_elsewhere_or_from_before_is_refused(
    return_visit, seen, other_team, psw
):
    elsewhere = ObservationFactory(unit=other_team, submitted=True)
    type(seen).objects.filter(pk=seen.pk).update(observed_on=date(2027, 2, 1))

    for observation in (seen, elsewhere):
        with pytest.raises(NotNow):
            going_back.tell(return_visit=return_visit, by=psw, observation=observation, saw=SAW)


def test_why_nobody_goes_back_is_told_and_ends_it(return_visit, service, psw, psw_client):
    address = reverse("reports:close_return_visit", args=[return_visit.pk])
    refused = psw_client.post(address, {"because": ""})
    psw_client.post(address, {"because": "The team was merged."})
    briefing = BriefingFactory(unit=service, month=date(2027, 5, 1), written_by=psw)
    (row,) = since(briefing, *timezone.localdate().timetuple()[:3])

    assert refused.status_code == 422
    assert row["became"].endswith("Nobody went back: The team was merged.")
    with pytest.raises(AlreadySo):
        going_back.close(return_visit=return_visit, by=psw, because="Again.")


def test_words_that_may_name_someone_are_asked_about(return_visit, seen, psw_client):
    address = reverse("reports:tell_return_visit", args=[return_visit.pk])
    sent = {"observation": seen.pk, "saw": "Mrs Patricia Smith was asked first."}

    assert psw_client.post(address, sent).status_code == 422
    assert psw_client.post(address, {**sent, "names_nobody": "on"}).status_code == 302


def test_the_list_says_where_to_go_back_and_when(return_visit, psw_client):
    page = " ".join(psw_client.get(reverse("reports:return_visits")).content.decode().split())

    assert "Between 21 April 2027 and 21 May 2027." in page


@pytest.mark.parametrize("rows", [1, 4])
def test_the_list_takes_the_same_queries_at_any_length(
    rows, service, psw, psw_client, django_assert_num_queries
):
    from tests.reports.factories import RecommendationFactory

    made = BriefingFactory(unit=service, month=date(2027, 1, 1), written_by=psw)
    found = [RecommendationFactory(briefing=made) for _ in range(rows)]
    issue(made, at=moment(2027, 2, 5))
    for each in found:
        answer_it(each)

    with django_assert_num_queries(7):
        psw_client.get(reverse("reports:return_visits"))


def test_other_roles_find_no_return_visit(return_visit, leader_client, practitioner, other_team):
    beside = RoleFactory(unit=other_team, kind=Role.Kind.PSW).user
    for client in (leader_client, signed_in(practitioner), signed_in(beside)):
        for name in ("plan", "tell", "close"):
            address = reverse(f"reports:{name}_return_visit", args=[return_visit.pk])
            assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"saw": "x"},
        {"because": "x"},
        {"due_to": date(2027, 1, 1)},
    ],
)
def test_the_database_refuses_a_return_visit_that_says_half(return_visit, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        ReturnVisit.objects.update(**wrong)
