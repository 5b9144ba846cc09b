"""How the figures of the bench stand beside their goals."""

import json

import pytest

from tests.bench import bench, timing
from tests.bench.goals import CODING, GOALS, Figure, Goal
from tests.bench.runs import RUNS


@pytest.mark.parametrize(
    ("name", "value", "verdict"),
    [
        ("30 confirmed a theme: micro F1", 0.62, "ok"),
        ("30 confirmed a theme: micro F1", 0.6199, "miss"),
        ("memory while coding, MB", 400, "ok"),
        ("memory while coding, MB", 401, "miss"),
        ("labelled notes, holdout: notes with a residue", 0.13, "miss"),
        ("made-up notes: all", 0.1, ""),  # for comparison, with no goal
    ],
)
def test_a_missed_goal_is_said_to_be_missed(name, value, verdict):
    assert Figure(name, value).verdict == verdict


def test_a_figure_is_shown_beside_its_goal():
    residue = Figure("labelled notes, dev: notes with a residue", 0.031, ".1%")

    assert residue.cells() == [
        "labelled notes, dev: notes with a residue", "3.1%", "<= 12.0%", "ok",
    ]  # fmt: skip
    assert Figure("seconds to learn", 2.25, ".1f", "600 texts").cells() == [
        "seconds to learn, 600 texts", "2.2", "", "",
    ]  # fmt: skip


def test_goals_bound_from_one_side():
    assert all((goal.least is None) != (goal.most is None) for goal in GOALS.values())
    assert Goal(most=2).words(".0f") == "<= 2"


def test_labelled_texts_are_measured_shown_and_kept(tmp_path, monkeypatch, capsys):
    """The whole way, on a folder with next to nothing in it."""
    comments = tmp_path / "data" / "nhs_fft"
    comments.mkdir(parents=True)
    (comments / "codebook.json").write_text(
        json.dumps([{"name": "Waiting", "description": "Time", "keywords": "wait queue"}])
    )
    (comments / "dev.jsonl").write_text(
        "\n".join(
            json.dumps(
                {"id": at, "text": "We had to wait in the queue. " * 30, "labels": ["Waiting"]}
            )
            for at in range(6)
        )
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tests.bench.quality.demonstration", list)
    one = [{"text": "We met at ten and nobody was late.", "spans": []}]
    monkeypatch.setattr("tests.bench.made_up_notes.notes", lambda *_, **__: one)

    assert bench.main("--data", str(tmp_path / "data"), "--folds", "2") == 0

    printed = capsys.readouterr().out
    kept = {
        each["name"]: each for each in json.loads((tmp_path / "bench.json").read_text())["quality"]
    }
    assert kept["nothing confirmed: micro F1"] == {
        "name": "nothing confirmed: micro F1", "value": 1.0, "goal": ">= 0.500", "verdict": "ok",
    }  # fmt: skip
    assert "nothing confirmed: micro F1" in printed
    assert "goals reached" in printed
    assert "memory while coding, MB" in kept
    assert "30 confirmed a theme: micro F1" in CODING.keys() & kept.keys()


@pytest.fixture
def one_measure(tmp_path, monkeypatch):
    """Lets the bench find nothing but the given rows."""
    monkeypatch.chdir(tmp_path)

    def measure_just(*lines):
        monkeypatch.setattr(bench, "timings", lambda run: (list(lines), []))
        return bench.main()

    return measure_just


def test_a_size_that_is_none_is_refused_and_told_which_there_are(monkeypatch, capsys):
    monkeypatch.setenv("BENCH", "quick")

    assert bench.main() == 2
    assert "There is no BENCH=quick. There are: short, usual, full." in capsys.readouterr().out


def test_a_missed_time_is_a_warning_and_what_must_hold_a_failure(one_measure):
    slow = timing.judged("saving", 1, [4], [1], at_most=3)
    grows = timing.judged("one more observation", 1, [4], [1], at_most=3, must_hold=True)
    wrong = timing.all_of("cells wrong", 1, 2, 0)
    right = timing.all_of("cells wrong", 1, 0, 0)

    assert [slow.verdict, grows.verdict, wrong.verdict] == ["miss", "miss", "miss"]
    assert one_measure(slow, right) == 0
    assert one_measure(grows) == 1
    assert one_measure(wrong) == 1


def test_what_must_hold_is_not_told_while_the_machine_is_noisy(one_measure):
    noisy = timing.judged("one more", 1, [9, 9], [1, 2], at_most=3, must_hold=True)

    assert noisy.verdict == "noisy"
    assert one_measure(noisy) == 0


def test_a_folder_that_is_not_there_is_refused(capsys):
    with pytest.raises(SystemExit):
        bench.main("--data", "/nowhere/at/all")

    assert "there is no folder /nowhere/at/all" in capsys.readouterr().err


def test_every_run_holds_against_a_size_that_it_makes():
    assert all(run.base in run.sizes for run in RUNS.values())
