"""`manage.py code_passages`: run as anybody would, in a process of its own."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).resolve().parents[2]
THEMES = [
    {"name": "Listening", "description": "Whether people are heard.", "keywords": "listened heard"},
    {"name": "Screens", "description": "Computers.", "keywords": ["case system", "screen"]},
]


@pytest.fixture
def codebook(tmp_path):
    path = tmp_path / "codebook.json"
    path.write_text(json.dumps(THEMES), encoding="utf-8")
    return path


def run(codebook, typed, *arguments, program=("manage.py",)):
    """What it wrote. The addresses of database and broker lead nowhere."""
    nowhere = {
        "SECRET_KEY": "x",
        "DATABASE_URL": "postgres://nobody:none@127.0.0.1:9/none",
        "REDIS_URL": "redis://127.0.0.1:9/0",
    }
    return subprocess.run(
        [sys.executable, *program, "code_passages", "--codebook", str(codebook), *arguments],
        cwd=ROOT,
        env=os.environ | nowhere,
        input=typed.encode(),
        capture_output=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def refused(codebook, monkeypatch):
    """What is said of input that is not taken."""

    def refused(typed="", **options):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        with pytest.raises(CommandError) as error:
            call_command("code_passages", codebook=codebook, stdout=io.StringIO(), **options)
        return str(error.value)

    return refused


def lines(objects):
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in objects)


def coded(result):
    assert result.returncode == 0, result.stderr.decode()
    return [json.loads(line) for line in result.stdout.decode().splitlines()]


def test_passages_are_coded_in_order_without_a_database(codebook):
    text = "Whānau came. He listened warmly, but the screen froze."
    typed = lines([{"id": "b", "text": text}, {"id": 2, "text": ""}])

    first, second = coded(run(codebook, typed))

    listening, screens = first["mentions"]
    assert (first["id"], listening["theme"], screens["theme"]) == ("b", "Listening", "Screens")
    assert (listening["stance"], screens["stance"]) == ("helps", "hinders")
    assert text[slice(*listening["quote"])] == "He listened warmly, but the screen froze."
    assert [text[slice(*pair)] for pair in screens["words"]] == ["screen"]
    assert 0 < listening["score"] <= 1
    assert second == {"id": 2, "mentions": [], "stance": 0}


def test_what_people_confirmed_is_learned_first(codebook, tmp_path):
    said = [{"text": f"Mum had her say, {n}.", "labels": ["Listening"]} for n in range(12)]
    said += [{"text": f"It was typed twice, {n}.", "labels": ["Screens"]} for n in range(12)]
    (tmp_path / "confirmed.jsonl").write_text(lines(said), encoding="utf-8")
    model = tmp_path / "model.json"

    (line,) = coded(
        run(
            codebook,
            lines([{"id": 1, "text": "Mum had her say."}]),
            *("--confirmed", str(tmp_path / "confirmed.jsonl"), "--model", str(model)),
        )
    )

    assert [mention["theme"] for mention in line["mentions"]] == ["Listening"]
    assert set(json.loads(model.read_text())["themes"]) == {"Listening", "Screens"}


def test_no_connection_is_opened(codebook):
    """Run in an interpreter that refuses every socket."""
    refusing = (
        "import runpy, sys\n"
        "def refuse(event, found):\n"
        "    assert not event.startswith('socket.'), event\n"
        "sys.addaudithook(refuse)\n"
        "runpy.run_path('manage.py', run_name='__main__')\n"
    )
    result = run(codebook, lines([{"id": 1, "text": "He listened."}]), program=("-c", refusing))

    assert [mention["theme"] for mention in coded(result)[0]["mentions"]] == ["Listening"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param('{"id": 1, "text": "a"}\n{"id"', "passages, line 2: it is not JSON", id="cut"),
        pytest.param('["a"]', "passages, line 1: it should be an object", id="list"),
        pytest.param('{"text": "a"}', 'passages, line 1: "id"', id="no id"),
        pytest.param('{"id": 1}', 'passages, line 1: "text" should be text', id="no text"),
        pytest.param('\n{"id": 1, "text": 5}', 'passages, line 2: "text"', id="number"),
    ],
)
def test_a_wrong_line_is_named_with_its_field(refused, typed, said):
    assert said in refused(typed)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"text": "a"}, 'confirmed.jsonl, line 1: "labels" should be a list'),
        ({"text": "a", "labels": ["Lost"]}, 'line 1: "labels" names a theme not in the codebook'),
        ({"labels": []}, 'confirmed.jsonl, line 1: "text" should be text'),
    ],
)
def test_a_wrong_decision_is_named_with_its_field(refused, tmp_path, line, said):
    path = tmp_path / "confirmed.jsonl"
    path.write_text(lines([line]), encoding="utf-8")

    assert said in refused(confirmed=path)


@pytest.mark.parametrize(
    ("themes", "said"),
    [
        ({}, "codebook.json: it should be a list of themes"),
        ([{"name": ""}], 'codebook.json, theme 1: "name" should be text'),
        ([{"name": "A", "keywords": 3}], 'codebook.json, theme 1: "keywords"'),
        ([{"name": "A"}, {"name": "A"}], 'codebook.json, theme 2: "name" stands there twice'),
    ],
)
def test_a_wrong_codebook_is_named_with_its_field(refused, codebook, themes, said):
    codebook.write_text(json.dumps(themes), encoding="utf-8")

    assert said in refused()


def test_a_missing_file_is_named(tmp_path):
    result = run(tmp_path / "none.json", "")

    assert result.returncode == 1
    assert "none.json" in result.stderr.decode()
    assert "Traceback" not in result.stderr.decode()
