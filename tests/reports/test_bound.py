"""Figures in words, and which of them are outdated: rules without a database."""

import pytest

from reports.briefings.bound import figures_in, outdated, says


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ("Rests on 68 observations in 9 of 11 teams since 1 October 2025.", ["68 observations", "9 of 11 teams"]),
        ("“X” was evident in all 19 (70%; none of 4).", ["all 19", "70%", "none of 4"]),
        ("Since May 2026 nobody was seen.", []),
    ],
)  # fmt: skip
def test_each_figure_is_read_with_what_it_counts_and_no_date_is_one(words, figures):
    assert figures_in(words) == figures


def test_what_a_person_says_of_figures_that_are_no_more_is_outdated():
    before, now = "Seen in 31 of 44, by 3 people.", "Seen in 32 of 45, by 3 people."

    assert outdated(before, now, "We saw it in 31 of 44 places.") == [("31 of 44", "32 of 45")]
    assert outdated(before, now, "We saw it in 32 of 45 places, 3 people.") == []
    assert outdated(before, now, "In 131 of 44 places, or 31 of 440.") == []
    assert outdated("In 7 visits.", "Nothing.", "In 7 visits.") == [("7 visits", "")]


def test_a_figure_is_not_read_as_a_part_of_another():
    assert says("68 observations", "68 observations")
    assert not says("168 observations", "68 observations")
    assert not says("68 observations", "68 observation")
