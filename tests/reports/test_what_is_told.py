"""What briefings tell of, issue after issue: windows, parts, re-issues, and what is frozen with them."""

import importlib
import random
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from frameworks.models.lists import WorkAbout
from observations.models import Observation
from practicelens.people.models import Unit
from reports import briefings
from reports.briefings import actions
from reports.cells import rollup
from reports.models import ToldGroup
from reports.periods import Window, months_after
from reports.telling.planning import EVERYTHING, plan_for, told_before
from tests.factories import ObservationFactory, UnitFactory, UserFactory
from tests.reports.factories import BriefingFactory, issue
from tests.reports.test_telling import attacked

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
LEAST = 5


def observed(unit, month, *people, **fields):
    return [
        ObservationFactory(
            unit=unit,
            practitioner=person,
            submitted=True,
            observed_on=month + timedelta(days=at % 27),
            **fields,
        )
        for at, person in enumerate(people)
    ]


def some(number):
    return UserFactory.create_batch(number)


def issued(unit, month):
    rollup.recount_all()
    return issue(completed(briefings.compose(unit=unit, month=month)))


def completed(briefing):
    """As a person leaves it who wrote what no rule could."""
    for name in ("title", "know", "how", "doing", "confidence"):
        setattr(briefing, name, getattr(briefing, name) or "It was seen.")
    briefing.findings.all().delete()
    briefing.save()
    return briefing


def windows_told(briefing):
    whole = briefing.told_groups.get(name=EVERYTHING)
    return whole.first_month, whole.last_month


def last_limit(briefing):
    return briefings.build_content(briefing)["sections"][-1]["items"][-1]


def test_what_an_issue_tells_of_is_frozen_with_it(team):
    observed(team, MARCH, *some(5))
    made = issued(team, MARCH)

    whole = made.told_groups.get(name=EVERYTHING)
    assert len(whole.notes) == len(set(whole.people)) == 5
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        whole.delete()
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        ToldGroup.objects.update(notes=[], people=[])


def test_the_figures_stand_until_enough_is_new(team):
    observed(team, MARCH, *some(6))
    first = issued(team, MARCH)
    observed(team, APRIL, *some(4))
    rollup.recount_all()

    second = briefings.compose(unit=team, month=APRIL)

    assert second.figures["strip"] == first.figures["strip"]
    assert second.know == first.know
    assert not second.findings.exists()
    assert windows_told(second) == windows_told(first)
    assert last_limit(second) == (
        "Not told. The figures stand as at March 2026: what is new since then is about fewer than 5 people."
    )


def test_with_five_new_people_the_window_moves_on(team):
    observed(team, MARCH, *some(6))
    issued(team, MARCH)
    observed(team, APRIL, *some(5))
    rollup.recount_all()

    second = briefings.compose(unit=team, month=APRIL)

    assert windows_told(second)[1] == APRIL
    assert second.figures["strip"][0] == {
        "figure": "5",
        "words": "observations in April; 11 since 1 November 2025",
    }


def test_a_window_is_longer_where_too_few_would_fall_out_of_it(team):
    """October falls out of six months to April: two people were observed in it."""
    observed(team, date(2025, 10, 1), *some(2))
    observed(team, MARCH, *some(6))
    issued(team, MARCH)
    observed(team, APRIL, *some(5))

    plan = plan_for(team, APRIL)

    assert plan.window.first_month == date(2025, 10, 1)


def test_one_observation_withdrawn_changes_no_figure_of_a_reissue(team, psw):
    notes = observed(team, MARCH, *some(8))
    first = issued(team, MARCH)
    Observation.objects.filter(pk=notes[0].pk).update(withdrawn_at=timezone.now())
    rollup.recount_all()

    later = briefings.gather_again(actions.reissue(briefing=first, by=psw))

    assert later.figures["strip"] == first.figures["strip"]
    assert "An observation was withdrawn, or came late. The figures stand" in last_limit(later)


def test_five_observations_that_came_late_change_the_figures_of_a_reissue(team, psw):
    observed(team, MARCH, *some(8))
    first = issued(team, MARCH)
    observed(team, MARCH, *some(5))
    rollup.recount_all()

    later = briefings.gather_again(actions.reissue(briefing=first, by=psw))

    assert later.figures["strip"][0]["figure"] == "13"


def test_a_small_part_is_told_of_together_with_another(service):
    large, small, tiny = (
        UnitFactory(parent=service, name=name) for name in ("Ash", "Beech", "Cedar")
    )
    observed(large, MARCH, *some(6))
    observed(small, MARCH, *some(3))
    observed(tiny, MARCH, *some(2))

    plan = plan_for(service, MARCH)

    assert [part.label for part in plan.parts] == ["Ash", "Beech and Cedar"]


