"""Exploring what was told: the lines of a frozen content, who is shown them, and saved views."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from observations.intervals import difference
from practicelens.audit.models import Entry
from practicelens.people.models import Role
from reports.cells.rollup import recount_all
from reports.explore.beside import joined_by_clauses, pairs_of, points
from reports.explore.filters import Told
from reports.explore.over_time import over_time
from reports.explore.reading import Paper, Row
from reports.explore.subjects import Subject
from reports.explore.told import Line, Measure, lines_of, months_in, number, part_of
from reports.models import SavedView
from reports.periods import month_of, months_after
from tests.conftest import signed_in
from tests.factories import ObservationFactory, RatingFactory, RoleFactory, UserFactory
from tests.reports.factories import BriefingFactory
from tests.reports.sample_content import content as sample

MAY, OCTOBER = date(2026, 5, 1), date(2026, 10, 1)


@pytest.mark.parametrize(
    ("words", "months"),
    [
        ("1 May to 31 October 2026", (MAY, OCTOBER)),
        ("1 November 2025 to 30 April 2026", (date(2025, 11, 1), date(2026, 4, 1))),
        ("Jul to Sep 2026", (date(2026, 7, 1), date(2026, 9, 1))),
        ("October 2026", (OCTOBER, OCTOBER)),
        ("Oct 2026", (OCTOBER, OCTOBER)),
    ],
)
def test_months_are_read_as_papers_write_them(words, months):
    assert months_in(words) == months


def test_counts_are_read_as_papers_write_them_and_nothing_else_is():
    cells = ("31 of 44", "none of 44", "All 44", "not seen", "31 of 44 (70%)")
    assert [part_of(each) for each in cells] == [(31, 44), (0, 44), (44, 44), None, None]
    told = [number(each) for each in ("12", "none", "few", "11 together")]
    assert told == [12, 0, None, None]


def told_table():
    """The sample with the tables of an issue by the rule on groups."""
    content = sample() | {"rule": "Groups of at least 5."}
    content["annex"]["tables"] = [
        {
            "title": "Levels by criterion",
            "head": ["Criterion", "Seen", "Not yet", "Emerging", "Evident", "Strong", "Not seen"],
            "rows": [
                ["Own words", "44", "6", "7", "22", "9", "18"],
                ["Never", "none", "none", "none", "none", "none", "62"],
                ["Few", "few", "few", "few", "few", "few", "few"],
            ],
            "note": "",
        },
        {
            "title": "Then and now",
            "head": ["Criterion", "Now", "Before", "Change"],
            "rows": [["Own words", "31 of 44", "10 of 30", "More"]],
            "note": "Of those. Before: 1 November 2025 to 30 April 2026. Where it was seen.",
        },
        {
            "title": "Observations by kind of work",
            "head": ["Kind of work", "Observations", "When"],
            "rows": [["Meetings", "21", "May to Aug 2026"], ["Court", "few", "not told"]],
            "note": "",
        },
        {
            "title": "Passages by theme",
            "head": ["Theme", "Helps", "Hinders"],
            "rows": [["Records", "2", "14"]],
            "note": "",
        },
    ]
    return content


def test_lines_are_what_the_content_told_and_no_more():
    found = lines_of(told_table())
    by = {(line.measure, line.about, line.work, line.first): line for line in found}

    assert by[Measure.OBSERVATIONS, "", "", MAY].count == 62
    assert by[Measure.OBSERVATIONS, "", "", OCTOBER].count == 12
    meetings = by[Measure.OBSERVATIONS, "", "Meetings", MAY]
    assert (meetings.count, meetings.last) == (21, date(2026, 8, 1))
    seen, upper = (by[each, "Own words", "", MAY] for each in (Measure.SEEN, Measure.UPPER))
    assert (seen.count, seen.of) == (44, 62)
    assert (upper.count, upper.of, upper.levels) == (31, 44, "evident or strong")
    assert (upper.before, upper.change) == ((10, 30), "more")
    before = by[Measure.UPPER, "Own words", "", date(2025, 11, 1)]
    assert (before.count, before.of) == (10, 30)
    assert (Measure.UPPER, "Never", "", MAY) not in by
    assert by[Measure.HINDERS, "Records", "", MAY].count == 14
    assert not [line for line in found if line.about == "Few" or line.work == "Court"]
    # Of before the rule on groups nothing is taken.
    assert lines_of(sample()) == ()


def test_over_time_draws_stretches_that_do_not_overlap_and_tables_every_one():
    paper = Paper(1, "Issue 1", "/", OCTOBER, 1, "here", "Here", "briefing")

    def row(first, last, count):
        return Row(paper, Line(first, last, Measure.UPPER, count, 20, about="A", levels="evident"))

    rows = [
        row(MAY, OCTOBER, 12),
        row(date(2026, 4, 1), date(2026, 9, 1), 11),
        row(date(2025, 11, 1), date(2026, 4, 1), 6),
    ]
    chart = over_time(rows, Subject("1", "A", frozenset("A")))

    assert [point["shown"] for point in chart["data"]["points"]] == ["6 of 20", "12 of 20"]
    assert len(chart["table"]["rows"]) == 3
    assert over_time(rows[:2], Subject("1", "A", frozenset("A"))) is None


@pytest.fixture
def told(team, psw, framework_version):
    """Last month's issue of the service: twelve observations of twelve people, one criterion evident."""
    criterion = framework_version.criteria.get(code="1.1")
    level = framework_version.scale.levels.get(position=3)
    day = months_after(month_of(timezone.localdate()), -1) + timedelta(days=9)
    for person in UserFactory.create_batch(12):
        observation = ObservationFactory(
            unit=team, observer=psw, practitioner=person, submitted=True, observed_on=day
        )
        RatingFactory(observation=observation, criterion=criterion, level=level)
    recount_all()
    BriefingFactory(unit=team.parent, issued=True)
    return criterion


