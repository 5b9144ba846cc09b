"""Passages and a codebook that stay as they are, and what both engines make of them.

    python -m tests.observations.fixed_corpus

keeps what they make of them today, once whoever changed it has raised a version.
"""

import hashlib
import json
from datetime import date
from pathlib import Path
from unittest import mock

from observations import coding, identifiers
from observations.coding import lists as coding_lists
from observations.coding.learning import Confirmed, train
from observations.coding.version import LISTS as CODING_LISTS
from observations.identifiers import lists as identifier_lists
from observations.identifiers import numbers
from observations.identifiers.version import LISTS as IDENTIFIER_LISTS

HERE = Path(__file__).parent / "corpus"
PEOPLE = ("Priya Nair", "Hēmi Parata", "Tom Ashworth")
PLACES = ("Riverside", "Leaving Care")


class TheDay(date):
    """A birth is told from a date by today's year, so today stays one day."""

    @classmethod
    def today(cls):
        return cls(2026, 11, 2)


def passages():
    return [json.loads(line) for line in lines_of("passages.jsonl")]


def lines_of(name):
    return (HERE / name).read_text(encoding="utf-8").splitlines()


def codebook():
    fields = ("code", "name", "definition", "keywords", "examples")
    themes = json.loads((HERE / "codebook.json").read_text(encoding="utf-8"))
    return coding.Codebook(
        tuple(
            coding.Theme(
                *(tuple(each[f]) if isinstance(each[f], list) else each[f] for f in fields)
            )
            for each in themes
        )
    )


def suggestions():
    """A line a passage: what its words suggest, and what is learned from taking all that as right."""
    texts, book = passages(), codebook()
    by_words = [coding.code(text, book) for text in texts]
    labels = [tuple(found.theme for found in each.suggestions) for each in by_words]
    model = train(book, [Confirmed(*each) for each in zip(texts, labels, strict=True)])
    for text, coded in zip(texts, by_words, strict=True):
        yield [
            round(coded.stance, 4),
            *([*shown(found), found.score] for found in coded.suggestions),
            # Fewer digits: the last may be another on another processor.
            *(
                [*shown(found), round(found.score, 2)]
                for found in coding.suggest(text, book, model)
            ),
        ]


def shown(found):
    return [found.theme, found.stance, found.start, found.end, found.words]


def names():
    """A line a passage: what is found in it, and what is put in its place."""
    with mock.patch.object(numbers, "date", TheDay):
        for text in passages():
            found = identifiers.find(text, people=PEOPLE, allow=PLACES)
            masked = identifiers.mask(text, found).text
            yield [masked, *([each.start, each.end, each.kind] for each in found)]


def entries(folder, leave_out="~"):
    """The SHA-256 of the words of a folder's lists: their order, comments and spaces are no words."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.txt")):
        if not path.name.startswith(leave_out):
            lines = path.read_text(encoding="utf-8").splitlines()
            said = {" ".join(line.split()) for line in lines if not line.startswith("#")}
            digest.update("\n".join([path.name, *sorted(said - {""})]).encode())
    return digest.hexdigest()


def today():
    """`{name: {version, lists, words, output}}` of both engines as they are."""
    return {
        "coding": {
            "version": coding.VERSION,
            "lists": CODING_LISTS,
            "words": entries(coding_lists.HERE, leave_out="signs_"),
            "output": as_lines(suggestions()),
        },
        "identifiers": {
            "version": identifiers.VERSION,
            "lists": IDENTIFIER_LISTS,
            "words": entries(identifier_lists.HERE, leave_out="common_"),
            "output": as_lines(names()),
        },
    }


def as_lines(rows):
    return [json.dumps(row, ensure_ascii=False) for row in rows]


def kept(name):
    first, *output = lines_of(f"{name}.jsonl")
    return json.loads(first) | {"output": output}


def keep(name, found):
    first = json.dumps({key: found[key] for key in ("version", "lists", "words")})
    (HERE / f"{name}.jsonl").write_text("\n".join([first, *found["output"]]) + "\n", "utf-8")


def why_not(before, now):
    """What has to be done before `now` can be kept in place of `before`; empty if nothing has."""
    if now["output"] != before["output"] and now["version"] == before["version"]:
        return "Other suggestions or names than before: raise the version of what changed."
    if now["words"] != before["words"] and now["lists"] == before["lists"]:
        return "A list has other words than before: raise the version of the lists."
    return ""


def main():
    for name, found in today().items():
        if (HERE / f"{name}.jsonl").exists() and (why := why_not(kept(name), found)):
            raise SystemExit(f"{name}: {why}")
        keep(name, found)


if __name__ == "__main__":
    main()
