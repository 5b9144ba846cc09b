"""Merged, split and retired themes, to the numbers of a summary."""

from datetime import date

import pytest
from django.urls import reverse

from frameworks.models import Theme
from frameworks.themes import editing
from reports.briefings import suggesting
from reports.briefings.quoted_before import QuotedBefore
from reports.cells.rollup import recount_all
from reports.periods import Window, rolling
from reports.summaries import change_words, passages_for, summarise, theme_series
from tests.factories import MentionFactory, ObservationFactory, PassageFactory, ThemeFactory

pytestmark = pytest.mark.django_db

OCTOBER = date(2026, 10, 1)
WINDOW = rolling(OCTOBER, 6)


@pytest.fixture
def themes(codebook):
    return [ThemeFactory(codebook=codebook) for _ in range(3)]


@pytest.fixture
def passage(framework_version, team, psw, practitioner):
    def make(observed_on=date(2026, 10, 6), observation=None):
        note = observation or ObservationFactory(
            unit=team,
            observer=psw,
            practitioner=practitioner,
            framework_version=framework_version,
            observed_on=observed_on,
            submitted=True,
        )
        return PassageFactory(observation=note)

    return make


def say(passage, theme, stance="helps", **more):
    return MentionFactory(passage=passage, theme=theme, stance=stance, **more)


def confirmed(passage, theme, stance="helps"):
    return say(passage, theme, stance, confirmed=True)


def row(unit, theme, window=WINDOW, **more):
    recount_all()
    return summarise(unit, window, **more).theme(theme.pk)


def end(theme, kind, by, into=()):
    """Merge, split or retire a theme, and start using that."""
    editing.end(theme=theme, kind=kind, into=into, why="So.", by=by)
    book = theme.codebook
    editing.start_using(codebook=book, why="So.", as_seen=editing.seen(book), by=by)


def merge(one, into, by):
    end(one, "merged", by, [into])


def test_a_merged_theme_counts_its_earlier_ones_and_nothing_twice(
    themes, passage, organisation, framework_admin
):
    one, into, _ = themes
    both, own, other = passage(), passage(), passage()
    confirmed(both, one)
    confirmed(both, into)
    confirmed(own, one, "hinders")
    confirmed(other, into)
    confirmed(passage(observation=other.observation), one)
    say(other, one)  # suggested, of a passage that is confirmed for the other
    say(passage(), one)
    say(passage(), one, rejected=True)
    merge(one, into, framework_admin)

    found = row(organisation, into)

    assert (found.helps, found.hinders, found.neither) == (3, 1, 0)
    assert found.observations == 3
    assert found.suggested == 1
    assert row(organisation, one) is None


@pytest.mark.parametrize("kind_of_work", ["", "home_visit"])
def test_it_is_so_in_months_before_the_merger_and_for_one_kind_of_work(
    themes, passage, organisation, framework_admin, kind_of_work
):
    one, into, _ = themes
    early = passage(date(2026, 3, 3))
    confirmed(early, one)
    kind = kind_of_work and early.observation.kind_of_work
    merge(one, into, framework_admin)
    window = Window(date(2026, 1, 1), date(2026, 4, 1))
    assert row(organisation, into, window, kind_of_work=kind).helps == 1


def test_what_only_waits_changes_no_count(themes, passage, organisation, framework_admin):
    confirmed(passage(), themes[0])
    confirmed(passage(), themes[1])
    asked = {"why": "So.", "by": framework_admin}
    editing.end(theme=themes[0], kind="merged", into=[themes[1]], **asked)
    editing.end(theme=themes[2], kind="retired", **asked)
    assert [row(organisation, theme).helps for theme in themes] == [1, 1, 0]


def test_mentions_keep_the_theme_they_were_given(themes, passage, framework_admin):
    mention = confirmed(passage(), themes[0])
    merge(themes[0], themes[1], framework_admin)
    mention.refresh_from_db()
    assert mention.theme == themes[0]


