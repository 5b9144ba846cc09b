"""Mail about the dates of recommendations: once, on working days, and without a word of content."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from practicelens.mail.models import Letter
from reports.briefings import reminding
from reports.models import Reminder
from tests.reports.factories import (
    BriefingFactory,
    DecisionFactory,
    RecommendationFactory,
    issue,
)

pytestmark = pytest.mark.django_db

FRIDAY = date(2027, 6, 11)


@pytest.fixture
def on(monkeypatch):
    """Says what moment it is for the reminders."""

    def set_to(day, hour=10):
        now = timezone.make_aware(datetime.combine(day, datetime.min.time()))
        monkeypatch.setattr(
            reminding.timezone, "localtime", lambda timezone: now + timedelta(hours=hour)
        )

    return set_to


@pytest.fixture
def asked(team, psw):
    briefing = BriefingFactory(unit=team, written_by=psw)
    made = RecommendationFactory(briefing=briefing, due_on=FRIDAY)
    issue(briefing)
    Letter.objects.all().delete()
    return made


def mailed():
    return {(each.to, each.subject.split(": ")[1]) for each in Letter.objects.all()}


def test_who_decides_is_reminded_once_five_working_days_before(asked, on):
    on(date(2027, 6, 3))
    assert reminding.remind_due() == 0

    on(date(2027, 6, 4))
    assert reminding.remind_due() == 1
    assert reminding.remind_due() == 0
    assert mailed() == {(asked.owner, "a decision is due soon")}


def test_on_a_weekend_a_holiday_or_at_night_nobody_is_reminded(asked, on):
    for day, hour in [(date(2027, 6, 5), 10), (date(2027, 6, 7), 7)]:
        on(day, hour)
        assert reminding.remind_due() == 0

    on(date(2027, 6, 7), 8)
    assert reminding.remind_due() == 1


def test_once_overdue_who_decides_and_who_writes_are_told(asked, psw, on):
    on(date(2027, 6, 14))
    reminding.remind_due()

    assert mailed() == {
        (asked.owner, "a decision is overdue"),
        (psw, "a decision is overdue"),
    }


def test_what_was_promised_and_is_not_done_is_reminded_of(asked, psw, on):
    DecisionFactory(recommendation=asked, act_by=FRIDAY)
    on(date(2027, 6, 11))
    assert reminding.remind_due() == 0

    on(date(2027, 6, 14))
    reminding.remind_due()
    assert mailed() == {
        (asked.owner, "what was decided is overdue"),
        (psw, "what was decided is overdue"),
    }


def test_what_is_settled_or_long_ago_is_left_in_peace(asked, on):
    on(FRIDAY + timedelta(days=60))
    assert reminding.remind_due() == 0

    DecisionFactory(recommendation=asked, answer="no", act_by=None)
    on(date(2027, 6, 14))
    assert reminding.remind_due() == 0
    assert not Reminder.objects.exists()


def test_no_reminder_says_what_was_asked(asked, on):
    on(date(2027, 6, 14))
    reminding.remind_due()

    texts = " ".join(Letter.objects.values_list("text", flat=True))
    assert asked.question not in texts
    assert "http" not in texts
