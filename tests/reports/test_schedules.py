"""Schedules of briefings: made, changed and ended in the browser; mail when one waits or is out."""

from datetime import date
from unittest.mock import patch

import pytest
from django.core import mail
from django.db import IntegrityError
from django.urls import reverse

from practicelens.audit.models import Entry
from practicelens.mail.actions import send_waiting
from practicelens.mail.models import Letter
from practicelens.people.models import Role
from practicelens.refusals import NotNow
from reports import briefings
from reports.briefings import actions
from reports.briefings.composing import compose_and_tell, missing_months
from reports.briefings.schedules import actions as scheduling
from reports.models import Briefing, BriefingSchedule
from tests.factories import RoleFactory, UnitFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 10, 14)
CHOSEN = {"day": "3", "first_month": "2026-09"}


@pytest.fixture(autouse=True)
def today():
    with patch("practicelens.people.models.Unit.today", lambda unit: TODAY):
        yield


@pytest.fixture
def second(service):
    """Another practice leader of the service."""
    return RoleFactory(user__name="Dilys Pugh", kind=Role.Kind.PSW, unit=service).user


@pytest.fixture
def schedule(service, psw, second):
    return scheduling.make(unit=service, day=3, starts_on=date(2026, 9, 1), approver=second, by=psw)


def address(unit, name="schedule"):
    return reverse(f"reports:{name}", args=[unit.pk])


def send(client, unit, named, **chosen):
    return client.post(address(unit), CHOSEN | {"approver": named.pk} | chosen, follow=True)


def said(response):
    return response.content.decode()


# Made, changed and ended


def test_a_schedule_is_made_in_the_browser(psw_client, service, psw, second):
    page = send(psw_client, service, second)

    made = BriefingSchedule.objects.get()
    assert (made.unit, made.day, made.approver) == (service, 3, second)
    assert made.starts_on == date(2026, 9, 1)
    assert "A briefing of Help and protection is drafted on day 3 of each month." in said(page)
    assert "Next draft on 3 November 2026, of October" in said(page)
    entry = Entry.objects.get(action="made", what="briefing schedule")
    assert entry.changes["day"] == [None, 3]
    assert entry.changes["approver"] == [None, "Dilys Pugh"]


def test_it_is_changed_in_the_browser(psw_client, schedule, service, psw):
    assert 'value="3"' in said(psw_client.get(address(service)))

    send(psw_client, service, psw, day="28")

    schedule.refresh_from_db()
    assert (schedule.day, schedule.approver) == (28, psw)
    entry = Entry.objects.get(action="changed", what="briefing schedule")
    assert entry.changes == {"day": [3, 28], "approver": ["Dilys Pugh", "Marian Osei"]}


def test_saving_it_as_it_is_writes_nothing_down(psw_client, schedule, service, second):
    send(psw_client, service, second)

    assert not Entry.objects.filter(action="changed").exists()


def test_it_is_ended_in_the_browser_and_another_can_be_made(psw_client, schedule, service, second):
    assert "End the schedule of Help and protection?" in said(
        psw_client.get(address(service, "end_schedule"))
    )

    psw_client.post(address(service, "end_schedule"))

    schedule.refresh_from_db()
    assert schedule.ended_on == TODAY
    assert Entry.objects.get(action="ended").changes == {"ended_on": [None, "2026-10-14"]}
    send(psw_client, service, second, day="9")
    assert BriefingSchedule.objects.running().get().day == 9


def test_ending_it_twice_is_ending_it_once(psw_client, schedule, service):
    psw_client.post(address(service, "end_schedule"))

    page = psw_client.post(address(service, "end_schedule"), follow=True)

    assert page.status_code == 200
    assert Entry.objects.filter(action="ended").count() == 1


def test_two_people_who_make_one_at_once_make_one(schedule, service, psw, second):
    with pytest.raises(NotNow):
        scheduling.make(unit=service, day=5, starts_on=TODAY, approver=second, by=psw)

    assert BriefingSchedule.objects.count() == 1


