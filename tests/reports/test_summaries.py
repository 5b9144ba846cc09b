"""What the notes add up to, against counts made by hand."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from frameworks.lists.shipped import by_code
from frameworks.models import Lineage
from observations.models import Observation
from practicelens.people.models import Unit
from reports.cells.rollup import recount_all
from reports.periods import Window, rolling
from reports.summaries import (
    change_words,
    criterion_series,
    how_far_to_trust,
    in_short,
    last_seen_words,
    not_seen_lately,
    passages_for,
    summarise,
    theme_series,
)
from reports.summaries.meetings import family_shares
from tests.factories import (
    CauseFactory,
    FrameworkVersionFactory,
    FrictionFactory,
    LineageFactory,
    MeetingFactsFactory,
    MentionFactory,
    ObservationFactory,
    PassageFactory,
    RatingFactory,
    RedactionFactory,
    ReplyFactory,
    TalkShareFactory,
    ThemeFactory,
    UnitFactory,
    UserFactory,
    put_in_force,
)

OCTOBER = date(2026, 10, 1)
WINDOW = rolling(OCTOBER, 6)


@pytest.fixture
def note(framework_version, team, psw, practitioner):
    """Makes a submitted note in the team, on 6 October unless it is told otherwise."""

    def make(**fields):
        usual = {
            "unit": team,
            "observer": psw,
            "practitioner": practitioner,
            "framework_version": framework_version,
            "observed_on": date(2026, 10, 6),
            "submitted": True,
        }
        return ObservationFactory(**usual | fields)

    return make


@pytest.fixture
def level(framework_version):
    def find(position):
        return framework_version.scale.levels.get(position=position)

    return find


def summary_of(unit, **asked):
    recount_all()
    return summarise(unit, WINDOW, **asked)


def row_of(summary, code):
    return next(row for row in summary.criteria if row.criterion.code == code)


# Stretches of months


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        pytest.param(date(2025, 6, 1), date(2025, 11, 1), "1 June to 30 November 2025", id="year"),
        pytest.param(
            date(2024, 12, 1), date(2025, 2, 1), "1 December 2024 to 28 February 2025", id="years"
        ),
    ],
)
def test_a_window_is_said_as_people_say_it(first, last, words):
    assert Window(first, last).words == words


@pytest.mark.any_day
def test_a_running_month_ends_today():
    window = rolling(timezone.localdate())

    assert window.is_running
    assert window.last_day == timezone.localdate()


def test_the_window_before_is_as_long_and_ends_where_this_one_begins():
    before = WINDOW.before

    assert (before.first_month, before.last_month) == (date(2025, 11, 1), date(2026, 4, 1))
    assert before.length == WINDOW.length == len(WINDOW.months)


# What counts


def test_only_submitted_notes_of_the_unit_and_the_window_count(note, service, other_team):
    note()
    note(observed_on=date(2026, 5, 1))
    note(submitted=False, submitted_at=None)
    note(observed_on=date(2026, 4, 30))
    note(observed_on=date(2026, 11, 1))
    note(unit=other_team)

    summary = summary_of(service)

    assert summary.observations == 2
    assert summary.month_observations == 1


def test_a_withdrawn_note_is_out_of_every_count(note, service, theme):
    gone = note()
    RatingFactory(observation=gone)
    MentionFactory(passage=PassageFactory(observation=gone), theme=theme, confirmed=True)
    FrictionFactory(observation=gone)
    before = summary_of(service)
    Observation.objects.filter(pk=gone.pk).update(withdrawn_at=timezone.now())

    after = summary_of(service)

    assert (before.observations, before.criteria[0].seen, before.theme(theme.pk).helps) == (1, 1, 1)
    assert (after.observations, after.criteria[0].seen, after.theme(theme.pk).helps) == (0, 0, 0)
    assert after.friction == ()
    assert not passages_for(service, WINDOW, theme=theme, side="helps").chosen


def test_teams_seen_are_counted_of_the_teams_that_were_open(note, service, team, sibling_team):
    UnitFactory(parent=service, closed_on=date(2026, 1, 31))
    note()
    note(unit=sibling_team, observed_on=date(2026, 8, 3))

    summary = summary_of(service)

    assert (summary.teams_seen, summary.teams) == (2, 2)
    assert summary.month_teams_seen == 1


def test_observers_are_counted_without_names(note, service):
    other = UserFactory()
    note(reflection_effect="They were kinder, I think.")
    note()
    note(observer=other)

    summary = summary_of(service)

    assert summary.observers == (2, 1)
    assert summary.watched == 1


# Criteria


def test_levels_are_counted_in_the_order_of_the_scale(note, service, level):
    for position in (1, 3, 3, 4):
        RatingFactory(observation=note(), level=level(position))
    RatingFactory(observation=note(), missed=True)
    RatingFactory(observation=note(), not_seen=True)

    row = row_of(summary_of(service), "1.1")

    assert row.counts == (1, 0, 2, 1)
    assert (row.seen, row.missed, row.not_seen, row.of) == (4, 1, 1, 6)
    assert row.upper == 3
    assert row.upper_words == "evident or strong"


def test_kinds_of_work_add_up_to_the_whole(note, service, level, theme):
    kinds = ["home_visit", "conference", "home_visit", "duty"]
    for position, kind in enumerate(kinds, start=1):
        observation = note(kind_of_work=kind)
        RatingFactory(observation=observation, level=level(position))
        MentionFactory(passage=PassageFactory(observation=observation), theme=theme, confirmed=True)

    whole = summary_of(service)
    parts = [summarise(service, WINDOW, kind) for of, kind in by_code() if of == "kind_of_work"]

    assert sum(part.observations for part in parts) == whole.observations == 4
    by_level = [row_of(part, "1.1").counts for part in parts]
    assert tuple(map(sum, zip(*by_level, strict=True))) == row_of(whole, "1.1").counts
    assert sum(part.theme(theme.pk).helps for part in parts) == whole.theme(theme.pk).helps == 4


def test_a_criterion_nobody_saw_has_its_row(note, service):
    note()

    assert [row.seen for row in summary_of(service).criteria] == [0, 0, 0]


@pytest.fixture
def second_version(framework_version):
    """In force from August: 1.1 is reworded, 1.2 was split into 1.2 and 2.1, and 2.1 was dropped."""
    version = FrameworkVersionFactory(
        framework=framework_version.framework, effective_on=date(2026, 8, 1), draft=True
    )
    old = {criterion.code: criterion for criterion in framework_version.criteria.all()}
    new = {criterion.code: criterion for criterion in version.criteria.all()}
    kinds = Lineage.Kind
    for kind, earlier, later in [
        (kinds.REWORDED, old["1.1"], new["1.1"]),
        (kinds.SPLIT, old["1.2"], new["1.2"]),
        (kinds.SPLIT, old["1.2"], new["2.1"]),
        (kinds.DROPPED, old["2.1"], None),
    ]:
        LineageFactory(version=version, kind=kind, earlier=earlier, later=later)
    put_in_force(version)
    return version


@pytest.fixture
def across_versions(note, framework_version, second_version):
    for version, day in [(framework_version, date(2026, 6, 2)), (second_version, OCTOBER)]:
        observation = note(framework_version=version, observed_on=day)
        RatingFactory.create_batch(3, observation=observation)
    recount_all()


def test_counts_join_along_lineage_and_nowhere_else(across_versions, service, second_version):
    summary = summarise(service, WINDOW)

    assert summary.version == second_version
    joined = row_of(summary, "1.1")
    assert joined.criterion.version == second_version
    assert (joined.seen, joined.joined) == (2, ((1, "reworded"),))
    own = [row.seen for row in summary.criteria if not row.apart]
    assert own == [2, 1, 1]


def test_what_does_not_join_is_counted_apart_and_says_why(across_versions, service):
    apart = [row for row in summarise(service, WINDOW).criteria if row.apart]

    assert [(row.criterion.code, row.seen, row.apart) for row in apart] == [
        ("1.2", 1, "In version 1 only: it was split in version 2"),
        ("2.1", 1, "In version 1 only: it was dropped in version 2"),
    ]


def test_an_old_wording_finds_the_row_it_is_counted_in(across_versions, service, framework_version):
    summary = summarise(service, WINDOW)
    old = framework_version.criteria.get(code="1.1")

    assert summary.criterion(old.pk) == row_of(summary, "1.1")


def test_months_before_can_be_counted_in_the_words_of_today(
    across_versions, service, second_version
):
    june = Window(date(2026, 6, 1), date(2026, 6, 1))

    then = summarise(service, june)
    now = summarise(service, june, version=second_version)

    assert then.version.number == 1
    assert now.criterion(second_version.criteria.get(code="1.1").pk).seen == 1


def test_a_series_crosses_versions_and_says_where(across_versions, service, second_version):
    reworded = second_version.criteria.get(code="1.1")
    split = second_version.criteria.get(code="1.2")

    joined = criterion_series(service, reworded, WINDOW)
    alone = criterion_series(service, split, WINDOW)

    assert joined.months == tuple(date(2026, month, 1) for month in range(6, 11))
    assert joined.values == (1, 0, 0, 0, 1)
    assert joined.joins == ((2, "Version 2, same meaning, reworded"),)
    assert (alone.values, alone.joins) == ((0, 0, 1), ())


# Themes


def test_confirmed_suggested_and_rejected_mentions_are_kept_apart(note, service, theme):
    passages = PassageFactory.create_batch(5, observation=note())
    MentionFactory(passage=passages[0], theme=theme, confirmed=True)
    MentionFactory(passage=passages[1], theme=theme, confirmed=True, stance="hinders")
    MentionFactory(passage=passages[2], theme=theme, confirmed=True, stance="neither")
    MentionFactory(passage=passages[3], theme=theme)
    MentionFactory(passage=passages[4], theme=theme, rejected=True)

    for asked in ({}, {"kind_of_work": "home_visit"}):
        row = summary_of(service, **asked).theme(theme.pk)

        assert (row.helps, row.hinders, row.neither, row.suggested) == (1, 1, 1, 1)
        assert row.observations == 1


def test_themes_come_in_the_order_of_the_codebook_even_without_a_passage(note, service, codebook):
    second = ThemeFactory(codebook=codebook, position=2)
    first = ThemeFactory(codebook=codebook, position=1)
    ThemeFactory(codebook=codebook, position=3, retired_on=date(2026, 1, 1))
    MentionFactory(passage=PassageFactory(observation=note()), theme=second, confirmed=True)

    assert [row.theme for row in summary_of(service).themes] == [first, second]


def test_a_theme_over_the_months(note, service, theme):
    for day in (date(2026, 8, 4), date(2026, 10, 5), date(2026, 10, 6)):
        passage = PassageFactory(observation=note(observed_on=day))
        MentionFactory(passage=passage, theme=theme, confirmed=True, stance="hinders")
    recount_all()

    series = theme_series(service, theme, "hinders", WINDOW)

    assert series.values == (1, 0, 2)
    assert series == theme_series(service, theme, "hinders", WINDOW, kind_of_work="home_visit")


@pytest.mark.any_day
@pytest.mark.parametrize(
    ("today", "is_open"), [(date(2026, 10, 31), True), (date(2026, 11, 1), False)]
)
def test_a_series_says_whether_its_last_month_is_over(note, service, theme, today, is_open):
    passage = PassageFactory(observation=note(observed_on=date(2026, 10, 5)))
    MentionFactory(passage=passage, theme=theme, confirmed=True)
    recount_all()

    series = theme_series(service, theme, "helps", rolling(OCTOBER, 6, today))

    assert (series.values, series.is_open) == ((1,), is_open)


# Conditions, closeness, replies


def test_causes_count_what_was_missed(note, service):
    trained = CauseFactory(code="not_trained", name="Not trained", position=2)
    for cause in (trained, trained, CauseFactory()):
        RatingFactory(observation=note(), missed=True, cause=cause)

    summary = summary_of(service)

    assert [(row.code, row.missed) for row in summary.causes] == [
        ("not_trained", 2),
        ("no_time", 1),
    ]
    assert summary.missed == 3


def test_friction_adds_up_minutes_lost_and_gained(note, service):
    observation = note()
    FrictionFactory(observation=observation, minutes=20)
    FrictionFactory(observation=observation, minutes=None)
    FrictionFactory(observation=observation, effect="helped", minutes=5)
    FrictionFactory(observation=observation, system="rooms", minutes=45)

    rooms, case_system = summary_of(service).friction

    assert (rooms.system, rooms.lost) == ("rooms", 45)
    assert (case_system.hindered, case_system.lost) == (2, 20)
    assert (case_system.helped, case_system.gained) == (1, 5)


def test_direct_observation_is_the_three_closest(note, service):
    for proximity in ("own_practice", "alongside", "shadowed", "remote", "read_about"):
        note(proximity=proximity)

    summary = summary_of(service)

    assert summary.direct == 3
    assert [row.observations for row in summary.proximity] == [1, 1, 1, 1, 0, 1]


@pytest.mark.any_day
def test_every_note_has_one_kind_of_reply(note, service):
    shared = {"shared": True}
    ReplyFactory(observation=note(**shared))
    ReplyFactory(observation=note(**shared), disagreed=True)
    note(**shared)
    note(**shared, shared_at=timezone.now() - timedelta(days=30))
    note()
    note(practitioner=None)

    replies = summary_of(service).replies

    assert (replies.agreed, replies.disagreed, replies.no_reply) == (1, 1, 1)
    assert (replies.waiting, replies.not_shared, replies.no_practitioner) == (1, 1, 1)
    assert (replies.withheld, replies.of_someone, replies.why) == (1, 5, ("Not recorded",))


def test_how_being_observed_felt_is_counted_once_five_people_have_said(note, service):
    four = UserFactory.create_batch(4)
    for by, felt in zip(four, ["fair", "fair", "mostly", "unfair"], strict=True):
        ReplyFactory(observation=note(shared=True), by=by, fairness=felt)
    twice = ReplyFactory(observation=note(shared=True), by=four[0], fairness="fair")

    assert summary_of(service).replies.felt == ()

    twice.by = UserFactory()
    twice.save()

    felt = (("fair", 3), ("mostly fair", 1), ("not fair", 1))
    assert summary_of(service).replies.felt == felt


@pytest.mark.parametrize("days", range(9, 20))
def test_replies_agree_with_what_each_note_says(note, service, days):
    observation = note(shared=True, shared_at=timezone.now() - timedelta(days=days))

    replies = summary_of(service).replies

    assert {"Waiting": replies.waiting, "No reply": replies.no_reply}[observation.reply_words] == 1


def test_the_grid_counts_each_note_once_and_evenings_again(note, service, team, sibling_team):
    note(kind_of_work="direct_work")
    note(kind_of_work="conference", part_of_day="evening")
    note(unit=sibling_team, observed_on=date(2026, 10, 4))  # a Sunday

    summary = summary_of(service)

    grid = {
        row.unit: {
            column.code: count
            for column, count in zip(summary.columns, row.counts, strict=True)
            if count
        }
        for row in summary.coverage
    }
    assert grid[team] == {"home_visits": 1, "meetings": 1, "evenings": 1}
    assert grid[sibling_team] == {"home_visits": 1, "weekends": 1}
    assert (summary.evenings, summary.weekends) == (1, 1)
    assert sum(row.observations for row in summary.coverage) == summary.observations


# Meetings


def test_meetings_count_who_spoke_and_who_was_asked(note, service):
    for asked, decided in (("mother", "with"), ("chair", "to"), ("", "")):
        facts = MeetingFactsFactory(
            observation=note(kind_of_work="conference"), asked_first=asked, decided=decided
        )
        TalkShareFactory(meeting=facts, role="mother", minutes=10)
        TalkShareFactory(meeting=facts, role="chair", minutes=30)
    note(kind_of_work="conference")

    meetings = summary_of(service).meetings

    assert (meetings.meetings, meetings.timed) == (4, 3)
    assert (meetings.asked_family, meetings.asked) == (1, 2)
    assert {code: count for code, _, count in meetings.decided if count} == {"with": 1, "to": 1}
    assert meetings.family_share == 25
    assert [(row.role, row.minutes, row.meetings) for row in meetings.talk] == [
        ("chair", 90, 3),
        ("mother", 30, 3),
    ]


def test_a_share_by_month_needs_five_timed_meetings():
    months = [(date(2026, month, 1), count, 100, 40) for month, count in enumerate([5, 2, 3, 1], 1)]

    shares = family_shares(months)

    assert [(len(share.months), share.meetings, share.share) for share in shares] == [
        (1, 5, 40),
        (3, 6, 40),
    ]
    assert family_shares(months[3:])[0].share is None
    assert shares[1].words == "February to April 2026"


# Queries


def test_a_summary_takes_the_same_queries_at_any_length(note, service, theme):
    def notes(count):
        for observation in [note() for _ in range(count)]:
            RatingFactory(observation=observation)
            MentionFactory(
                passage=PassageFactory(observation=observation), theme=theme, confirmed=True
            )
        recount_all()

    def queries():
        unit = Unit.objects.get(pk=service.pk)
        with CaptureQueriesContext(connection) as captured:
            summarise(unit, WINDOW)
            passages_for(unit, WINDOW, theme=theme, side="helps")
            not_seen_lately(unit)
        return len(captured)

    notes(1)
    one = queries()
    notes(9)

    assert queries() == one <= 32


# Passages


def quotes(passages):
    return [passage.text for passage in passages.chosen]


def test_passages_are_confirmed_first_then_seen_then_heard(note, service, theme):
    observation = note()
    long_enough = "and so on for as many words as it takes."
    for kind, status, text in [
        ("heard", {"confirmed": True}, f"Heard, {long_enough}"),
        ("seen", {}, f"Suggested, {long_enough}"),
        ("seen", {"confirmed": True}, f"Seen, {long_enough}"),
    ]:
        passage = PassageFactory(observation=observation, kind=kind, text=text)
        MentionFactory(passage=passage, theme=theme, **status)

    found = passages_for(service, WINDOW, theme=theme, side="helps")

    assert [text.split(",")[0] for text in quotes(found)] == ["Seen", "Heard", "Suggested"]
    assert [passage.is_suggested for passage in found.chosen] == [False, False, True]
    assert (found.confirmed, found.suggested, found.looked) == (2, 1, 3)


def test_passages_are_by_different_observers_before_newest(note, service, theme):
    first, second = UserFactory(), UserFactory()
    for day, observer in ((7, first), (6, first), (5, second)):
        observation = note(observer=observer, observed_on=date(2026, 10, day))
        passage = PassageFactory(observation=observation)
        MentionFactory(passage=passage, theme=theme, confirmed=True)

    found = passages_for(service, WINDOW, theme=theme, side="helps", limit=2)

    assert [passage.observer_id for passage in found.chosen] == [first.pk, second.pk]


def test_passages_that_may_not_be_quoted_are_left_out(note, service, theme):
    observation = note()
    mine = PassageFactory(observation=observation, kind="reading")
    named = RedactionFactory(passage__observation=observation).passage
    rejected = PassageFactory(observation=observation)
    MentionFactory(passage=mine, theme=theme, confirmed=True)
    MentionFactory(passage=named, theme=theme, confirmed=True)
    MentionFactory(passage=rejected, theme=theme, rejected=True)

    found = passages_for(service, WINDOW, theme=theme, side="helps")

    assert quotes(found) == []
    assert found.words == "None found in 1 passage."


def test_passages_of_a_criterion_stand_for_it_or_against_it(
    note, service, framework_version, level
):
    criterion = framework_version.criteria.get(code="1.1")
    told = {"for": [], "against": []}
    for side, fields in [
        ("for", {"level": level(4)}),
        ("for", {"level": level(3)}),
        ("against", {"level": level(2)}),
        ("against", {"missed": True}),
    ]:
        observation = note()
        passage = PassageFactory(observation=observation)
        RatingFactory(observation=observation, criterion=criterion, **fields).passages.add(passage)
        told[side].append(passage.pk)

    for side, pks in told.items():
        found = passages_for(service, WINDOW, criterion=criterion, side=side)
        assert {passage.passage_id for passage in found.chosen} == set(pks)


def test_a_long_passage_is_quoted_by_whole_sentences(note, service, framework_version):
    observation = note()
    opening = "She asked the boy what he would change, and he said the mornings were too loud."
    text = f"Late. {opening} {'And so it went on for a while. ' * 8}"
    passage = PassageFactory(observation=observation, text=text)
    rating = RatingFactory(observation=observation)
    rating.passages.add(passage)

    found = passages_for(service, WINDOW, criterion=rating.criterion, side="for")

    (quoted,) = found.chosen
    assert quoted.text.startswith(opening)
    assert quoted.text.endswith(".")
    assert 8 <= len(quoted.text.split()) <= 45
    assert text[quoted.start : quoted.end] == quoted.text


def test_a_passage_says_where_it_is_from_and_what_was_answered(note, service, theme):
    observation = note(shared=True)
    ReplyFactory(observation=observation)
    MentionFactory(passage=PassageFactory(observation=observation), theme=theme, confirmed=True)

    (passage,) = passages_for(service, WINDOW, theme=theme, side="helps").chosen

    assert passage.from_words == "Seen. Home visit, October 2026. Agreed"
    assert passage.how == "Seen, home visit. The practitioner agreed."
    assert passage.url == observation.get_absolute_url()


# In words


def test_a_change_is_told_in_counts(across_versions, service):
    now = summarise(service, WINDOW)
    before = summarise(service, WINDOW.before)
    row = row_of(now, "1.1")

    words = change_words(row, before.criterion(row.criterion.pk), WINDOW.before)

    assert words == "Evident or strong in 2 of 2; in the six months before, it was not seen."


def test_a_change_of_a_theme_is_told_in_counts(note, service, theme):
    MentionFactory(passage=PassageFactory(observation=note()), theme=theme, confirmed=True)
    now = summary_of(service)

    words = change_words(now.theme(theme.pk), None, WINDOW.before)

    assert words == "1 passage that helps and none that hinder; in the six months before, none."


def test_in_short_is_three_sentences_at_most(note, service, sibling_team, theme):
    observation = note()
    RatingFactory(observation=observation)
    MentionFactory(passage=PassageFactory(observation=observation), theme=theme, confirmed=True)
    summary = summary_of(service)

    sentences = in_short(summary, row_of(summary, "1.1"))

    assert sentences == [
        "“Criterion 1.1” was evident or strong in 1 of the 1 observation where it was seen.",
        f"Named most often as a help: {theme.short[0].lower()}{theme.short[1:]}, in 1 passage.",
        "One of 2 teams was not seen.",
    ]


def test_nothing_seen_is_nothing_said(service, framework_version):
    summary = summary_of(service)

    assert in_short(summary) == []
    assert how_far_to_trust(summary) == []
    assert summary.meetings.family_share is None


@pytest.mark.any_day
def test_what_was_not_seen_lately_comes_longest_ago_first(note, service, team, sibling_team):
    today = date(2026, 11, 20)
    note(observed_on=date(2026, 7, 3))
    note(unit=sibling_team, observed_on=date(2026, 11, 18))
    note(unit=sibling_team, observed_on=date(2026, 9, 1), kind_of_work="duty")

    rows = not_seen_lately(service, on=today)

    assert [(row.label, last_seen_words(row, today)) for row in rows] == [
        ("Supervision, Field", "Never seen"),
        ("Supervision, River", "Never seen"),
        ("Home visits, River", "Last 3 July, 20 weeks ago"),
        ("Duty, Field", "Last 1 September, 11 weeks ago"),
    ]
    assert rows[2].months == (False, True, False, False, False, False)
