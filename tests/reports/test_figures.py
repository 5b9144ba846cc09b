"""Charts of a summary: what they say, and what they must not give away."""

import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from frameworks.lists.shipped import about_of, label_of, shipped
from frameworks.models import Criterion, Theme
from frameworks.models.lists import FAMILY
from observations.models.choices import DIRECT, Decided, Proximity, RiskStatement
from practicelens.people.models import Unit
from reports import figures
from reports.charts import draw
from reports.periods import months_after, rolling
from reports.summaries import Series, Summary
from reports.summaries.coverage import COLUMNS
from reports.summaries.lens_shape import RiskTalk
from reports.summaries.shape import (
    CauseRow,
    CoverageRow,
    CriterionRow,
    FrictionRow,
    Meetings,
    ProximityRow,
    TalkRow,
    ThemeRow,
)
from reports.telling.planning import Part

LEVELS = ("Not yet evident", "Emerging", "Evident", "Strong example")
OF_A_SUMMARY = [
    figures.levels,
    figures.helps_hinders,
    figures.friction,
    figures.causes,
    figures.proximity,
    figures.coverage,
    figures.talk,
    figures.decided,
    figures.risk,
    figures.risk_then_and_now,
]


def criterion(counts, missed=0, not_seen=0, name="Plain words are used", **fields):
    return CriterionRow(Criterion(name=name), LEVELS, tuple(counts), missed, not_seen, **fields)


def theme(short, helps, hinders, suggested=0):
    return ThemeRow(Theme(short=short), helps, hinders, suggested=suggested)


def by_closeness(counts):
    return tuple(
        ProximityRow(code, code.label, count, code in DIRECT)
        for code, count in zip(Proximity, counts, strict=True)
    )


def grid(*rows):
    return tuple(team_row(at, counts) for at, counts in enumerate(rows))


ROLES = [entry.code for entry in shipped()["children-england"].of("role")]


def talk(*rows):
    return tuple(
        TalkRow(role, label_of("role", role), minutes, meetings, about in FAMILY, about)
        for role, minutes, meetings in rows
        for about in [about_of("role", role)]
    )


def ways(*counts):
    return tuple((way.value, way.label, n) for way, n in zip(Decided, counts, strict=True))


def team_row(at, counts):
    """A team that stands directly under the summary's unit."""
    name = f"Team {'abcdefgh'[at]}"
    return CoverageRow(Unit(pk=at, name=name), tuple(counts), sum(counts), name)


def summary(**fields):
    usual = {"observations": 62, "levels": LEVELS, "columns": COLUMNS, "teams": 2, "teams_seen": 2}
    return Summary(Unit(name="Harrow"), rolling(date(2026, 10, 1)), "", **usual | fields)


def series(*values, joins=(), is_open=False):
    last = date(2026, 10, 1)
    months = tuple(months_after(last, 1 - len(values) + at) for at in range(len(values)))
    return Series("Plain words", "Observations each month", months, values, joins, is_open=is_open)


# What they say


def test_levels_add_up_to_all_observations():
    chart = figures.levels(summary(criteria=(criterion([6, 14, 24, 7], missed=3, not_seen=8),)))

    (row,) = chart["data"]["rows"]
    assert (row["seen"], row["not_seen"], chart["data"]["of"]) == (51, 11, 62)
    assert [part["count"] for part in row["parts"]] == [6, 14, 24, 7]
    assert chart["title"] == "Plain words are used: evident or strong in 31 of 51"
    assert chart["table"]["rows"] == [["Plain words are used", "51", "6", "14", "24", "7", "11"]]


def test_a_criterion_that_joins_none_is_told_apart():
    apart = criterion([1, 1, 1, 1], name="Wider family is invited", apart="In version 1 only")

    chart = figures.levels(summary(criteria=(criterion([6, 6, 6, 6]), apart)))

    assert len(chart["data"]["rows"]) == 1
    assert "“Wider family is invited” (in version 1 only)" in chart["verdict"]