def test_what_ended_meanwhile_is_not_changed(schedule, psw, second):
    scheduling.end(schedule=schedule, by=psw)

    with pytest.raises(NotNow):
        scheduling.change(schedule=schedule, day=5, starts_on=TODAY, approver=second, by=psw)


def test_the_database_keeps_one_running_schedule_a_unit(schedule, service):
    with pytest.raises(IntegrityError, match="reports_schedule_one_running"):
        BriefingSchedule.objects.create(unit=service)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("day", "", "Enter the day of the month"),
        ("day", "0", "Enter a day from 1 to 28"),
        ("day", "31", "Enter a day from 1 to 28, so that every month has it"),
        ("day", "second", "Enter the day as a number from 1 to 28"),
        ("first_month", "", "Choose the first month"),
        ("first_month", "1926-01", "Choose one of the months"),
        ("approver", "", "Choose who approves the drafts"),
        ("approver", "0", "Choose a person who approves briefings for this part of the service"),
    ],
)
def test_what_is_missing_or_wrong_is_told(psw_client, service, second, field, value, told):
    page = send(psw_client, service, second, **{field: value})

    assert told in said(page)
    assert not BriefingSchedule.objects.exists()


def test_only_who_writes_briefings_there_can_approve_them(psw_client, service, leader, stranger):
    for person in (leader, stranger):
        page = send(psw_client, service, person)

        assert "Choose a person who approves briefings for this part of the service" in said(page)


def test_an_approver_who_left_is_asked_to_be_replaced(psw_client, schedule, second):
    assert "Dilys Pugh approves." in said(psw_client.get(reverse("reports:schedules")))

    second.is_active = False
    second.save()

    assert "Choose who approves the drafts." in said(psw_client.get(reverse("reports:schedules")))


def test_the_list_takes_the_same_queries_however_many_there_are(
    psw_client, schedule, service, second, django_assert_max_num_queries
):
    for code in ("a", "b", "c"):
        unit = UnitFactory(code=code, parent=service)
        BriefingSchedule.objects.create(unit=unit, starts_on=TODAY, approver=second)

    with django_assert_max_num_queries(9):
        psw_client.get(reverse("reports:schedules"))


def test_a_closed_unit_is_neither_offered_nor_drafted(psw_client, schedule, service):
    service.closed_on = TODAY
    service.save()

    briefings.compose_due(today=TODAY)

    assert psw_client.get(address(service)).status_code == 404
    assert not Briefing.objects.exists()


# Drafted when it is due, once


@pytest.mark.parametrize(
    ("today", "first", "next_draft", "of_month"),
    [
        (date(2026, 10, 14), date(2026, 1, 1), date(2026, 11, 3), date(2026, 10, 1)),
        (date(2026, 11, 2), date(2026, 1, 1), date(2026, 11, 3), date(2026, 10, 1)),
        (date(2026, 11, 3), date(2026, 1, 1), date(2026, 12, 3), date(2026, 11, 1)),
        (date(2026, 12, 31), date(2026, 1, 1), date(2027, 1, 3), date(2026, 12, 1)),
        (date(2026, 10, 14), date(2027, 2, 1), date(2027, 3, 3), date(2027, 2, 1)),
    ],
)
def test_the_next_draft_is_told(schedule, today, first, next_draft, of_month):
    schedule.starts_on = first
    with patch("practicelens.people.models.Unit.today", lambda unit: today):
        assert (schedule.next_draft_on, schedule.next_month) == (next_draft, of_month)


def test_an_ended_schedule_drafts_nothing(schedule, psw):
    scheduling.end(schedule=schedule, by=psw)

    briefings.compose_due(today=TODAY)

    assert not Briefing.objects.exists()


def test_a_missed_month_is_drafted_once_whatever_changes_meanwhile(schedule, psw, second):
    briefings.compose_due(today=date(2026, 11, 20))
    scheduling.change(
        schedule=schedule, day=25, starts_on=date(2026, 8, 1), approver=second, by=psw
    )
    briefings.compose_due(today=date(2026, 11, 30))
    briefings.compose_due(today=date(2026, 11, 30))

    months = sorted(Briefing.objects.values_list("month", flat=True))
    assert months == [date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1)]


