"""The same observations read by the clauses of two standards, against counts made by hand."""

from datetime import date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from frameworks.models import Lineage
from reports.cells.rollup import recount_all
from reports.periods import rolling
from reports.summaries import by_clause, clause_words, in_short_by_clause
from tests.factories import (
    ClauseFactory,
    CrosswalkFactory,
    FrameworkVersionFactory,
    LineageFactory,
    ObservationFactory,
    RatingFactory,
    StandardFactory,
    put_in_force,
)

SUMMARY = reverse("reports:summary")
OCTOBER = {"until": "2026-10", "months": "6"}
WINDOW = rolling(date(2026, 10, 1), 6)


def standard_of(names, **fields):
    made = StandardFactory(**fields)
    for position, name in enumerate(names, start=1):
        ClauseFactory(standard=made, name=name, position=position)
    return made


@pytest.fixture
def rights(framework_version):
    """1 Rights: 1.1 and 1.2. 2 Trust: 1.2. 3 Learning: nothing."""
    return tied(
        standard_of(["Rights", "Trust", "Learning"], code="rights", name="Rights"),
        framework_version,
        {"1": ["1.1", "1.2"], "2": ["1.2"]},
    )


@pytest.fixture
def areas(framework_version):
    """1 Families: 1.2 and 2.1. 2 Leaders: 1.1."""
    return tied(
        standard_of(["Families", "Leaders"], code="areas", name="Areas"),
        framework_version,
        {"1": ["1.2", "2.1"], "2": ["1.1"]},
    )


def tied(standard, version, ties):
    for number, codes in ties.items():
        for code in codes:
            CrosswalkFactory(
                criterion=version.criteria.get(code=code),
                clause=standard.clauses.get(number=number),
            )
    return standard


@pytest.fixture
def note(framework_version, team, psw, practitioner):
    """Makes a submitted note that rates criteria by their code: a level's place, missed or not."""

    def make(ratings, version=framework_version, **fields):
        usual = {
            "unit": team,
            "observer": psw,
            "practitioner": practitioner,
            "framework_version": version,
            "observed_on": date(2026, 10, 6),
            "submitted": True,
        }
        made = ObservationFactory(**usual | fields)
        for code, level in ratings.items():
            how = {level: True} if isinstance(level, str) else {}
            if not how:
                how["level"] = version.scale.levels.get(position=level)
            RatingFactory(observation=made, criterion=version.criteria.get(code=code), **how)
        return made

    return make


@pytest.fixture
def notes(note):
    note({"1.1": 3, "1.2": 4})
    note({"1.1": 1, "1.2": 3})
    note({"1.2": "missed", "2.1": 2}, kind_of_work="conference")
    note({"1.1": "not_seen", "1.2": "not_seen", "2.1": 4})
    note({"1.1": 3}, observed_on=date(2026, 4, 6))  # in the six months before
    note({"1.1": 3}, withdrawn=True)
    recount_all()


def read(unit, standard, **asked):
    found = by_clause(unit, WINDOW, standard, **asked)
    return found, {row.clause.name: row for row in found.clauses}


def counts(spoken):
    return spoken.observations, spoken.upper, spoken.lower, spoken.missed


def test_the_same_notes_answer_two_standards(service, notes, rights, areas):
    found, by = read(service, rights)
    _, by_area = read(service, areas)

    assert found.observations == 4
    # Rights: the first note rates both criteria, and is one note; so is the second, in both halves.
    assert counts(by["Rights"].spoken) == (3, 2, 1, 1)
    assert counts(by["Trust"].spoken) == (3, 2, 0, 1)
    assert counts(by["Learning"].spoken) == (0, 0, 0, 0)
    assert counts(by_area["Families"].spoken) == (4, 3, 1, 1)
    assert counts(by_area["Leaders"].spoken) == (2, 1, 1, 0)
    assert [[row.label for row in each.rows] for each in found.clauses] == [
        [row.label for row in found.clauses[0].rows][:2],
        [found.clauses[0].rows[1].label],
        [],
    ]
    assert [row.counts for row in by["Rights"].rows] == [(1, 0, 1, 0), (0, 0, 1, 1)]
    assert [row.criterion.code for row in found.untied] == ["2.1"]


def test_each_clause_is_said_in_short(service, notes, rights):
    found, by = read(service, rights)

    assert clause_words(found, by["Rights"]) == [
        "3 of 4 observations were about it; in the six months before, 1 of 1.",
        "Evident or strong in 2; not yet evident or emerging in 1; an opportunity missed in 1.",
    ]
    assert in_short_by_clause(found) == [
        "Observations were about 2 of 3 clauses.",
        "We have least to go on for clause 1: 3 observations.",
        "No criterion of this framework is linked to clause 3.",
    ]
    assert clause_words(found, by["Learning"]) == [
        "No criterion of this framework is linked to it."
    ]


def test_one_kind_of_work_is_read_by_itself(service, notes, rights):
    _, by = read(service, rights, kind_of_work="conference")

    assert counts(by["Rights"].spoken) == (1, 0, 0, 1)


