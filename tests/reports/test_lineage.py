"""Trends cross the versions of a framework along its lineage, and stop where it stops."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from reports import figures
from reports.cells.rollup import recount_all
from reports.charts import draw
from reports.periods import rolling
from reports.summaries import change_words, criterion_series, summarise
from reports.summaries.criteria import add_up
from reports.summaries.lines import NotJoined, read_line
from tests.clock import at
from tests.factories import (
    CriterionFactory,
    FrameworkVersionFactory,
    LineageFactory,
    ObservationFactory,
    RatingFactory,
    ScaleFactory,
    put_in_force,
)

pytestmark = pytest.mark.django_db

OCTOBER = date(2026, 10, 1)
WINDOW = rolling(OCTOBER, 6)
FIRST_OF_AUGUST = date(2026, 8, 1)


@pytest.fixture
def second_version(framework_version):
    """Makes the version in force from August, with the lineage [(kind, old code, new code)]."""

    def make(*ties, new=(), scale=None):
        version = FrameworkVersionFactory(
            framework=framework_version.framework,
            scale=scale or framework_version.scale,
            effective_on=FIRST_OF_AUGUST,
            draft=True,
        )
        for code in new:
            CriterionFactory(domain=version.domains.get(code=code[0]), code=code)
        for kind, earlier, later in ties:
            LineageFactory(
                version=version,
                kind=kind,
                earlier=earlier and framework_version.criteria.get(code=earlier),
                later=later and version.criteria.get(code=later),
            )
        put_in_force(version)
        return version

    return make


@pytest.fixture
def rated(team, psw, practitioner):
    """Makes notes in which each of these criteria was evident."""

    def make(version, day, *codes, times=1):
        for _ in range(times):
            observation = ObservationFactory(
                unit=team,
                observer=psw,
                practitioner=practitioner,
                framework_version=version,
                observed_on=day,
                submitted=True,
            )
            for code in codes:
                RatingFactory(
                    observation=observation,
                    criterion=version.criteria.get(code=code),
                    level=version.scale.levels.get(position=3),
                )

    return make


@pytest.fixture
def counted(framework_version, second_version, rated):
    """Two notes of every criterion in June, under version 1, and three in October, under 2."""

    def make(*ties, **more):
        version = second_version(*ties, **more)
        codes = [criterion.code for criterion in version.criteria.all()]
        rated(framework_version, date(2026, 6, 2), "1.1", "1.2", "2.1", times=2)
        rated(version, date(2026, 10, 6), *codes, times=3)
        recount_all()
        return version

    return make


def seen(summary):
    """{code of a row of the version in force: (how often seen, evident or strong)}"""
    return {row.criterion.code: (row.seen, row.upper) for row in summary.criteria if not row.apart}


def apart(summary):
    return {row.criterion.code: (row.seen, row.apart) for row in summary.criteria if row.apart}


@pytest.mark.parametrize(
    ("kind", "words"), [("same", "same words"), ("reworded", "same meaning, reworded")]
)
def test_same_and_reworded_are_counted_together_and_the_chart_shows_the_join(
    counted, service, kind, words
):
    version = counted((kind, "1.1", "1.1"))
    summary = summarise(service, WINDOW)
    criterion = version.criteria.get(code="1.1")
    series = criterion_series(service, criterion, WINDOW)

    assert seen(summary)["1.1"] == (5, 5)
    assert summary.criterion(criterion.pk).joined == ((1, kind),)
    assert series.values == (2, 0, 0, 0, 3)
    assert series.joins == ((2, f"Version 2, {words}"),)
    assert series.notes == ()
    assert f"Version 2, {words}" in draw(figures.run(series), "wide")


def test_a_split_joins_nothing_and_the_chart_says_where_the_trend_ends(
    counted, service, framework_version
):
    version = counted(("split", "1.2", "1.2"), ("split", "1.2", "2.1"), ("dropped", "2.1", None))
    summary = summarise(service, WINDOW)

    assert seen(summary) == {"1.1": (3, 3), "1.2": (3, 3), "2.1": (3, 3)}
    assert apart(summary)["1.2"] == (2, "In version 1 only: it was split in version 2")
    series = criterion_series(service, framework_version.criteria.get(code="1.2"), WINDOW)
    note = "1.2 was split into 1.2 and 2.1 on 1 August 2026: its trend ends there."
    assert series.notes == (note,)
    # No zero stands for the months in which it was not asked about any more.
    assert series.months == (date(2026, 6, 1), date(2026, 7, 1))
    assert series.joins == ((2, "Version 2, the trend ends"),)
    chart = figures.run(series)
    assert note in chart["verdict"]
    assert note in chart["alt"]
    assert "Version 2, the trend ends" in draw(chart, "wide")
    half = criterion_series(service, version.criteria.get(code="2.1"), WINDOW)
    assert (half.months[0], half.values) == (FIRST_OF_AUGUST, (0, 0, 3))
    assert half.notes == ("2.1 was split from 1.2 on 1 August 2026: its trend begins there.",)


def test_a_split_that_carries_on_in_one_joins_that_one_alone(counted, service):
    version = counted(("reworded", "1.2", "1.2"), ("split", "1.2", "2.1"))

    assert seen(summarise(service, WINDOW)) == {"1.1": (3, 3), "1.2": (5, 5), "2.1": (3, 3)}
    series = criterion_series(service, version.criteria.get(code="1.2"), WINDOW)
    assert series.joins == ((2, "Version 2, carried on after a split"),)
    assert series.notes == ()


def test_a_merger_joins_nothing_and_says_what_it_came_from(counted, service, framework_version):
    version = counted(("merged", "1.1", "1.1"), ("merged", "1.2", "1.1"), ("new", None, "1.2"))
    summary = summarise(service, WINDOW)

    assert seen(summary)["1.1"] == (3, 3)
    assert apart(summary)["1.1"] == (2, "In version 1 only: it was merged in version 2")
    merged = criterion_series(service, version.criteria.get(code="1.1"), WINDOW)
    assert merged.notes == (
        "1.1 was merged from 1.1 and 1.2 on 1 August 2026: its trend begins there.",
    )
    old = criterion_series(service, framework_version.criteria.get(code="1.2"), WINDOW)
    assert old.notes == (
        "1.2 was merged with 1.1 into 1.1 on 1 August 2026: its trend ends there.",
    )


def test_new_and_dropped_stand_alone(counted, service, framework_version):
    version = counted(("dropped", "2.1", None), ("new", None, "2.1"))
    summary = summarise(service, WINDOW)

    assert seen(summary)["2.1"] == (3, 3)
    assert apart(summary)["2.1"] == (2, "In version 1 only: it was dropped in version 2")
    old = criterion_series(service, framework_version.criteria.get(code="2.1"), WINDOW)
    assert old.notes == ("2.1 was dropped on 1 August 2026: its trend ends there.",)
    assert criterion_series(service, version.criteria.get(code="2.1"), WINDOW).notes == ()


def test_other_levels_join_nothing(counted, service, framework_version):
    version = counted(("same", "1.1", "1.1"), scale=ScaleFactory(code="other-words"))

    assert seen(summarise(service, WINDOW))["1.1"] == (3, 3)
    old = criterion_series(service, framework_version.criteria.get(code="1.1"), WINDOW)
    new = criterion_series(service, version.criteria.get(code="1.1"), WINDOW)
    assert old.notes == (
        "1.1 was counted by other levels from 1 August 2026: its trend ends there.",
    )
    assert new.notes == (
        "1.1 is counted by other levels from 1 August 2026: its trend begins there.",
    )


def test_a_note_under_the_old_words_after_the_end_is_still_shown(
    counted, rated, service, framework_version
):
    counted(("split", "1.2", "1.2"), ("split", "1.2", "2.1"))
    rated(framework_version, date(2026, 8, 3), "1.2")
    recount_all()

    series = criterion_series(service, framework_version.criteria.get(code="1.2"), WINDOW)

    assert series.values == (2, 0, 1)


def test_a_sum_across_what_no_lineage_joins_is_refused_with_the_reason(counted, framework_version):
    version = counted(("split", "1.2", "1.2"), ("split", "1.2", "2.1"))
    line = read_line([version.framework_id])
    old, new = (each.criteria.get(code="1.2") for each in (framework_version, version))

    with pytest.raises(NotJoined, match="1.2 was split into 1.2 and 2.1 on 1 August 2026"):
        add_up([old, new], {}, line)
    with pytest.raises(NotJoined, match="No lineage leads from one to the other"):
        add_up(list(framework_version.criteria.all())[::2], {}, line)


def test_rows_that_no_lineage_joins_are_not_set_beside_each_other(
    counted, service, framework_version
):
    version = counted(("split", "1.2", "1.2"), ("split", "1.2", "2.1"))
    now, before = summarise(service, WINDOW), summarise(service, WINDOW.before)
    half = now.criterion(version.criteria.get(code="2.1").pk)
    whole = now.criterion(framework_version.criteria.get(code="1.2").pk)

    with pytest.raises(NotJoined, match="its trend ends there"):
        change_words(half, whole, WINDOW.before)
    words = change_words(half, before.criterion(half.criterion.pk), WINDOW.before)
    assert words == (
        "Evident or strong in 3 of 3; it began on 1 August 2026: there is nothing to compare it with yet."
    )


def test_the_page_of_a_criterion_that_was_split_says_so(psw_client, counted, framework_version):
    counted(("split", "1.2", "1.2"), ("split", "1.2", "2.1"))
    criterion = framework_version.criteria.get(code="1.2")

    with at(datetime(2026, 11, 5, 12, tzinfo=UTC)):
        page = psw_client.get(reverse("reports:summary_criterion", args=[criterion.pk]))

    assert "its trend ends there" in page.content.decode()
