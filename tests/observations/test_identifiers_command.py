import io
import json

import pytest
from django.core.management import CommandError, call_command

from observations.management.commands import find_identifiers


@pytest.fixture
def run(monkeypatch):
    def run(*passages, **options):
        lines = "\n".join(json.dumps(passage) for passage in passages)
        monkeypatch.setattr("sys.stdin", io.StringIO(lines))
        written = io.StringIO()
        call_command("find_identifiers", stdout=written, **options)
        return [json.loads(line) for line in written.getvalue().splitlines()]

    return run


def test_every_passage_gets_its_line_in_order(run):
    found = run({"id": "b", "text": "Nothing here."}, {"id": "a", "text": "Ring 07700 900123."})

    assert found == [{"id": "b", "spans": []}, {"id": "a", "spans": [[5, 17, "PHONE"]]}]


def test_types_are_those_of_labelled_notes(run):
    text = "zofia and Mrs Nowak, NHI ZAC5361, D.B., 9 Mill Lane, LS1 1AA, 2/3/2015, LCS-614650"

    (found,) = run({"id": 1, "text": text})

    kinds = [kind for _, _, kind in found["spans"]]
    assert kinds == [
        "PERSON_LC", "PERSON", "NHS", "INITIALS", "ADDRESS", "POSTCODE", "DATE", "CASE",
    ]  # fmt: skip


def test_people_of_a_file_are_known(run, tmp_path):
    path = tmp_path / "people.txt"
    path.write_text("Bo Marsh\n\n", encoding="utf-8")

    (found,) = run({"id": 1, "text": "then bo marsh left"}, people=path)

    assert found["spans"] == [[5, 13, "PERSON_LC"]]


def test_a_missing_file_is_told(run, tmp_path):
    with pytest.raises(CommandError, match="There is no file"):
        run(people=tmp_path / "none")


def test_a_text_that_could_not_be_read_is_one_span(run, monkeypatch):
    def fail(text, people):
        raise find_identifiers.identifiers.CouldNotLook

    monkeypatch.setattr(find_identifiers.identifiers, "find", fail)

    assert run({"id": 1, "text": "Hm."}) == [{"id": 1, "spans": [[0, 3, "UNREAD"]]}]
