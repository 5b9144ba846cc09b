import threading

import pytest
from django.core.management import call_command
from django.db import connection

from observations.mentions import actions
from observations.models import DirtyCell, Mention, Observation
from observations.notes import actions as notes
from observations.recounting import recount_observation
from reports.cells import rollup
from reports.models import CriterionCell, ThemeCell
from tests.factories import (
    CodebookFactory,
    MentionFactory,
    ObservationFactory,
    PassageFactory,
    RatingFactory,
    ThemeFactory,
)
from tests.reports.rig import everything_is_counted, until

pytestmark = pytest.mark.django_db


def counted_observation(unit, theme=None, observer=None, **mention):
    """Submitted and dirty, with one rating and, if a theme is given, one mention."""
    by = {"observer": observer} if observer else {}
    observation = ObservationFactory(unit=unit, submitted=True, **by)
    observation.refresh_from_db()
    RatingFactory(observation=observation)
    if theme:
        passage = PassageFactory(observation=observation)
        MentionFactory(passage=passage, theme=theme, **mention)
    recount_observation(observation)
    return observation


def criterion_counts():
    cells = CriterionCell.objects.order_by("criterion__position", "outcome", "level__position")
    return [
        (cell.criterion.code, cell.outcome, str(cell.level), cell.observations) for cell in cells
    ]


def theme_counts():
    return list(
        ThemeCell.objects.order_by("theme__position").values_list(
            "helps", "hinders", "neither", "observations", "suggested"
        )
    )


# Counting what is dirty


def test_a_criterion_is_counted_by_outcome_and_level(team, framework_version):
    for _ in range(2):
        counted_observation(team)
    missed = ObservationFactory(unit=team, submitted=True)
    missed.refresh_from_db()
    RatingFactory(observation=missed, missed=True)
    recount_observation(missed)

    done = rollup.roll_up_dirty()

    assert done == rollup.Counted(dirty_cells=3, cells=2)
    assert criterion_counts() == [
        ("1.1", "level", "Evident", 2),
        ("1.1", "missed", "None", 1),
    ]


def test_a_theme_is_counted_by_stance_and_by_who_has_looked_at_it(team, theme):
    counted_observation(team, theme, stance="hinders", confirmed=True)
    counted_observation(team, theme, stance="helps", confirmed=True)
    counted_observation(team, theme, stance="helps")
    counted_observation(team, theme, stance="neither", rejected=True)

    rollup.roll_up_dirty()

    assert theme_counts() == [(1, 1, 0, 2, 1)]


def test_an_observation_with_two_passages_on_a_theme_is_one_observation(team, theme):
    observation = counted_observation(team, theme, confirmed=True)
    MentionFactory(passage=PassageFactory(observation=observation), theme=theme, confirmed=True)

    rollup.roll_up_dirty()

    assert theme_counts() == [(2, 0, 0, 1, 0)]


def test_drafts_and_withdrawn_observations_are_not_counted(team, theme):
    for state in ("draft", "withdrawn"):
        observation = ObservationFactory(unit=team, **{state: True})
        observation.refresh_from_db()
        RatingFactory(observation=observation)
        MentionFactory(passage=PassageFactory(observation=observation), theme=theme)
        recount_observation(observation)

    assert rollup.roll_up_dirty() == rollup.Counted(dirty_cells=4, cells=0)


def test_a_cell_of_nothing_has_no_row(team, theme, psw):
    observation = counted_observation(team, theme, observer=psw, confirmed=True)
    rollup.roll_up_dirty()
    assert len(criterion_counts()) == len(theme_counts()) == 1

    notes.withdraw(observation=observation, by=psw)
    rollup.roll_up_dirty()

    assert criterion_counts() == theme_counts() == []


def test_a_theme_whose_only_mention_is_rejected_has_no_row(team, theme):
    observation = counted_observation(team, theme)
    rollup.roll_up_dirty()

    actions.decide_mention(
        mention=Mention.objects.get(), by=observation.observer, status=Mention.Status.REJECTED
    )
    rollup.roll_up_dirty()

    assert theme_counts() == []


def test_only_marked_cells_are_touched(team, sibling_team, framework_version):
    counted_observation(team)
    rollup.roll_up_dirty()
    untouched = CriterionCell.objects.get()

    counted_observation(sibling_team)
    rollup.roll_up_dirty()

    assert CriterionCell.objects.get(unit=team).pk == untouched.pk
    assert CriterionCell.objects.count() == 2