def test_helps_and_hinders_name_the_largest_of_each():
    rows = (theme("Reflection", 12, 2), theme("Computer system", 3, 19), theme("Poverty", 0, 0, 4))

    chart = figures.helps_hinders(summary(themes=rows))

    assert chart["title"] == ("“Reflection” helps in 12 passages; “Computer system” hinders in 19")
    assert [row["label"] for row in chart["data"]["rows"]] == ["Reflection", "Computer system"]
    assert chart["verdict"] == "4 suggested passages not looked at yet, and not counted."


def test_few_months_are_a_run_and_say_so():
    chart = figures.run(series(4, 3, 2, 4, 5, 5, joins=((3, "Version 2, same words"),)))

    assert chart["data"]["centre"] == {"kind": "median", "value": 4}
    assert chart["data"]["limits"] is None
    assert chart["data"]["joins"] == [{"at": 3, "words": "Version 2, same words", "within": False}]
    assert chart["verdict"] == (
        "Six months: too few points for limits. Read it as a run, not a trend. "
        "Aug 2026: version 2, same words."
    )
    assert chart["table"]["head"] == ["Month", "Count", "What changed"]
    assert chart["table"]["rows"][3:5] == [
        ["Aug 2026", "4", "Version 2, same words"],
        ["Sep 2026", "5", ""],
    ]


def test_twelve_months_have_limits_and_special_causes_in_words():
    chart = figures.run(series(*[5] * 6, *[6, 5] * 3, 30))

    assert chart["data"]["limits"]["upper"] > 5
    assert [point["special"] for point in chart["data"]["points"]].count(True) >= 1
    assert "Oct 2026 (outside the limits" in chart["verdict"]


def test_a_month_that_is_not_over_is_in_no_mean_limit_or_rule():
    values = [5, 6, 5, 7, 5, 6, 5, 6, 7, 5, 6, 5]

    chart, finished = figures.run(series(*values, 0, is_open=True)), figures.run(series(*values))

    assert chart["data"]["centre"] == finished["data"]["centre"]
    assert chart["data"]["limits"] == finished["data"]["limits"]
    *others, last = chart["data"]["points"]
    assert last == {"label": "Oct 2026", "value": 0, "special": False, "open": True}
    assert not any(point["open"] or point["special"] for point in others)
    assert chart["title"] == "Plain words: 5 in Sep 2026; the mean is 5.7"
    assert chart["verdict"].endswith(
        "Oct 2026 is not over: none so far. It is left out of the mean and the limits."
    )
    assert chart["table"]["rows"][-1] == ["Oct 2026, not over yet", "none so far"]


def test_eleven_months_and_a_running_one_are_too_few_for_limits():
    chart = figures.run(series(*[4, 5] * 5, 4, 1, is_open=True))

    assert chart["data"]["centre"] == {"kind": "median", "value": 4}
    assert chart["verdict"] == (
        "11 months: too few points for limits. Read it as a run, not a trend. "
        "Oct 2026 is not over: 1 so far. It is left out of the median."
    )


def test_a_first_month_is_told_as_so_far():
    chart = figures.run(series(3, is_open=True))

    assert chart["title"] == "Plain words: 3 so far in Oct 2026"
    assert chart["verdict"] == "Oct 2026 is not over: 3 so far."
    assert chart["data"]["centre"]["value"] is None


QUARTERS = [(date(2026, first, 1), date(2026, first + 2, 1)) for first in (2, 5, 8)]


def test_leaders_are_shown_the_stretches_that_may_be_told_of():
    chart = figures.run(series(1, 2, 3, 4, 3, 2, 5, 6, 4), QUARTERS)

    assert [(point["label"], point["value"]) for point in chart["data"]["points"]] == [
        ("Feb to Apr 2026", 6),
        ("May to Jul 2026", 9),
        ("Aug to Oct 2026", 15),
    ]
    assert chart["counted"] == "Observations each quarter"


def test_a_stretch_between_that_may_not_be_told_of_is_a_gap():
    months = [(date(2026, month, 1),) * 2 for month in (7, 8, 10)]

    chart = figures.run(series(5, 6, 7, 8, 9), months)

    assert [(point["label"], point["value"]) for point in chart["data"]["points"]] == [
        ("Jul 2026", 6),
        ("Aug 2026", 7),
        ("Sep 2026", None),
        ("Oct 2026", 9),
    ]
    assert chart["table"]["rows"][2] == ["Sep 2026", "not shown"]


