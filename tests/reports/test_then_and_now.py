"""Then and now: a criterion beside itself before, by one rule, on pages and in briefings."""

from datetime import date

import pytest

from observations.models import Rating
from reports import briefings
from reports.cells.rollup import recount_all
from reports.periods import rolling
from reports.summaries import change_words, summarise, then_and_now
from reports.summaries.then_and_now import Change
from tests.factories import ObservationFactory, RatingFactory, ThemeFactory
from tests.reports.factories import confirmed_passages

pytestmark = pytest.mark.django_db

MARCH = date(2026, 3, 1)
NOW, BEFORE = date(2026, 2, 3), date(2025, 8, 5)


@pytest.fixture
def rated(team, psw, framework_version):
    """Rates a criterion in so many observations of a day, so many of them in the upper half."""

    def rate(code, upper, of, on):
        criterion = framework_version.criteria.get(code=code)
        low, high = (framework_version.scale.levels.get(position=at) for at in (1, 3))
        for at in range(of):
            observation = ObservationFactory(
                unit=team, observer=psw, submitted=True, observed_on=on
            )
            RatingFactory(
                observation=observation,
                criterion=criterion,
                outcome=Rating.Outcome.LEVEL,
                level=high if at < upper else low,
            )

    return rate


def summary(team):
    recount_all()
    return summarise(team, rolling(MARCH))


def changes(team):
    return {each.now.criterion.code: each.change for each in then_and_now(summary(team))}


def test_more_and_less_are_said_where_the_interval_leaves_zero_out(team, rated):
    rated("1.1", 12, 12, NOW)
    rated("1.1", 3, 12, BEFORE)
    rated("1.2", 2, 12, NOW)
    rated("1.2", 10, 12, BEFORE)
    rated("2.1", 7, 12, NOW)
    rated("2.1", 5, 12, BEFORE)

    assert changes(team) == {"1.1": Change.MORE, "1.2": Change.LESS, "2.1": Change.NONE}


def test_under_ten_on_either_side_is_too_little_to_tell(team, rated):
    rated("1.1", 9, 9, NOW)
    rated("1.1", 0, 12, BEFORE)
    rated("1.2", 12, 12, NOW)
    rated("1.2", 0, 9, BEFORE)

    found = changes(team)

    assert (found["1.1"], found["1.2"], found["2.1"]) == (Change.UNTOLD,) * 3


def test_the_page_of_a_criterion_says_it_too(team, rated):
    rated("1.1", 12, 12, NOW)
    rated("1.1", 3, 12, BEFORE)
    compared = then_and_now(summary(team))[0]

    words = change_words(compared.now, compared.before, rolling(MARCH).before)

    assert words == "Evident or strong in 12 of 12; in the six months before, 3 of 12: more."


def test_a_briefing_tells_each_figure_beside_the_one_before(team, rated, framework_version):
    rated("1.1", 15, 20, NOW)
    rated("1.1", 6, 20, BEFORE)
    rated("1.2", 8, 20, NOW)
    rated("1.2", 9, 20, BEFORE)
    recount_all()

    made = briefings.compose(unit=team, month=MARCH)

    first, second = (framework_version.criteria.get(code=code).name for code in ("1.1", "1.2"))
    table = made.figures["annex"]["tables"][1]
    assert table["title"] == "Then and now"
    assert table["rows"] == [
        [first, "15 of 20", "6 of 20", "More"],
        [second, "8 of 20", "9 of 20", "No clear change"],
    ]
    assert "Before: 1 April to 30 September 2025." in table["note"]
    assert "in 15 of 20, more than in the six months before (6 of 20)" in made.know
    assert "in 8 of 20, no clear change on the six months before." in made.know
    briefings.check_content(briefings.build_content(made))


def test_what_is_small_is_told_on_both_sides(team, rated):
    rated("1.1", 17, 20, NOW)
    rated("1.1", 2, 20, BEFORE)
    recount_all()

    made = briefings.compose(unit=team, month=MARCH)

    ((_, now, before, change),) = made.figures["annex"]["tables"][1]["rows"]
    assert (now, before, change) == ("17 of 20", "2 of 20", "More")
    assert "(2 of 20)" in made.know


def test_without_months_before_there_is_no_such_table(team, rated):
    rated("1.1", 15, 20, NOW)
    recount_all()

    made = briefings.compose(unit=team, month=MARCH)

    titles = [each["title"] for each in made.figures["annex"]["tables"]]
    assert "Then and now" not in titles
    assert "before" not in made.know


def test_a_clear_change_is_the_first_title(team, rated, framework_version, codebook):
    rated("1.1", 15, 20, NOW)
    rated("1.1", 5, 20, BEFORE)
    theme = ThemeFactory(codebook=codebook, short="Computer system")
    confirmed_passages(theme, "hinders", 6, unit=team, month=MARCH, text="The form closed")
    recount_all()

    made = briefings.compose(unit=team, month=MARCH)

    name = framework_version.criteria.get(code="1.1").name
    assert made.title.startswith(f"{name} more often")
    assert made.assure == f"“{name}”: 15 of 20, more than in the six months before (5 of 20)."
    assert made.advise == "“Computer system” is in the way in 6 passages, more than any other."
    title = made.sentences.get(place="answers.title")
    assert title.because.startswith(f"A clear change. “{name}”: 15 of 20")
    assert title.second