def test_no_more_marks_are_taken_than_asked_for(team, framework_version):
    for _ in range(3):
        counted_observation(team)

    done = [rollup.roll_up_dirty(limit=2).dirty_cells for _ in range(3)]

    assert done == [2, 1, 0]


@pytest.mark.parametrize(
    ("sql", "index"),
    [
        pytest.param(rollup.COUNT_CRITERIA, "observations_rating_cells", id="criteria"),
        pytest.param(rollup.COUNT_THEMES, "observations_mention_cells", id="themes"),
    ],
)
def test_marked_cells_are_read_from_the_covering_index_alone(team, theme, sql, index):
    """Where the whole rows are dear to fetch, as they are in a large archive."""
    for _ in range(5):
        counted_observation(team, theme, confirmed=True)
    month = Observation.objects.values_list("month", flat=True)[0]

    with connection.cursor() as cursor:
        for way in ("seqscan", "bitmapscan"):  # in a table of five rows all ways cost alike
            cursor.execute(f"SET LOCAL enable_{way} = off")
        look_past_other_indexes(cursor, index.removesuffix("_cells"), index)
        cursor.execute(f"EXPLAIN {sql}", [[team.pk], [month], [theme.pk]])
        plan = "\n".join(row[0] for row in cursor.fetchall())

    assert f"Index Only Scan using {index}" in plan


def look_past_other_indexes(cursor, table, index):
    """Those that look as good while a table has five rows."""
    cursor.execute(
        """
        UPDATE pg_index SET indisvalid = false
         WHERE indrelid = %s::regclass AND indexrelid <> %s::regclass
        """,
        [table, index],
    )


# Counting everything


def test_a_full_recount_puts_right_what_is_wrong_and_adds_what_is_missing(team, theme):
    counted_observation(team, theme, confirmed=True)
    rollup.roll_up_dirty()
    right = criterion_counts(), theme_counts()
    CriterionCell.objects.update(observations=7)
    ThemeCell.objects.update(helps=0, hinders=9)
    CriterionCell.objects.create(
        unit=team,
        month="2020-01-01",
        criterion=CriterionCell.objects.get().criterion,
        outcome="missed",
        observations=4,
    )

    assert rollup.recount_all() == 2
    assert (criterion_counts(), theme_counts()) == right

    CriterionCell.objects.all().delete()
    ThemeCell.objects.all().delete()
    assert rollup.recount_all() == 2
    assert (criterion_counts(), theme_counts()) == right


def test_a_full_recount_of_right_cells_writes_nothing(team, theme):
    counted_observation(team, theme, confirmed=True)
    rollup.roll_up_dirty()

    assert rollup.recount_all() == 0


# Comparing


def test_a_differing_cell_is_named_from_both_sides(team, theme):
    counted_observation(team, theme, confirmed=True)
    rollup.roll_up_dirty()
    assert rollup.differences() == []

    CriterionCell.objects.update(observations=7)
    ThemeCell.objects.all().delete()

    assert [(each.side, each.unit, each.counts) for each in rollup.differences()] == [
        ("counted", "River", "Evident 1"),
        ("stored", "River", "Evident 7"),
        ("counted", "River", "helps 1, hinders 0, neither 0, in 1 observations, 0 suggested"),
    ]


def test_a_marked_cell_is_waiting_and_not_wrong(team, framework_version):
    counted_observation(team)

    assert rollup.differences() == []
    DirtyCell.objects.all().delete()
    assert len(rollup.differences()) == 1


GONE = 2**40


@pytest.mark.parametrize("what", ["unit", "criterion"])
def test_a_cell_of_what_is_gone_is_found_and_put_right(team, framework_version, what):
    """The database holds no key of a cell (docs/decisions/0012)."""
    counted_observation(team)
    rollup.recount_all()
    DirtyCell.objects.all().delete()
    cell = CriterionCell.objects.first()
    CriterionCell.objects.filter(pk=cell.pk).update(**{f"{what}_id": GONE})

    stored = [each for each in rollup.differences() if each.side == "stored"]

    assert [getattr(each, "of" if what == "criterion" else what) for each in stored] == [
        f"no {what}"
    ]
    rollup.recount_all()
    assert rollup.differences() == []