def test_a_tie_of_the_newest_wording_holds_for_the_earlier_and_a_new_criterion_stands_alone(
    service, note, framework_version, psw_client
):
    old = framework_version
    note({"1.1": 3, "1.2": 3}, observed_on=date(2026, 5, 5))
    new = FrameworkVersionFactory(framework=old.framework, scale=old.scale, number=2, draft=True)
    first, second, third = (new.criteria.get(code=code) for code in ("1.1", "1.2", "2.1"))
    LineageFactory(
        version=new, kind=Lineage.Kind.REWORDED, earlier=old.criteria.get(code="1.1"), later=first
    )
    for later in (second, third):
        LineageFactory(
            version=new,
            kind=Lineage.Kind.SPLIT,
            earlier=old.criteria.get(code="1.2"),
            later=later,
        )
    new.effective_on = date(2026, 8, 1)
    put_in_force(new)
    note({"1.1": 3}, version=new)
    standard = standard_of(["Rights", "Trust", "Earlier"], code="three")
    tied(standard, new, {"1": ["1.1"], "2": ["1.2"]})
    tied(standard, old, {"3": ["1.2"]})
    recount_all()

    found, by = read(service, standard)

    assert by["Rights"].spoken.observations == 2
    assert by["Trust"].spoken.observations == 0
    since = "1.2 Criterion 1.2 began on 1 August 2026"
    assert clause_words(found, by["Trust"]) == [
        "None of 2 observations were about it.",
        f"There is nothing from the six months before to compare it with: {since}.",
    ]
    ended = "1.2 was split into 1.2 and 2.1 on 1 August 2026"
    assert clause_words(found, by["Earlier"]) == [
        "No criterion of this framework is linked to it now.",
        "1 of 2 observations were about it.",
        "Evident or strong in 1.",
        f"There is nothing from the six months before to compare it with: {ended}.",
    ]
    page = page_of(psw_client, read_by="three").content.decode()
    assert page.count("Counted apart") == 1


def test_the_queries_do_not_grow_with_clauses_or_notes(service, notes, rights, note):
    def taken():
        with CaptureQueriesContext(connection) as queries:
            by_clause(service, WINDOW, rights)
        return len(queries)

    before = taken()
    for position in range(4, 14):
        ClauseFactory(standard=rights, position=position)
    note({"1.1": 3})
    recount_all()

    assert taken() == before


# The page


def page_of(client, **asked):
    return client.get(SUMMARY, OCTOBER | asked)


def test_the_page_is_chosen_on_the_summary_and_keeps_what_was_asked_for(
    psw_client, team, notes, rights, framework_version
):
    asked = {"unit": team.code, "kind_of_work": "home_visit", "read_by": "rights"}
    plain = page_of(psw_client, unit=team.code).content.decode()

    page = page_of(psw_client, **asked).content.decode()

    assert '<option value="rights">Rights</option>' in plain
    assert '<option value="rights" selected>Rights</option>' in page
    assert f'<option value="{team.code}" selected>' in page
    assert "No criterion of this framework is linked to it." in page
    criterion = reverse(
        "reports:summary_criterion", args=[framework_version.criteria.get(code="1.1").pk]
    )
    query = f"unit={team.code}&amp;months=6&amp;until=2026-10&amp;kind_of_work=home_visit"
    assert f'href="{criterion}?{query}&amp;read_by=rights"' in page
    back = psw_client.get(criterion, OCTOBER | asked).content.decode()
    assert f'href="{SUMMARY}?{query}&amp;read_by=rights"' in back
    assert '<input type="hidden" name="read_by" value="rights">' in back


@pytest.mark.parametrize("who", ["practitioner", "leader", "framework_admin"])
def test_it_is_for_who_reads_the_summary(request, who, rights):
    client = request.getfixturevalue(f"{who}_client")

    assert page_of(client, read_by="rights").status_code == 404


@pytest.mark.parametrize("code", ["not-there", "theirs", "a b", "\x00"])
def test_a_standard_that_is_not_ours_is_no_choice(psw_client, notes, other_organisation, code):
    StandardFactory(code="theirs", name="Theirs", unit=other_organisation)

    page = page_of(psw_client, read_by=code).content.decode()

    assert "How the framework shows up" in page
    assert "Theirs" not in page


def test_the_figures_carry_the_clauses(psw_client, notes, rights):
    figures = psw_client.get(reverse("reports:figures_csv"), OCTOBER | {"read_by": "rights"})

    assert '"Clauses, observations (Rights)",1 Rights,Spoke to it,3' in figures.content.decode()


# Standards that come and go


@pytest.fixture
def old_and_new(db):
    new = standard_of(["Heard"], code="new", name="New", in_force_from=date(2027, 4, 1))
    old = standard_of(
        ["Met"], code="old", name="Old", in_force_until=date(2027, 4, 1), followed_by=new
    )
    return SimpleNamespace(old=old, new=new)


@pytest.fixture
def in_june_2027(monkeypatch):
    moment = datetime(2027, 6, 15, 10, tzinfo=ZoneInfo("Europe/London"))
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


@pytest.mark.parametrize(
    ("window", "asked", "shown", "offered", "words"),
    [
        pytest.param("2027-03", "old", "old", ["old"], "", id="before"),
        pytest.param(
            "2027-03",
            "new",
            None,
            ["old"],
            "New: in force from 1 April 2027, and not yet",
            id="early",
        ),
        pytest.param(
            "2027-05", "old", "old", ["new", "old"], "It was replaced on 1 April 2027", id="within"
        ),
        pytest.param(
            "2027-05", "new", "new", ["new", "old"], "It applies from 1 April 2027", id="begun"
        ),
        pytest.param(
            "2027-06",
            "old",
            "new",
            ["new"],
            "before these months. Its place was taken by what is shown: New.",
            id="after",
        ),
    ],
)
def test_a_standard_is_offered_for_the_months_that_it_held_in(
    in_june_2027, framework_version, psw_client, old_and_new, window, asked, shown, offered, words
):
    months = "3" if window == "2027-05" else "1"

    page = psw_client.get(SUMMARY, {"until": window, "months": months, "read_by": asked})

    read_by = page.context["read_by"]
    assert (read_by.standard and read_by.standard.code) == shown
    assert [each.code for each in read_by.offered] == offered
    assert words in page.content.decode()
    assert ("by what took its place: New" in page.content.decode()) == (words[:6] == "It was")
