"""When a committee meets, when its papers are due, and what has to be ready when for that."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from practicelens.audit.models import Entry
from reports.models import CommitteeDate
from tests.reports.factories import BriefingFactory

pytestmark = pytest.mark.django_db


def sent(meets=("15", "7", "2030"), papers=("5", "7", "2030"), **more):
    days = {"meets_on": meets, "papers_on": papers}
    parts = {f"{name}_{at}": part for name, day in days.items() for at, part in enumerate(day)}
    return {"committee": "Scrutiny committee", **parts, **more}


@pytest.fixture
def address(service):
    return reverse("reports:committee_dates", args=[service.pk])


@pytest.fixture
def committee_date(service):
    return CommitteeDate.objects.create(
        unit=service,
        committee="Scrutiny committee",
        meets_on=date(2030, 1, 14),
        papers_on=date(2030, 1, 3),
    )


def text_of(response):
    return " ".join(response.content.decode().split())


def test_a_date_is_added_with_what_is_due_when_and_goes_on_record(address, psw, psw_client):
    psw_client.post(address, sent())

    page = text_of(psw_client.get(address))
    made = CommitteeDate.objects.get()
    assert (made.meets_on, made.papers_on) == (date(2030, 7, 15), date(2030, 7, 5))
    assert "Send it for approval: Monday 1 July 2030" in page
    assert "Approve it: Wednesday 3 July 2030" in page
    assert Entry.objects.filter(by=psw, action=Entry.Action.MADE, what="committee date").exists()


def test_what_is_due_before_a_holiday_is_due_on_a_working_day(committee_date):
    days = [day for _, day in committee_date.steps]

    # 1 January is a holiday, and 28 and 29 December a weekend.
    assert days[:2] == [date(2029, 12, 27), date(2029, 12, 31)]


def test_a_weekend_or_a_holiday_is_asked_about_and_can_be_meant(address, psw_client):
    saturday = sent(papers=("6", "7", "2030"))
    asked = psw_client.post(address, saturday)
    assert asked.status_code == 422
    assert "6 July 2030 is a Saturday. Is that right?" in text_of(asked)

    psw_client.post(address, {**saturday, "papers_on_sure": "2030-07-06"})
    assert CommitteeDate.objects.get().papers_on == date(2030, 7, 6)


def test_papers_come_before_the_committee(address, psw_client):
    response = psw_client.post(address, sent(papers=("16", "7", "2030")))

    assert response.status_code == 422
    assert "The papers are due before the committee meets" in text_of(response)


def test_the_same_date_twice_is_once_and_can_be_removed(address, psw_client):
    psw_client.post(address, sent())
    again = psw_client.post(address, sent(), follow=True)
    assert "there already" in text_of(again)

    found = CommitteeDate.objects.get()
    psw_client.post(reverse("reports:remove_committee_date", args=[found.pk]))
    assert not CommitteeDate.objects.exists()


def test_a_draft_says_what_is_due_when_for_the_next_committee(committee_date, psw, psw_client):
    draft = BriefingFactory(unit=committee_date.unit, written_by=psw)

    page = text_of(psw_client.get(draft.get_absolute_url()))

    assert "Scrutiny committee" in page
    assert "Issue it: papers are due: Thursday 3 January 2030" in page


def test_leaders_find_no_committee_dates(address, leader_client):
    assert leader_client.get(address).status_code == 404
    assert leader_client.post(address, sent()).status_code == 404


def test_the_database_refuses_papers_after_the_meeting(committee_date):
    with pytest.raises(IntegrityError), transaction.atomic():
        CommitteeDate.objects.update(papers_on=date(2030, 2, 1))