def test_a_draft_that_another_process_made_meanwhile_is_neither_doubled_nor_mailed(
    schedule, service
):
    month = date(2026, 9, 1)
    assert missing_months(schedule, TODAY) == [month]
    made = briefings.compose(unit=service, month=month)

    assert compose_and_tell(unit=service, month=month) == made

    assert Briefing.objects.count() == 1
    assert not Letter.objects.exists()


# Mail


def told():
    """{who was written to: the subject}, once what waits is sent."""
    mail.outbox.clear()
    send_waiting()
    return {sent.to[0]: sent.subject for sent in mail.outbox}


def test_those_who_write_are_told_when_a_draft_waits(schedule, psw, second, leader, practitioner):
    briefings.compose_due(today=TODAY)

    subject = "PracticeLens: a draft briefing waits"
    assert told() == {psw.email: subject, second.email: subject}
    assert "Help and protection, September 2026" in mail.outbox[0].body


@pytest.fixture
def sent(schedule, psw):
    """The draft of September, sent for approval by Marian."""
    with (
        patch.object(actions, "refuse_what_is_left"),
        patch.object(actions, "check_content"),
    ):
        made = briefings.compose(unit=schedule.unit, month=date(2026, 9, 1), by=psw)
        yield actions.send_for_approval(briefing=made, by=psw)


def test_the_approver_alone_is_told_when_one_waits_for_approval(schedule, service, second, psw):
    RoleFactory(user__name="A third", kind=Role.Kind.PSW, unit=service)
    made = briefings.compose(unit=service, month=date(2026, 9, 1), by=psw)
    with patch.object(actions, "refuse_what_is_left"):
        actions.send_for_approval(briefing=made, by=psw)

    assert told() == {second.email: "PracticeLens: a briefing waits for approval"}


def test_all_who_can_are_told_where_the_approver_can_t(sent, schedule, second, psw):
    Letter.objects.all().delete()
    third = RoleFactory(user__name="A third", kind=Role.Kind.PSW, unit=schedule.unit).user
    scheduling.change(schedule=schedule, day=3, starts_on=schedule.starts_on, approver=psw, by=psw)
    actions.take_back(briefing=sent, by=psw)
    actions.send_for_approval(briefing=sent, by=psw)

    assert set(told()) == {second.email, third.email}


def test_those_who_read_are_told_when_one_is_out(sent, psw, second, leader, practitioner):
    Letter.objects.all().delete()
    actions.approve(briefing=sent, by=second)
    actions.issue(briefing=sent, by=psw)

    subject = "PracticeLens: a briefing is out"
    approved = {psw.email: "PracticeLens: a briefing is approved"}
    assert told() == {leader.email: subject, second.email: subject, **approved}


def test_where_the_address_is_known_a_mail_links_to_the_page_and_says_no_more(
    sent, psw, second, settings
):
    settings.PUBLIC_ADDRESS = "https://practice.example.gov.uk"
    sent.title = "Families were asked first"
    sent.save()
    Letter.objects.all().delete()
    actions.approve(briefing=sent, by=second)
    actions.issue(briefing=sent, by=psw)

    texts = list(Letter.objects.values_list("text", flat=True))
    link = f"https://practice.example.gov.uk{sent.get_absolute_url()}"
    assert texts
    assert all(link in text and sent.title not in text for text in texts)


def test_no_mail_says_what_is_in_a_briefing(sent, psw, second, leader):
    sent.title = "Families were asked first"
    sent.save()
    actions.approve(briefing=sent, by=second)
    actions.issue(briefing=sent, by=psw)

    texts = " ".join(Letter.objects.values_list("text", flat=True))

    assert "asked first" not in texts
    assert "http" not in texts
    assert texts.count("This mail has no link") == Letter.objects.count()