def test_passages_and_months_of_a_merged_theme_agree_with_its_count(
    themes, passage, organisation, framework_admin
):
    one, into, _ = themes
    both = passage()
    confirmed(both, one)
    confirmed(both, into)
    confirmed(passage(date(2026, 9, 2)), one)
    half = passage()
    say(half, into)
    confirmed(half, one)
    say(passage(), into)
    merge(one, into, framework_admin)

    found = passages_for(organisation, WINDOW, side="helps", theme=into)
    assert (found.confirmed, found.suggested) == (3, 1)
    assert len({each.passage_id for each in found.chosen}) == len(found.chosen) == 4
    counted = row(organisation, into)
    assert (counted.helps, counted.suggested) == (3, 1)
    series = theme_series(organisation, into, "helps", WINDOW)
    assert dict(zip(series.months, series.values, strict=True))[OCTOBER] == 2
    assert sum(series.values) == 3


def test_a_run_says_where_a_theme_was_merged(themes, passage, organisation, framework_admin):
    passage(date(2026, 8, 4))
    merge(themes[0], themes[1], framework_admin)
    themes[0].continues_in.update(on=date(2026, 10, 9))
    series = theme_series(organisation, themes[1], "helps", WINDOW)
    at, words = series.joins[0]
    assert series.months[at] == OCTOBER
    assert words == f"“{themes[0].name}” merged"


def test_a_split_theme_stays_its_own_and_is_in_none_of_its_parts(
    themes, passage, organisation, framework_admin
):
    one, *parts = themes
    confirmed(passage(), one)
    confirmed(passage(), parts[0])
    end(one, "split", framework_admin, parts)

    assert row(organisation, one).helps == 1
    assert row(organisation, parts[0]).helps == 1
    assert row(organisation, parts[1]).helps == 0


def test_a_split_is_said_of_the_theme_and_its_parts_and_nothing_is_set_beside_them(
    themes, passage, organisation, framework_admin, psw_client
):
    one, *parts = themes
    confirmed(passage(), parts[0])
    confirmed(passage(date(2026, 3, 3)), parts[0])
    end(one, "split", framework_admin, parts)
    one.continues_in.update(on=date(2026, 10, 9))

    names = f"“{parts[0].name}” and “{parts[1].name}”"
    assert theme_series(organisation, one, "helps", WINDOW).notes == (
        f"It was split into {names} on 9 October 2026: its counts end there.",
    )
    assert " ".join(theme_series(organisation, parts[0], "helps", WINDOW).notes) == (
        f"It took over a part of “{one.name}”, which was split on 9 October 2026: "
        "what that counted is not added here."
    )
    recount_all()
    now, before = summarise(organisation, WINDOW), summarise(organisation, WINDOW.before)
    words = change_words(now.theme(parts[0].pk), before.theme(parts[0].pk), before.window)
    assert words == (
        "1 passage that helps and none that hinder; it took over a part of "
        f"“{one.name}” on 9 October 2026: there is nothing to compare it with yet."
    )


def test_good_work_is_found_where_its_theme_was_merged_into_another(
    themes, passage, organisation, framework_admin
):
    one, into, _ = themes
    Theme.objects.filter(pk=one.pk).update(tells_of="good work")
    confirmed(passage(), one)
    merge(one, into, framework_admin)
    recount_all()
    summary = summarise(organisation, WINDOW)

    assert len(suggesting.good_work(summary, QuotedBefore(organisation, OCTOBER))) == 1
    assert suggesting.conditions(summary) == []
    # A finding about the merged theme looks for its opposite where that is counted now.
    assert suggesting.about({"theme": one.pk}) == {"theme": into}


def test_old_months_still_show_a_retired_theme_and_new_ones_do_not(
    themes, passage, organisation, framework_admin
):
    confirmed(passage(date(2026, 3, 3)), themes[0])
    end(themes[0], "retired", framework_admin)
    old = Window(date(2026, 1, 1), date(2026, 4, 1))
    assert row(organisation, themes[0], old).helps == 1
    assert row(organisation, themes[0], rolling(OCTOBER, 3)) is None


def test_taking_a_merger_back_takes_the_counts_apart(
    themes, passage, organisation, framework_admin
):
    confirmed(passage(), themes[0])
    merge(themes[0], themes[1], framework_admin)
    editing.bring_back(theme=themes[0], by=framework_admin)
    assert row(organisation, themes[0]).helps == 1
    assert row(organisation, themes[1]).helps == 0


def test_the_page_of_a_theme_says_what_is_counted_with_it(
    psw_client, themes, passage, framework_admin
):
    confirmed(passage(), themes[0])
    merge(themes[0], themes[1], framework_admin)
    page = psw_client.get(reverse("reports:summary_theme", args=[themes[1].pk])).content.decode()
    assert f"{themes[0]}</a> was merged into it" in page