def test_of_two_stretches_nothing_is_drawn():
    assert figures.run(series(5, 6, 7, 8, 9), QUARTERS[:2])["data"]["points"] == []


@pytest.mark.parametrize(
    ("position", "at", "row", "mark", "said"),
    [
        # Ten months: the first, January, is in no quarter.
        (4, 1, 1, "Version 2, same words", "May 2026: version 2, same words."),
        (
            5,
            1,
            1,
            "Version 2, same words, within this quarter, from Jun 2026",
            "Jun 2026, within May to Jul 2026: version 2, same words.",
        ),
        (
            2,
            0,
            0,
            "Version 2, same words, within this quarter, from Mar 2026",
            "Mar 2026, within Feb to Apr 2026: version 2, same words.",
        ),
        (10, 3, 2, "From Nov 2026: version 2, same words", ""),
    ],
)
def test_a_join_stands_at_the_quarter_in_which_it_was(position, at, row, mark, said):
    joins = ((position, "Version 2, same words"),)
    months = series(4, 1, 2, 3, 4, 3, 2, 5, 6, 4, joins=joins)
    chart = figures.run(months, QUARTERS)

    within = "within" in mark
    assert [(each["at"], each["within"]) for each in chart["data"]["joins"]] == [(at, within)]
    assert [line[2] for line in chart["table"]["rows"]].index(mark) == row
    assert chart["verdict"].endswith(said or "a trend.")
    words = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", draw(chart, "wide")))
    assert ("Version 2, same words, within this quarter" in words) is within
    assert "…" not in draw(chart, "narrow")


def test_a_join_before_the_first_quarter_joins_nothing():
    chart = figures.run(
        series(4, 1, 2, 3, 4, 3, 2, 5, 6, 4, joins=((1, "Version 2, same words"),)), QUARTERS
    )

    assert chart["data"]["joins"] == []
    assert chart["table"]["head"] == ["Quarter", "Count"]


def test_friction_and_causes_put_the_first_row_in_the_title():
    found = summary(
        friction=(FrictionRow("rooms", "Rooms", 6, 0, 345), FrictionRow("forms", "Forms", 5, 0, 9)),
        causes=(CauseRow("no_time", "No time", 9), CauseRow("other", "Not trained", 6)),
    )

    assert figures.friction(found)["title"] == "Rooms cost 5 hours 45 minutes in 6 entries"
    assert figures.causes(found)["title"] == "“No time” was given for 9 of 15 opportunities missed"


def test_closeness_has_its_bracket_round_what_was_direct():
    found = figures.proximity(summary(proximity=by_closeness([6, 10, 44, 1, 1, 0])))

    assert found["data"]["bracket"] == {
        "first": 0,
        "last": 2,
        "words": "60 of 62 direct observations",
    }
    assert found["title"] == "60 of 62 observations were direct"


def test_coverage_says_none_and_counts_evenings_again():
    chart = figures.coverage(summary(coverage=grid([9, 0, 0, 2, 0, 0, 0, 1, 0]), evenings=1))

    (row,) = chart["data"]["rows"]
    assert [cell["shown"] for cell in row["cells"]][:4] == ["9", "none", "none", "2"]
    assert chart["title"] == "2 of 2 teams were seen; evenings were seen"


def test_for_leaders_parts_are_told_of_together_and_not_by_kind_of_work():
    cells = [[12, 6, 9, 2, 0, 0, 0, 1, 0], [1, 0, 1, 0, 0, 0, 0, 1, 0], [8, 0, 0, 0, 0, 0, 0, 0, 0]]
    parts = (Part(("Team a", "Team b")), Part(("Team c",)))

    chart = figures.coverage(summary(coverage=grid(*cells)), parts)

    assert chart["table"]["head"] == ["Part of the service", "All", "Evenings", "Weekends"]
    assert chart["table"]["rows"] == [
        ["Team a and Team b", "31", "2", "none"],
        ["Team c", "8", "none", "none"],
    ]


