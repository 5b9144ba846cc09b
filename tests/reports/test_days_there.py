"""Today is the day of the organisation that a note is of, not the day where the service runs.

At ten in the evening of 30 November in London it is eleven in the morning of 1 December in
Auckland.
"""

from datetime import UTC, date, datetime, timedelta

import pytest

from frameworks.models import FrameworkVersion
from frameworks.outside.page import standing
from frameworks.themes import editing
from observations.notes.forms.sections import WhereForm
from observations.notes.forms.starting import StartForm
from practicelens.people import actions
from practicelens.people.models import Role
from reports.briefings.decision_forms import DoneForm
from reports.briefings.forms import ComposeForm
from reports.briefings.since import rows_of
from reports.filters import SummaryFilter, units_of
from reports.home import greeting, waiting_for
from reports.periods import day_words, months_after, rolling
from reports.summaries import last_seen_words, not_seen_lately, summarise
from reports.summaries.coverage import LATELY
from tests.factories import (
    CodebookFactory,
    FrameworkVersionFactory,
    ObservationFactory,
    RoleFactory,
    StandardFactory,
    ThemeFactory,
    UnitFactory,
    UserFactory,
)
from tests.reports.factories import BriefingFactory, RecommendationFactory, issue

pytestmark = pytest.mark.django_db

TEN_IN_THE_EVENING = datetime(2026, 11, 30, 22, 0, tzinfo=UTC)
LAST, FIRST = date(2026, 11, 30), date(2026, 12, 1)
WHERE = [("england", LAST), ("aotearoa", FIRST)]
everywhere = pytest.mark.parametrize(("where", "today"), WHERE)


@pytest.fixture(autouse=True)
def evening(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: TEN_IN_THE_EVENING)


@pytest.fixture
def there(where):
    """A team of an organisation there, as its practice leader has it before them."""
    top = UnitFactory(organisation=True, jurisdiction=where)
    return UnitFactory(parent=UnitFactory(service=True, parent=top))


@pytest.fixture
def leads(there):
    return RoleFactory(kind=Role.Kind.PSW, unit=there.parent).user


def october(unit):
    return BriefingFactory(unit=unit, month=date(2026, 10, 1))


def parts(day):
    return {f"observed_on_{at}": each for at, each in enumerate([day.day, day.month, day.year])}


@everywhere
def test_a_note_may_be_of_today_there_and_of_no_later_day(there, leads, today):
    def faults(day):
        form = StartForm({"unit": there.pk, **parts(day)}, user=leads)
        return form.errors.get("observed_on", [])

    assert StartForm(user=leads).initial["observed_on"] == today
    assert not faults(today)
    assert faults(today + timedelta(days=1)) == ["The date can't be after today"]


@everywhere
def test_so_too_when_the_day_is_changed_in_a_draft(there, leads, today):
    draft = ObservationFactory(unit=there, observer=leads)

    def faults(day):
        form = WhereForm({"unit": there.pk, **parts(day)}, instance=draft)
        return form.errors.get("observed_on", [])

    assert not faults(today)
    assert faults(today + timedelta(days=1)) == ["The date can't be after today"]


@everywhere
def test_ten_working_days_to_answer_are_days_there(there, leads, today):
    last_day = {"england": date(2026, 12, 14), "aotearoa": date(2026, 12, 15)}
    moments = [TEN_IN_THE_EVENING, TEN_IN_THE_EVENING - timedelta(days=14)]
    note, long_ago = (
        ObservationFactory(unit=there, observer=leads, shared=True, shared_at=moment)
        for moment in moments
    )

    assert note.reply_by == last_day[there.parent.parent.jurisdiction]
    assert (long_ago.reply_by, long_ago.reply_words) == (today, "Waiting")
    assert set(waiting_for(leads)) == {note, long_ago}


@everywhere
def test_the_summary_ends_with_the_month_that_runs_there(there, leads, today):
    chosen = SummaryFilter({}, units=units_of(leads)).chosen()

    assert chosen.window.last_month == today.replace(day=1)
    assert (chosen.window.last_day, chosen.window.is_running) == (today, True)
    assert chosen.window.before.today == today