@pytest.mark.django_db
def test_a_reader_explores_what_their_units_were_told_follows_it_and_saves_it(
    told, team, psw, psw_client, sibling_team
):
    address = reverse("reports:explore")
    leader, elsewhere, none = (
        UserFactory(organisation=psw.organisation),
        UserFactory(organisation=psw.organisation),
        UserFactory(organisation=psw.organisation),
    )
    RoleFactory(user=leader, unit=team.parent, kind=Role.Kind.LEADER)
    RoleFactory(user=elsewhere, unit=sibling_team, kind=Role.Kind.LEADER)
    client = signed_in(leader)

    page = client.get(address, {"where": team.parent_id, "criterion": told.pk}).content.decode()
    assert told.name in page
    assert "all 12" in page
    assert "Issue 1" in page
    assert "#how-the-framework-shows-up" in page
    assert "observations/?within" not in page  # who reads no observations has no link to them
    mine = psw_client.get(address, {"where": team.parent_id, "criterion": told.pk})
    link = next(each["behind"] for each in mine.context["groups"][0]["rows"] if each["behind"])
    listed = psw_client.get(link)
    assert listed.context["page"].paginator.count == 12
    assert told.name in listed.content.decode()

    # Another unit's reader is shown nothing, and its place in an address is not there.
    assert "Nothing was told yet" in signed_in(elsewhere).get(address).content.decode()
    assert signed_in(elsewhere).get(address, {"where": team.parent_id}).status_code == 404
    assert signed_in(none).get(address).status_code == 404
    assert Client().get(address).status_code == 302

    body = {"page": "explore", "query": f"criterion={told.pk}&months=nonsense", "name": "Words"}
    saved = client.post(reverse("reports:save_view"), body)
    view = SavedView.objects.get()
    assert view.query == f"criterion={told.pk}"
    assert saved.url == view.get_absolute_url()
    assert client.post(reverse("reports:save_view"), {**body, "name": ""}).status_code == 422
    client.post(reverse("reports:rename_view", args=[view.pk]), {"name": "Their words"})
    assert "Their words" in client.get(address).content.decode()
    remove = reverse("reports:remove_view", args=[view.pk])
    assert signed_in(elsewhere).get(remove).status_code == 404
    assert "Their words" in client.get(remove).content.decode()
    client.post(remove)
    assert not SavedView.objects.exists()
    kept = Entry.objects.filter(what="saved view").values_list("action", flat=True)
    assert set(kept) == {"made", "changed", "ended"}


def test_two_places_by_the_one_rule_and_two_frameworks_by_their_clause():
    def row(place, count, of, about="A", measure=Measure.UPPER):
        paper = Paper(1, "Issue 1", "/", OCTOBER, 1, "here", "Here", "briefing")
        line = Line(MAY, OCTOBER, measure, count, of, part=place, about=about)
        return Row(paper, replace(line, is_of_a_criterion=measure is Measure.UPPER))

    ours = [
        row("Ash", 18, 20),
        row("Ash", 4, 9, "B"),
        row("Ash", 12, 20, "C"),
        row("Ash", 3, None, "", Measure.LOST),
    ]
    theirs = [row("Oak", 6, 20, "A, reworded"), row("Oak", 9, 20, "B"), row("Oak", 5, 20, "D")]
    told = Told(
        [],
        criteria={
            "1": Subject("1", "A", frozenset(["A", "A, reworded"]), of=frozenset([1])),
            "3": Subject("3", "C", frozenset("C"), of=frozenset([1])),
            "4": Subject("4", "D", frozenset("D"), of=frozenset([2])),
        },
        clauses={"9": Subject("9", "Standard: 1 Listen", frozenset("ACD"))},
    )
    pairs = pairs_of(ours, theirs, told)
    joined = joined_by_clauses(ours, theirs, told)

    assert [pair.what for pair in pairs] == ["A / A, reworded", "B"]
    assert pairs[0].says == "more in Ash"
    low, high = difference(18, 20, 6, 20)
    assert pairs[0].difference_words == f"+60 points ({points(low)} to {points(high)})"
    assert (pairs[1].says, pairs[1].difference_words) == ("too little to tell", "")
    assert [(each.what, each.clause) for each in joined] == [
        ("A / D", "Standard: 1 Listen"),
        ("C / D", "Standard: 1 Listen"),
    ]
    assert joined[1].says == "more in Ash"
