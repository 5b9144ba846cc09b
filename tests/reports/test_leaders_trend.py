"""What a leader reads of a criterion before and after a second version, by each kind of lineage.

Version 2 holds from 1 September 2026, inside the quarter August to October. So many notes were made,
and every criterion that was asked about was evident in each of them:

    Nov 2  Dec 3  Feb 3  Mar 3  May 4  Jun 2   version 1    quarters of  5, 6, 6
    Aug 6                                      version 1
    Sep 3  Oct 3                               version 2
"""

import json
from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from observations.models import Observation, Rating
from reports import figures
from reports.briefings import suggesting
from reports.briefings.forms import NewFindingForm
from reports.cells.rollup import recount_all
from reports.periods import months_after, rolling
from reports.summaries import criterion_series, passages_for, summarise
from tests.factories import (
    CriterionFactory,
    FrameworkVersionFactory,
    LineageFactory,
    ObservationFactory,
    PassageFactory,
    put_in_force,
)
from tests.reports.factories import BriefingFactory, issue

pytestmark = pytest.mark.django_db

JULY, OCTOBER = date(2026, 7, 1), date(2026, 10, 1)
UNDER_THE_FIRST = {(2025, 11): 2, (2025, 12): 3, (2026, 2): 3, (2026, 3): 3} | {
    (2026, 5): 4,
    (2026, 6): 2,
    (2026, 8): 6,
}
UNDER_THE_SECOND = {(2026, 9): 3, (2026, 10): 5}
NAMES = {
    "1.1": "Plain words",
    "1.2": "Doubt and strengths",
    "2.1": "Parents speak",
    "2.2": "Plans are in their words",
    "2.3": "Chairs in a ring",
}
NEW_NAMES = {"1.1": "Plain words are used", "1.2": "Doubt", "1.3": "Strengths", "2.1": "Heard"}
TIES = [
    ("reworded", "1.1", "1.1"),
    ("split", "1.2", "1.2"),
    ("split", "1.2", "1.3"),
    ("merged", "2.1", "2.1"),
    ("merged", "2.2", "2.1"),
    ("dropped", "2.3", None),
]


def version_with(names, **fields):
    """A draft with a criterion of each name."""
    version = FrameworkVersionFactory(draft=True, **fields)
    for code, name in names.items():
        if not version.criteria.filter(code=code).update(name=name):
            CriterionFactory(domain=version.domains.get(code=code[0]), code=code, name=name)
    return version


@pytest.fixture
def first(organisation):
    version = version_with(NAMES, framework__unit=organisation, framework__name="Meeting families")
    put_in_force(version)
    return version


@pytest.fixture
def second(first):
    version = version_with(
        NEW_NAMES, framework=first.framework, scale=first.scale, effective_on=date(2026, 9, 1)
    )
    for kind, earlier, later in TIES:
        LineageFactory(
            version=version,
            kind=kind,
            earlier=first.criteria.get(code=earlier),
            later=later and version.criteria.get(code=later),
        )
    return version


@pytest.fixture
def noted(team, psw):
    def make(version, months):
        for (year, month), times in months.items():
            for _ in range(times):
                note = ObservationFactory(
                    unit=team,
                    observer=psw,
                    framework_version=version,
                    observed_on=date(year, month, 10),
                    submitted=True,
                )
                note.refresh_from_db()
                rated(note, version)
        recount_all()

    return make


def rated(note, version):
    evident = version.scale.levels.get(position=3)
    Rating.objects.bulk_create(
        Rating(**note.place, criterion=criterion, outcome="level", level=evident, evidence="Seen.")
        for criterion in version.criteria.all()
    )


@pytest.fixture
def changed(first, second, noted):
    """Both versions, with all notes."""
    noted(first, UNDER_THE_FIRST)
    put_in_force(second)
    noted(second, UNDER_THE_SECOND)
    return first, second


def issued(unit, psw, month):
    return issue(BriefingFactory(unit=unit, month=month, written_by=psw))


def run_of(content):
    return next(chart for chart in content["annex"]["charts"] if chart["kind"] == "run")


def levels_of(content):
    """The drawing of a few criteria, and the annex's rows of all."""
    chart = content["sections"][0]["charts"][0]
    tables = {each["title"]: each for each in content["annex"]["tables"]}
    return chart, {row[0]: row[1:] for row in tables["Levels by criterion"]["rows"]}


def read_by(client, briefing):
    """What a leader's page and paper say."""
    address = reverse("reports:briefing", args=[briefing.key])
    page = client.get(address).content.decode()
    paper = PdfReader(BytesIO(client.get(reverse("reports:pdf", args=[briefing.key])).content))
    return page, " ".join(" ".join(each.extract_text().split()) for each in paper.pages)


