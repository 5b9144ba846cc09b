"""The year's story: what is drawn of a year, what its title says, and what is marked on its axis."""

from datetime import date

import pytest

from reports.briefings import check_content
from reports.briefings.differing import pieces
from reports.briefings.public_edition.making import public
from reports.briefings.render import figures as files
from reports.briefings.render.html import for_page
from reports.charts import draw
from reports.figures import years as drawing
from reports.figures.years import Point
from reports.periods import months_after
from reports.statistics import xmr
from reports.summaries.shape import Series
from reports.summaries.year import Month, Year
from tests.reports import sample_content

FIRST = date(2026, 1, 1)
MONTHS = tuple(months_after(FIRST, at) for at in range(12))


def a_year(shares, chances=20):
    """A year in which practice was in the upper half in so many of so many chances each month."""
    counted = {month: Month(upper, chances) for month, upper in zip(MONTHS, shares, strict=False)}
    return Year(18, 2, counted, Series("", "", MONTHS, ()))


def points(shares, **how):
    found = a_year(shares, **how)
    told = [(month, month) for month in MONTHS[: len(shares)]]
    return drawing.points_of(found, told)


def title(shares):
    told = points(shares)
    rule = xmr([point.share for point in told])
    return drawing.title_of(told, told[-1], rule, "evident or strong", "month")


@pytest.mark.parametrize(
    ("shares", "told"),
    [
        ([9, 10, 11], "in Mar 2026; too few months to tell a real change"),
        ([9, 10, 11, 9, 10, 11, 9, 10, 11, 9, 10, 11], "months differ no more than by chance"),
        ([9, 10, 9, 10, 9, 10, 9, 10, 9, 10, 9, 17], "in Dec 2026, higher than chance explains"),
        ([8, 1, 8, 7, 8, 7, 8, 7, 8, 7, 8, 7], "Feb 2026 was lower than chance explains"),
    ],
)
def test_the_title_says_what_the_rule_says(shares, told):
    assert title(shares).startswith("Practice was evident or strong in")
    assert title(shares).endswith(told)


def test_a_thin_month_or_one_that_is_not_over_is_open_and_in_no_rule():
    thin = points([5, 5, 5], chances=9)
    running = drawing.points_of(a_year([9, 9, 9]), [(FIRST, FIRST)], months_after(FIRST, 1))

    assert [point.is_open for point in thin] == [True] * 3
    assert [point.is_open for point in running] == [False, True]
    assert drawing.open_words(running) == "Open: Feb 2026 is not over."
    assert drawing.open_words(thin[:1]) == "Open: Jan 2026: fewer than 10 chances."


def test_a_month_that_is_not_told_is_a_gap():
    told = [(MONTHS[0], MONTHS[0]), (MONTHS[2], MONTHS[2])]

    assert [p.shown for p in drawing.points_of(a_year([9, 9, 9]), told)] == [
        "45%",
        "not told",
        "45%",
    ]
    assert Point("Jan 2026", Month()).share is None


def test_what_was_asked_decided_and_gone_back_to_is_on_the_axis_in_the_words_and_in_the_table():
    plain = sample_content.year_chart()
    plain["data"]["asked"] = []
    marks = [
        (3.2, "asked", "6 February 2026"),
        (4, "yes", "2 March 2026"),
        (99, "went back", "9 May 2027"),
    ]
    told = drawing.with_asked(plain, [("Can it be so?", marks)])

    assert [mark["at"] for mark in told["data"]["asked"][0]["marks"]] == [3.2, 4, 99]
    assert (
        "Asked 6 February 2026, yes 2 March 2026, went back 9 May 2027: Can it be so?"
        in told["alt"]
    )
    assert told["table"]["rows"][3][-1] == "asked on 6 February 2026: Can it be so?"
    assert "went back on 9 May 2027" in told["table"]["rows"][-1][-1]
    for size in ("wide", "narrow", "print"):
        assert all(f">{words}</text>" in draw(told, size) for _, words, _ in marks)
    assert drawing.with_asked(drawing.left_out(), [("Can it be so?", marks)])["data"] == {
        "points": []
    }


def test_where_too_little_is_told_a_sentence_stands_in_its_place():
    content = {**sample_content.content(), "year": drawing.left_out()}
    check_content(content)

    assert for_page(content, "")["year"] is None
    assert files.charts_of(content)[0].part != files.YEAR
    assert dict(pieces(content))["The year"] == drawing.LEFT_OUT


def test_the_year_is_in_the_files_and_not_in_a_public_edition():
    content = sample_content.content()
    made = public(content, "0" * 64)

    assert files.charts_of(content)[0].part == files.YEAR
    assert made.content["year"] is None
    assert "The year’s story" in [each.what for each in made.left_out]
    check_content({**content, "year": None})
