"""A framework and a codebook that share no code with those that come with PracticeLens lose nothing."""

from datetime import date

import pytest

from frameworks.models import Theme
from observations.models import CodingModel
from reports import briefings, pieces
from reports.briefings import suggesting
from reports.briefings.engine import sorted_by
from reports.briefings.quoted_before import QuotedBefore
from reports.cells import rollup
from reports.periods import Window
from reports.summaries import summarise
from tests.factories import (
    CodebookFactory,
    FrameworkVersionFactory,
    ScaleFactory,
    ThemeFactory,
)
from tests.reports.factories import confirmed_passages

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)
WINDOW = Window(date(2025, 10, 1), date(2026, 4, 1))
TellsOf = Theme.TellsOf


@pytest.fixture
def codebook(organisation):
    return CodebookFactory(unit=organisation, code="ours")


@pytest.fixture
def theme(codebook, team):
    """Makes a theme that tells of something, with passages that were confirmed for it."""

    def make(tells_of, short, stance="helps", passages=6):
        made = ThemeFactory(codebook=codebook, tells_of=tells_of, short=short)
        text = f"{short}, told"
        confirmed_passages(made, stance, passages, unit=team, month=MARCH, text=text)
        return made

    return make


def test_what_a_theme_tells_of_gives_it_its_section_whatever_its_code(theme, team):
    theme(TellsOf.FAMILY, "Whānau reo")
    theme(TellsOf.GOOD_WORK, "Mahi pai")
    theme(TellsOf.CONDITION, "Cars", stance="hinders")
    rollup.recount_all()

    made = briefings.compose(unit=team, month=MARCH)

    told = {finding.section: finding.claim for finding in made.findings.all()}
    assert told["families"] == "Whānau reo helps more often than not"
    assert told["conditions"] == "What gets in the way most: cars"
    good_work = next(each for each in made.sections.all() if each.key == "good_work")
    assert good_work.heading == "Three pieces of good work"


def test_the_section_on_conditions_draws_no_theme_that_its_heading_cannot_name(theme, team):
    theme(TellsOf.FAMILY, "Whānau reo", passages=9)
    theme(TellsOf.GOOD_WORK, "Mahi pai", passages=9)
    theme(TellsOf.CONDITION, "Supervision", passages=6)
    theme(TellsOf.CONDITION, "Cars", stance="hinders")
    rollup.recount_all()

    made = briefings.compose(unit=team, month=MARCH)

    section = next(each for each in made.sections.all() if each.key == "conditions")
    drawn = made.figures["conditions"]["charts"][0]["data"]["rows"]
    in_annex = made.figures["annex"]["tables"][-1]["rows"]
    assert section.heading == "“Supervision” helps. “Cars” hinders"
    assert {row["label"] for row in drawn} == {"Supervision", "Cars"}
    assert {row[0] for row in in_annex} == {"Whānau reo", "Mahi pai", "Supervision", "Cars"}
    assert section.text == "12 passages speak to one of these, as people have confirmed."


def test_of_two_themes_about_families_the_one_seen_most_is_told(theme, team):
    theme(TellsOf.FAMILY, "Children", passages=2)
    theme(TellsOf.FAMILY, "Whānau", passages=6)
    rollup.recount_all()

    made = briefings.compose(unit=team, month=MARCH)

    assert [each.claim for each in made.findings.all()] == ["Whānau helps more often than not"]


def test_good_work_comes_from_every_theme_that_tells_of_it(theme, organisation):
    theme(TellsOf.GOOD_WORK, "Kept promises", passages=1)
    theme(TellsOf.GOOD_WORK, "Quiet help", passages=1)
    rollup.recount_all()

    found = suggesting.good_work(
        summarise(organisation, WINDOW), QuotedBefore(organisation, WINDOW.last_month)
    )

    assert {each["text"] for each in found} == {
        "Kept promises, told 10 times over.",
        "Quiet help, told 10 times over.",
    }


def test_a_summary_shows_over_time_what_its_version_shows_first(team, organisation):
    version = FrameworkVersionFactory(framework__unit=organisation, draft=True)
    version.shown_first = version.criteria.get(code="2.1")
    publish(version)
    summary = summarise(team, WINDOW)

    assert pieces.criterion_over_time(summary, "").criterion.code == "2.1"
    asked = str(version.criteria.get(code="1.2").pk)
    assert pieces.criterion_over_time(summary, asked).criterion.code == "1.2"


def test_a_version_that_names_none_shows_its_first_criterion(team, organisation):
    FrameworkVersionFactory(framework__unit=organisation)

    row = pieces.criterion_over_time(summarise(team, WINDOW), "")

    assert row.criterion.code == "1.1"


def publish(version):
    other = FrameworkVersionFactory()
    version.published_at, version.published_by = other.published_at, other.published_by
    version.save()


def test_the_annex_says_what_the_upper_half_of_this_scale_is_called(team, organisation):
    scale = ScaleFactory(code="how-often", name="How often")
    names = ["Never", "Now and then", "Mostly", "Always"]
    for level, name in zip(scale.levels.order_by("position"), names, strict=True):
        level.name = name
        level.save()
    FrameworkVersionFactory(framework__unit=organisation, scale=scale)

    made = briefings.compose(unit=team, month=MARCH)

    words = [each["word"] for each in made.figures["annex"]["definitions"]]
    assert words[0] == "Mostly or always"
    assert "Evident or strong" not in words


# Leaders are told the engine that is in use


def in_use(codebook, learned):
    """A version that learned these of the codebook's themes."""
    none = {"right": 0, "suggested": 0, "confirmed": 0}
    themes = {
        theme.code: {**none, "learned": theme in learned} for theme in codebook.themes.in_use()
    }
    return CodingModel.objects.create(
        codebook=codebook,
        version=1,
        state=CodingModel.State.IN_USE,
        measures={"themes": themes},
    )


def sorted_in_annex(team):
    made = briefings.compose(unit=team, month=MARCH)
    about = {each["subject"]: each["text"] for each in made.figures["annex"]["about"]}
    return about["How passages are sorted"]


CONFIRMED = "Only what a person has confirmed is counted."


def test_leaders_are_told_that_words_alone_suggest(codebook, team):
    ThemeFactory(codebook=codebook)

    assert sorted_in_annex(team) == (
        f"By words and phrases of the codebook, on the service’s own computer. {CONFIRMED}"
    )


def test_leaders_are_told_how_many_themes_are_suggested_by_what_was_learned(codebook, team):
    first, _, _ = ThemeFactory.create_batch(3, codebook=codebook)
    in_use(codebook, [first])

    assert sorted_in_annex(team) == (
        "1 of 3 themes by what was learned from people’s decisions, the others by words and "
        f"phrases of the codebook, on the service’s own computer. {CONFIRMED}"
    )


def test_leaders_are_told_where_all_is_suggested_by_what_was_learned(codebook, team):
    themes = ThemeFactory.create_batch(2, codebook=codebook)
    in_use(codebook, themes)

    assert sorted_in_annex(team).startswith("By what was learned from people’s decisions, on")


def test_leaders_are_told_where_people_alone_sort(team):
    assert sorted_in_annex(team) == f"By people alone: there is no codebook. {CONFIRMED}"


def test_a_whole_service_is_told_of_the_codebooks_of_its_parts(organisation, team):
    theme = ThemeFactory(codebook=CodebookFactory(unit=team))
    in_use(theme.codebook, [theme])

    assert sorted_by(organisation).startswith("By what was learned")
