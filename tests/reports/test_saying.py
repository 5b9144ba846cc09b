"""Which sentence is chosen, in a stated order: rules on plain candidates, without a database."""

from datetime import date
from types import SimpleNamespace

import pytest

from reports.briefings import candidates, saying
from reports.briefings.candidates import Candidate, Kind, Line
from reports.briefings.saying import Led
from reports.summaries.then_and_now import Change

MARCH, APRIL, MAY = date(2027, 3, 1), date(2027, 4, 1), date(2027, 5, 1)


def could(kind, label, line, size=1.0):
    return Candidate(
        kind, f"{kind.name}: {label}", (f"{label} is told",), f"{label} in 9 of 12.", line, size
    )


MORE = could(Kind.CHANGE, "Network", Line.ASSURE)
LESS = could(Kind.CHANGE, "Worries", Line.ALERT, size=2.0)
GRAVE = could(Kind.GRAVE, "Laughter", Line.ALERT)
LATE = could(Kind.OVERDUE, "An answer", Line.ALERT)
MISSED = could(Kind.MISSED, "Money", Line.ADVISE)
HELD = could(Kind.HELD, "Respect", Line.ASSURE)
WAY = could(Kind.CONDITION, "System", Line.ADVISE)


def title(found, *issues):
    return saying.title(found, issues)


def led(month, candidate, *others):
    return Led(month, candidate.subject, frozenset({each.subject for each in (candidate, *others)}))


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ([HELD, MISSED, LATE, GRAVE, MORE], "Network is told. Laughter is told."),
        ([MORE, LESS], "Worries is told. Network is told."),
        ([WAY, HELD, MISSED, LATE, GRAVE], "Laughter is told. Respect is told."),
        ([HELD, MISSED, LATE], "An answer is told. Respect is told."),
        ([HELD, MISSED], "Money is told. Respect is told."),
        ([WAY, HELD], "Respect is told. System is told."),
        ([HELD], "Respect is told."),
        ([], ""),
    ],
)
def test_a_title_is_led_by_the_first_in_the_stated_order_and_balanced(found, words):
    assert title(found).words == words


def test_why_a_title_was_chosen_is_beside_it_with_what_came_second():
    said = title([MISSED, MORE])

    assert said.why == "A clear change. Network in 9 of 12."
    assert said.second == "Came second: Money is told. Network is told."
    assert said.lead == MORE.subject
    assert said.others == (MISSED.subject, MORE.subject)


def test_what_led_the_last_issue_gives_way_to_what_did_not():
    said = title([MORE, MISSED], led(APRIL, MORE))

    assert said.words.startswith("Money is told")
    assert "gave way" in said.why


def test_a_title_comes_back_only_as_still_and_since_when():
    issues = [led(APRIL, MISSED, MORE), led(MARCH, MORE)]

    assert title([MORE, MISSED], *issues).words.startswith("Since March 2027, network is told.")
    assert title([MORE, HELD], led(APRIL, MORE)).words.startswith(
        "Since April 2027, network is told."
    )


def test_what_was_not_so_in_between_is_no_still():
    issues = [led(APRIL, MISSED), led(MARCH, MORE)]

    assert title([MORE], *issues).words == "Network is told."


def test_what_has_held_takes_no_title_from_what_is_still_so():
    assert title([MORE, HELD], led(APRIL, MORE)).lead == MORE.subject


def test_a_title_has_two_lines_on_paper():
    long = Candidate(Kind.CHANGE, "x", ("A" * 60, "B" * 40), "B.", Line.ASSURE)

    assert title([long]).words == f"{'A' * 60}."
    assert title([long, MISSED]).words == f"{'B' * 40}. Money is told."
    assert not saying.fits("C" * 96)
    assert not saying.fits("Missed: this. Seen: that.")  # one colon reads as a sentence, two do not


def test_the_three_lines_are_of_the_same_candidates_and_empty_where_there_is_nothing():
    said = saying.lines([WAY, HELD, MISSED, LATE, LESS])

    assert said["alert"].words == "Worries in 9 of 12. An answer in 9 of 12."
    assert said["advise"].words == "Money in 9 of 12. System in 9 of 12."
    assert said["assure"].words == "Respect in 9 of 12."
    assert saying.lines([HELD])["alert"].words == ""


def row(label, upper=0, seen=0, missed=0):
    return SimpleNamespace(
        label=label, upper=upper, seen=seen, missed=missed, criterion=SimpleNamespace(pk=label)
    )


def theme(label, helps=0, hinders=0):
    return SimpleNamespace(label=label, helps=helps, hinders=hinders)


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (row("A", seen=4, missed=36), row("B", seen=30, missed=10), "Most often missed: a"),
        (row("A", seen=4, missed=8), row("B", seen=5, missed=7), "Often missed: a"),
    ],
)
def test_most_is_said_only_where_the_intervals_part(first, second, words):
    found = list(candidates.missed([second, first]))

    assert found[0].titles == (words,)
    assert "most often." in found[0].words
    assert ("among" in found[0].words) == words.startswith("Often")


def test_a_chance_of_few_or_missed_seldom_is_not_told():
    assert not list(candidates.missed([row("A", seen=2, missed=7), row("B", seen=20, missed=2)]))


@pytest.mark.parametrize(("second", "words"), [(4, "is most in the way"), (17, "is in the way")])
def test_most_in_the_way_of_passages_takes_parted_intervals_too(second, words):
    rows = [theme("Forms", hinders=20), theme("Time", hinders=second), theme("Other", helps=9)]
    (found,) = candidates.conditions(rows, "hinders")

    assert found.titles == (f"“Forms” {words}",)


def test_good_work_is_told_as_good_work_whatever_its_theme_is_called():
    (found,) = candidates.good_work(
        [theme("Risk remains high", helps=11), theme("None")], "since May"
    )

    assert found.titles == ("Good work seen: risk remains high",)
    assert found.words == "Good work seen: “Risk remains high”, in 11 passages since May."
    assert found.is_good


def test_what_has_held_had_no_clear_change_and_is_in_use_more_often_than_not():
    rows = [row("A", 15, 20), row("B", 15, 20), row("C", 5, 20), row("D", 15, 20)]
    then = [row("A", 14, 20), None, row("C", 5, 20), row("D", 2, 20)]
    changes = [Change.NONE, Change.UNTOLD, Change.NONE, Change.MORE]
    compared = [
        SimpleNamespace(now=now, before=before, change=change)
        for now, before, change in zip(rows, then, changes, strict=True)
    ]

    found = list(candidates.held(compared, rows, "the month before"))

    assert [each.words for each in found] == [
        "“A”: 15 of 20, no clear change on the month before (14 of 20).",
        "“B”: 15 of 20, more often than not.",
    ]