def test_a_leader_reads_what_is_right_on_both_sides_of_a_second_version(
    changed, service, psw, leader_client
):
    earlier, later = issued(service, psw, JULY), issued(service, psw, OCTOBER)
    before, after = earlier.content, later.content
    page, paper = read_by(leader_client, later)

    # Before: all five stand by themselves; two quarters are no run yet.
    _, rows = levels_of(before)
    assert set(rows) == set(NAMES.values())
    assert {row[0] for row in rows.values()} == {"12"}
    assert not [chart for chart in before["annex"]["charts"] if chart["kind"] == "run"]
    assert "2026: its trend" not in json.dumps(before)
    # Nor is the year drawn, which begins with most of the criteria: over no change of what is asked.
    assert before["year"]["data"]["points"] == after["year"]["data"]["points"] == []

    # After: the reworded one is counted on both sides, the others from September on.
    chart, rows = levels_of(after)
    assert rows["Plain words are used"][:1] + rows["Plain words are used"][-1:] == ["20", "none"]
    for name in ("Doubt", "Strengths", "Heard"):
        assert rows[name][:1] + rows[name][-1:] == ["8", "12"]
    assert set(rows) == set(NEW_NAMES.values())
    said = (
        "Asked about since 1 September 2026: “Doubt”, “Heard” and “Strengths”. Observations on an "
        "earlier version are under “not seen”. Counted apart: "
        "“Doubt and strengths” (in version 1 only: it was split in version 2), "
        "“Parents speak” (in version 1 only: it was merged in version 2), "
        "“Plans are in their words” (in version 1 only: it was merged in version 2) and "
        "“Chairs in a ring” (in version 1 only: it was dropped in version 2)."
    )
    assert chart["verdict"] == said
    assert after["annex"]["tables"][0]["note"].endswith(said)
    run = run_of(after)
    assert run["table"] == {
        "head": ["Quarter", "Count", "What changed"],
        "rows": [
            ["Jan to Mar 2026", "6", ""],
            ["Apr to Jun 2026", "6", ""],
            [
                "Jul to Sep 2026",
                "9",
                "Version 2, same meaning, reworded, within this quarter, from Sep 2026",
            ],
        ],
    }
    within = "Version 2, same meaning, reworded, within this quarter"
    assert run["data"]["joins"] == [{"at": 2, "words": within, "within": True}]
    told = "Sep 2026, within Jul to Sep 2026: version 2, same meaning, reworded."
    assert told in run["alt"]
    for text in (page, paper):
        assert told in text
        assert "it was dropped in version 2" in text
    assert "within this quarter, from Sep 2026" in page


def told_of(unit, criterion):
    """Of a criterion's run for leaders: its quarters, what changed in each, and what is said."""
    ends = [date(2026, month, 1) for month in (2, 5, 8)]
    quarters = [(months_after(last, -2), last) for last in ends]
    chart = figures.run(criterion_series(unit, criterion, rolling(OCTOBER)), quarters)
    rows = chart["table"]["rows"]
    return [row[1] for row in rows], rows[-1][2:] if rows else [], chart["alt"]


def test_a_run_for_leaders_ends_where_a_criterion_was_split_merged_or_dropped(changed, service):
    first, _ = changed
    why = {
        "1.2": "1.2 was split into 1.2 and 1.3 on 1 September 2026: its trend ends there.",
        "2.1": "2.1 was merged with 2.2 into 2.1 on 1 September 2026: its trend ends there.",
        "2.2": "2.2 was merged with 2.1 into 2.1 on 1 September 2026: its trend ends there.",
        "2.3": "2.3 was dropped on 1 September 2026: its trend ends there.",
    }
    for code, words in why.items():
        quarters, mark, alt = told_of(service, first.criteria.get(code=code))
        # To August, its last month: 3 + 3, 3 + 4, 2 + 6, and nothing of version 2.
        assert quarters == ["6", "7", "8"]
        assert mark == ["From Sep 2026: version 2, the trend ends"]
        assert words in alt


def test_a_run_for_leaders_begins_where_a_criterion_came_of_a_split_or_a_merger(changed, service):
    _, second = changed
    for code, words in {
        "1.3": "1.3 was split from 1.2 on 1 September 2026: its trend begins there.",
        "2.1": "2.1 was merged from 2.1 and 2.2 on 1 September 2026: its trend begins there.",
    }.items():
        quarters, _, alt = told_of(service, second.criteria.get(code=code))
        assert quarters == []  # two months are too few to show, and no earlier ones are added
        assert words in alt


def test_a_suggested_finding_counts_from_when_its_criterion_was_first_asked_about(changed, service):
    summary = summarise(service, rolling(OCTOBER))
    rows = {row.criterion.code: row for row in summary.criteria if not row.apart}

    assert suggesting.since(summary.window, rows["1.1"].began) == "since 1 May"
    assert suggesting.since(summary.window, rows["1.3"].began) == (
        "since 1 September 2026, when it was first asked about"
    )


def test_evidence_for_a_finding_runs_along_the_lineage_alone(changed, service):
    first, second = changed
    told = {}
    for version in changed:
        note = Observation.objects.filter(framework_version=version).latest("observed_on")
        told[version] = PassageFactory(observation=note).pk
        for rating in note.ratings.all():
            rating.passages.add(told[version])

    def found(version, code):
        criterion = version.criteria.get(code=code)
        passages = passages_for(service, rolling(OCTOBER), side="for", criterion=criterion)
        return {each.passage_id for each in passages.chosen}

    assert found(second, "1.1") == found(first, "1.1") == set(told.values())
    for code in ("1.2", "1.3", "2.1"):
        assert found(second, code) == {told[second]}
    for code in ("1.2", "2.1", "2.2", "2.3"):
        assert found(first, code) == {told[first]}


def test_a_finding_that_is_added_is_about_criteria_of_the_version_in_use_that_month(
    changed, service
):
    def offered(month):
        form = NewFindingForm(briefing=BriefingFactory(unit=service, month=month))
        groups = dict(form.fields["about"].choices)
        return [name for _, name in groups["What good looks like"]]

    assert "1.2 Doubt and strengths" in offered(JULY)
    assert "1.2 Doubt" in offered(OCTOBER)