def test_a_part_that_would_leave_a_small_one_over_is_not_told_of(service):
    large, small = (UnitFactory(parent=service, name=name) for name in ("Ash", "Beech"))
    observed(large, MARCH, *some(6))
    observed(small, MARCH, *some(3))

    plan = plan_for(service, MARCH)

    assert not plan.parts
    assert "Ash and Beech: told of within the whole" in plan.withheld[-1]


def test_a_month_of_which_a_part_holds_all_but_a_few_is_not_told_of(service):
    """Else that part could not be told of in any window with the month in it."""
    large, small = (UnitFactory(parent=service, name=name) for name in ("Ash", "Beech"))
    observed(large, months_after(MARCH, -1), *some(5))
    observed(small, months_after(MARCH, -1), *some(5))
    observed(large, MARCH, *some(6))
    observed(small, MARCH, *some(3))

    plan = plan_for(service, MARCH)

    assert not plan.has_month
    assert [part.label for part in plan.parts] == ["Ash", "Beech"]


def test_a_kind_of_work_is_told_of_as_it_was_until_enough_is_new(team):
    observed(team, MARCH, *some(6))
    issued(team, MARCH)
    observed(team, APRIL, *some(2))
    observed(team, APRIL, *some(6), kind_of_work="supervision", is_about=WorkAbout.SUPERVISION)
    observed(team, APRIL, *some(5), kind_of_work="duty", is_about=WorkAbout.DUTY)
    rollup.recount_all()

    plan = plan_for(team, APRIL)

    then = Window(date(2025, 10, 1), MARCH)
    told = {kind.label: (kind.count, kind.window) for kind in plan.kinds}
    assert told["Home visits"] == (6, then)
    assert told["Supervision"] == (6, plan.window)
    assert told["Duty"] == (0, then)  # else the two new home visits would be what is left
    assert told["Court"] == (0, plan.window)


def test_a_unit_above_is_not_told_of_where_it_would_leave_few_of_one_beside(service):
    large, small = (UnitFactory(parent=service, name=name) for name in ("Ash", "Beech"))
    observed(large, MARCH, *some(6))
    observed(small, MARCH, *some(3))
    issued(large, MARCH)

    assert plan_for(service, MARCH).window is None


def test_what_another_issue_tells_meanwhile_stops_approval(service):
    large, small = (UnitFactory(parent=service, name=name) for name in ("Ash", "Beech"))
    observed(large, MARCH, *some(6))
    observed(small, MARCH, *some(3))
    rollup.recount_all()
    draft = completed(briefings.compose(unit=service, month=MARCH))
    issued(large, MARCH)

    left = [words for words, _ in briefings.what_stops(draft)]

    assert any(words.startswith("Gather the figures again") for words in left)
    assert last_limit(briefings.gather_again(draft)).startswith("Not told. No figure is told")
    assert not any(words.startswith("Gather") for words, _ in briefings.what_stops(draft))


def test_nobody_can_be_worked_out_from_the_issues_of_an_organisation(organisation):
    """Nested units, months, late observations, withdrawals and re-issues, read all together."""
    chance = random.Random(11)
    services = [UnitFactory(parent=organisation, kind=Unit.Kind.SERVICE) for _ in range(2)]
    teams = [UnitFactory(parent=service) for service in services for _ in range(2)]
    people = {team: some(4) for team in teams}
    months = [months_after(MARCH, at) for at in range(4)]
    for at, month in enumerate(months):
        for team in teams:
            seen = months[chance.randint(0, at)]
            observed(team, seen, *chance.choices(people[team], k=4))
        note = chance.choice(Observation.objects.counted())
        Observation.objects.filter(pk=note.pk).update(withdrawn_at=timezone.now())
        for unit in [organisation, *services, *teams]:
            first = issued(unit, month)
            if chance.random() < 0.3:
                later = actions.reissue(briefing=first, by=first.written_by)
                issue(completed(briefings.gather_again(later)))

    told = set().union(*told_before(organisation).values())

    assert len(told) > 3
    assert not attacked(told, LEAST)


def test_issues_from_before_have_what_they_told_of(team):
    """The migration reads it from what counted when the figures were gathered."""
    observed(team, MARCH, *some(2))
    observed(team, MARCH, *some(1), submitted_at=timezone.now() + timedelta(days=1))
    made = BriefingFactory(unit=team, month=MARCH, issued=True)
    told = importlib.import_module("reports.migrations.0023_told_groups").BACKFILL
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE reports_toldgroup DISABLE TRIGGER USER")
        made.told_groups.all().delete()

        cursor.execute(told)

        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE reports_toldgroup ENABLE TRIGGER USER")
    assert made.told_groups.get(name=EVERYTHING).first_month == date(2025, 10, 1)
    assert {each.name: len(each.notes) for each in made.told_groups.all()} == {
        EVERYTHING: 2,
        "Before": 0,
        "The last month": 2,
    }