def test_talk_shares_put_the_family_apart():
    meetings = Meetings(
        meetings=9, timed=9, talk=talk(("chair", 60, 9), ("mother", 30, 8), ("police", 10, 2))
    )

    chart = figures.talk(summary(meetings=meetings))
    for_leaders = figures.talk(summary(meetings=meetings), for_leaders=True)

    assert chart["title"] == "Families spoke for 30% of the time in 9 meetings"
    assert [row["family"] for row in chart["data"]["rows"]] == [False, False, True]
    labels = [row["label"] for row in for_leaders["data"]["rows"]]
    assert labels == ["Chair", "Other professionals", "Parents and carers"]


def test_decisions_say_with_the_family_first():
    chart = figures.decided(summary(meetings=Meetings(noted={"decided": ways(12, 5, 0, 6)})))

    assert chart["title"] == "Decisions were made with the family in 12 of 23 meetings"
    assert chart["table"]["rows"][2] == ["For the family", "none"]


# Whatever there is

counts = st.integers(0, 12)


def rows_of(row, most=6):
    return st.lists(row, max_size=most).map(tuple)


@st.composite
def summaries(draw_one):
    """Any summary: small counts everywhere, and totals that fit them."""
    criteria = draw_one(
        rows_of(st.builds(criterion, st.lists(counts, min_size=4, max_size=4), counts, counts))
    )
    least = max((row.of for row in criteria), default=0)
    cells = draw_one(st.lists(st.lists(counts, min_size=9, max_size=9), max_size=4))
    closeness = draw_one(st.lists(counts, min_size=6, max_size=6))
    roles = draw_one(st.lists(st.sampled_from(ROLES), unique=True, max_size=6))
    spoke = [(role, 1 + draw_one(counts) * 3, 1 + draw_one(counts)) for role in roles]
    return summary(
        observations=max(least + draw_one(counts), sum(closeness)),
        criteria=criteria,
        themes=tuple(
            theme(f"Theme {'abcdef'[at]}", draw_one(counts), draw_one(counts)) for at in range(4)
        ),
        causes=tuple(
            CauseRow(f"c{at}", f"Cause {'abcdef'[at]}", 1 + draw_one(counts))
            for at in range(draw_one(st.integers(0, 5)))
        ),
        friction=tuple(
            FrictionRow(
                f"s{at}", f"System {'abcdef'[at]}", 1 + draw_one(counts), 0, draw_one(counts)
            )
            for at in range(draw_one(st.integers(0, 5)))
        ),
        proximity=by_closeness(closeness),
        coverage=grid(*cells),
        evenings=draw_one(counts),
        meetings=Meetings(
            timed=max((meetings for _, _, meetings in spoke), default=0),
            talk=talk(*spoke),
            noted={"decided": ways(*(draw_one(counts) for _ in Decided))},
        ),
        risk=RiskTalk(tuple((kind, draw_one(counts)) for kind in RiskStatement), draw_one(counts)),
    )


many = profile(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=40)


@many
@given(found=summaries())
def test_rows_keep_the_whole(found):
    for build, whole in [
        (figures.causes, found.missed),
        (figures.decided, found.meetings.decided_of),
        # Made up, they need not fit the observations.
        (figures.proximity, sum(row.observations for row in found.proximity)),
    ]:
        shown = [row["count"] for row in build(found)["data"]["rows"]]
        assert shown == [] or sum(shown) == whole


@many
@given(found=summaries(), values=st.lists(counts, max_size=24))
def test_every_chart_is_whole_and_can_be_drawn(found, values):
    charts = [build(found) for build in OF_A_SUMMARY]
    charts += [
        figures.talk(found, for_leaders=True),
        figures.helps_hinders(found, for_leaders=True),
        figures.run(series(*values)),
        figures.run(series(*values), QUARTERS),
    ]

    for chart in charts:
        assert len(chart["alt"]) > 40
        assert chart["title"] in chart["alt"] or chart["title"].split(":")[0] in chart["alt"]
        assert all(len(row) == len(chart["table"]["head"]) for row in chart["table"]["rows"])
        assert draw(chart, "wide").strip().startswith("<svg")


@pytest.mark.parametrize("build", OF_A_SUMMARY, ids=lambda build: build.__name__)
def test_a_chart_of_nothing_says_so(build):
    chart = build(summary(observations=0, teams=0, proximity=by_closeness([0] * 6)))

    assert chart["title"].startswith(("No", "There"))
