import json

import pytest
from django.core.management import CommandError, call_command

from observations.models import DirtyCell, Observation, Passage, Rating
from practicelens.people.models import Unit
from tests.factories import UserFactory

LINES = [
    {"authority": "port and moor", "inspected_on": "2023-05-12", "text": "Visits are unhurried."},
    {"authority": "port and moor", "inspected_on": "2023-05-12", "text": "Plans are hard to read."},
    {
        "authority": "upper vale",
        "inspected_on": "2024-01-19",
        "text": "Managers ask what was felt.",
    },
]
ABOUT = {"section": "summary", "grade": None, "overall": "good", "kind": "paragraph", "number": 1}


@pytest.fixture
def reader(db):
    return UserFactory(email="reader@example.org")


@pytest.fixture
def load(tmp_path, capsys, monkeypatch):
    # A busy machine would tell how long it took.
    monkeypatch.setattr("practicelens.local.words.SLOW", 3600)
    path = tmp_path / "paragraphs.jsonl"
    path.write_text("\n".join(json.dumps(ABOUT | line) for line in LINES))

    def run(observer):
        call_command("load_inspections", str(path), observer=observer)
        return capsys.readouterr().out

    return run


def test_each_inspection_is_one_observation_with_its_paragraphs(reader, load):
    told = load("reader@example.org")

    assert told == "2 authorities, 2 inspections and 3 paragraphs were added.\n"
    read = Observation.objects.counted().get(observed_on="2023-05-12")
    assert read.unit.name == "Port and Moor"
    assert read.unit.parent.name == "Inspected authorities"
    assert (read.observer, read.proximity, read.kind_of_work) == (
        reader,
        "read_about",
        "file_reading",
    )
    assert list(read.passages.order_by("position").values_list("kind", "text")) == [
        ("seen", "Visits are unhurried."),
        ("seen", "Plans are hard to read."),
    ]


def test_nothing_is_rated_and_everything_is_marked_to_be_counted(reader, load):
    load("reader@example.org")

    assert set(Rating.objects.values_list("outcome", flat=True)) == {"not_seen"}
    assert DirtyCell.objects.values("unit", "month").distinct().count() == 2
    assert not Observation.objects.exclude(coded_at=None).exists()


def test_loading_twice_is_loading_once(reader, load):
    load("reader@example.org")

    told = load("reader@example.org")

    assert told == "0 authorities, 0 inspections and 0 paragraphs were added.\n"
    assert Passage.objects.count() == 3


def test_an_unknown_observer_is_told_and_nothing_is_added(reader, load):
    with pytest.raises(CommandError, match="Nobody here has the email"):
        load("nobody@example.org")

    assert list(Unit.objects.all()) == [reader.organisation]