@pytest.mark.parametrize(("where", "waits"), [("england", 1), ("aotearoa", 0)])
def test_a_reply_is_counted_late_from_the_day_after_there(there, leads, waits):
    earlier = TEN_IN_THE_EVENING - timedelta(days=14, hours=13)
    ObservationFactory(unit=there, observer=leads, shared=True, shared_at=earlier)

    replies = summarise(there.parent, rolling(date(2026, 11, 1))).replies

    assert (replies.waiting, replies.no_reply) == (waits, 1 - waits)


@everywhere
def test_the_first_page_greets_at_the_hour_it_is_there(there, leads, today):
    assert leads.today() == today
    assert greeting(leads) == ("Good morning" if today == FIRST else "Good evening")


def test_of_roles_in_two_countries_the_day_that_is_behind_counts():
    near, far = (UnitFactory(organisation=True, jurisdiction=each) for each, _ in WHERE)
    both = RoleFactory(unit=far).user
    RoleFactory(unit=near, user=both)

    assert both.today() == LAST
    assert UserFactory().today() == LAST


@everywhere
def test_what_ends_today_ends_on_the_day_it_is_there(there, leads, today):
    theme = ThemeFactory(codebook=CodebookFactory(unit=there.parent))
    editing.end(theme=theme, kind="retired", why="Said by two others.", by=leads)
    codebook = theme.codebook
    editing.start_using(codebook=codebook, why="Enough", as_seen=editing.seen(codebook), by=leads)
    actions.close(unit=there, by=None)

    theme.refresh_from_db()
    assert (theme.retired_on, there.closed_on) == (today, today)


@everywhere
def test_people_outside_read_a_version_from_the_day_it_is_in_use_there(there, today):
    version = FrameworkVersionFactory(framework__unit=there.parent.parent, effective_on=FIRST)
    version.framework.is_open = True
    version.framework.save()
    outsider = UserFactory()
    standard = StandardFactory(unit=there.parent, in_force_from=FIRST)

    begun = today == FIRST
    assert FrameworkVersion.objects.read_outside_by(outsider).exists() == begun
    assert standing(version) == f"In use {'since' if begun else 'from'} 1 December 2026"
    assert standard.state == ("In force" if begun else "Not yet in force")


@everywhere
def test_an_ask_is_overdue_and_done_by_the_day_there(there, today):
    recommendation = RecommendationFactory(briefing=october(there.parent), due_on=LAST)
    assert recommendation.days_overdue == (today - LAST).days

    done = DoneForm(
        {"done_on_0": 1, "done_on_1": 12, "done_on_2": 2026, "became": "It is longer."},
        unit=recommendation.briefing.unit,
    )
    assert done.is_valid() == (today == FIRST)


@everywhere
def test_a_briefing_says_the_day_on_which_it_was_issued_there(there, today):
    briefing = october(there.parent)
    RecommendationFactory(briefing=briefing)
    issue(briefing, TEN_IN_THE_EVENING)
    later = BriefingFactory(unit=there.parent, month=date(2026, 11, 1))

    assert briefing.content["issued_on"] == day_words(today)
    assert rows_of(later, today - timedelta(days=1)) == []
    assert len(rows_of(later, today)) == 1


@everywhere
def test_a_month_may_be_reported_once_it_has_ended_there(there, leads, today):
    offered = next(iter(ComposeForm(user=leads).months.values()))
    assert offered == months_after(today.replace(day=1), -1)


def test_where_nobody_has_been_is_told_from_the_day_there():
    top = UnitFactory(organisation=True, jurisdiction="aotearoa")
    team = UnitFactory(parent=top)
    ObservationFactory(unit=team, submitted=True, observed_on=FIRST - timedelta(days=LATELY + 1))

    (row,) = [each for each in not_seen_lately(top) if each.seen_on]
    assert last_seen_words(row, top.today()).endswith("weeks ago")