@pytest.mark.parametrize("what", ["unit", "theme"])
def test_a_theme_cell_of_what_is_gone_is_found_and_put_right(team, theme, what):
    counted_observation(team, theme)
    rollup.recount_all()
    DirtyCell.objects.all().delete()
    ThemeCell.objects.update(**{f"{what}_id": GONE})

    stored = [each for each in rollup.differences() if each.side == "stored"]

    assert [getattr(each, "of" if what == "theme" else what) for each in stored] == [f"no {what}"]
    rollup.recount_all()
    assert rollup.differences() == []


def test_recount_check_names_each_differing_cell_and_fails(team, framework_version, capsys):
    counted_observation(team)
    rollup.roll_up_dirty()
    CriterionCell.objects.update(observations=7)

    with pytest.raises(SystemExit) as stopped:
        call_command("recount", check=True)

    assert stopped.value.code == 1
    assert "Criterion 1.1: Evident 7 is stored" in capsys.readouterr().out


def test_recount_check_says_so_when_no_cell_differs(team, framework_version, capsys):
    counted_observation(team)
    call_command("recount")

    call_command("recount", check=True)

    assert "No cell differs." in capsys.readouterr().out


# Two at once


def in_another_thread(function):
    """Run a function on a connection of its own, to its end."""

    def run():
        try:
            function()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(20)
    assert not thread.is_alive()


@pytest.fixture
def story(transactional_db, team, framework_version):
    """One unit and month, with a note that is counted already."""
    ThemeFactory(codebook=CodebookFactory(unit=team.parent.parent))
    counted_observation(team)
    rollup.roll_up_dirty()
    return team


def test_a_note_that_comes_in_while_its_cell_is_counted_is_counted_next(story, monkeypatch):
    """The note that a dirty row kept unique would lose for good."""
    counted_observation(story)
    lock_cells_of = rollup.lock_cells_of

    def write_then_lock(cursor, dirty):
        monkeypatch.setattr(rollup, "lock_cells_of", lock_cells_of)
        in_another_thread(lambda: counted_observation(story))
        lock_cells_of(cursor, dirty)

    monkeypatch.setattr(rollup, "lock_cells_of", write_then_lock)
    rollup.roll_up_dirty()

    assert DirtyCell.objects.count() == 1
    rollup.roll_up_dirty()
    assert CriterionCell.objects.get().observations == 3
    assert everything_is_counted()


def test_an_older_count_of_a_cell_never_comes_last(story, monkeypatch):
    counted_observation(story)
    count_again = rollup.count_again

    def let_a_newer_count_try(*arguments):
        monkeypatch.setattr(rollup, "count_again", count_again)
        done = count_again(*arguments)
        in_another_thread(lambda: counted_observation(story))
        newer.start()
        until(somebody_waits_for_an_advisory_lock)
        return done

    newer = threading.Thread(target=roll_up_and_close)
    monkeypatch.setattr(rollup, "count_again", let_a_newer_count_try)
    rollup.roll_up_dirty()
    newer.join(20)

    assert CriterionCell.objects.get().observations == 3
    assert everything_is_counted()


def test_a_roll_up_waits_for_a_full_recount(story, monkeypatch):
    sql = rollup.RECOUNT_THEMES
    newer = threading.Thread(target=roll_up_and_close)

    with connection.execute_wrapper(starts_before(sql, newer, story)):
        rollup.recount_all()
    newer.join(20)

    assert CriterionCell.objects.get().observations == 2
    assert everything_is_counted()


def starts_before(sql, newer, unit):
    """Before this statement a note comes in, and another roll-up tries to count it."""

    def wrapper(execute, statement, *arguments):
        if statement == sql:
            in_another_thread(lambda: counted_observation(unit))
            newer.start()
            until(somebody_waits_for_an_advisory_lock)
        return execute(statement, *arguments)

    return wrapper


def roll_up_and_close():
    try:
        rollup.roll_up_dirty()
    finally:
        connection.close()


def somebody_waits_for_an_advisory_lock():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        return cursor.fetchone()


def test_two_roll_ups_at_once_share_the_marks(story):
    for _ in range(30):
        counted_observation(story)

    threads = [threading.Thread(target=roll_up_and_close) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert CriterionCell.objects.get().observations == 31
    assert everything_is_counted()
