"""What a framework file holds: its keys, what may stand in each, and how long that may be.

Both forms of the file, JSON and spreadsheet, come to the same plain content. `fit` gives it in full
(what was left out is empty) with every fault in its shape; a fault's path leads through the content.
"""

import re
from datetime import date
from typing import NamedTuple

from frameworks.models import (
    Clause,
    Criterion,
    Domain,
    Example,
    Framework,
    LevelDescription,
    Lineage,
    Prompt,
    SecondLanguage,
    SecondWording,
    Standard,
)
from frameworks.models.languages import LANGUAGE_TAG
from frameworks.plain_text import LONGEST, UNWRITABLE, composed, plain

SCHEMA = "practicelens.framework/1"
MOST_ROWS = 20_000


class Fault(NamedTuple):
    """Something to put right, and where: a path of keys and places."""

    path: tuple
    words: str


class Text:
    """A text; its limit is that of the field that it comes to."""

    empty = ""

    def __init__(self, model, field, needed=False):
        self.limit = model._meta.get_field(field).max_length or LONGEST
        self.needed = needed

    def fit(self, value, path, faults):
        if not isinstance(value, str):
            faults.append(Fault(path, "has to be a text"))
            return ""
        text = plain(value)
        if words := self.wrong(text):
            faults.append(Fault(path, words))
        return UNWRITABLE.sub("", text)

    def wrong(self, text):
        if found := UNWRITABLE.search(text):
            return f"holds a character that can’t be kept (U+{ord(found[0]):04X}): take it out"
        if len(text) > self.limit:
            over = len(text) - self.limit
            return f"is {over:,} too long: at most {self.limit:,} characters"
        return "is empty: fill it in" if self.needed and not text else None


class Composed(Text):
    """A text in a second language."""

    def fit(self, value, path, faults):
        return composed(super().fit(value, path, faults))


class Tag(Text):
    """A language's tag."""

    def wrong(self, text):
        if not re.fullmatch(LANGUAGE_TAG.regex, text):
            return "has to be a tag as web pages carry it, such as mi or cy"
        return None


class Choice(Text):
    """One of a few words."""

    def __init__(self, choices):
        self.words, self.limit, self.needed = list(choices.values), LONGEST, True

    def wrong(self, text):
        if text not in self.words:
            return f"has to be one of {', '.join(self.words)}"
        return None


class Number:
    """A version's number, or nothing."""

    empty = None

    def __init__(self, needed=False):
        self.needed = needed

    def fit(self, value, path, faults):
        if value is None and not self.needed:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 9999:
            faults.append(Fault(path, "has to be a whole number from 1 to 9999"))
            return None
        return value


class Day:
    """A date written as 2026-09-01, or nothing."""

    empty = None

    def fit(self, value, path, faults):
        if value is None:
            return None
        try:
            return date.fromisoformat(value).isoformat()
        except (TypeError, ValueError):
            faults.append(Fault(path, "has to be a day, written as 2026-09-01"))
            return None


class Many:
    """A list, each of one kind."""

    def __init__(self, kind):
        self.kind = kind

    @property
    def empty(self):
        return []

    def fit(self, value, path, faults):
        if not isinstance(value, list):
            faults.append(Fault(path, "has to be a list"))
            return []
        return [self.kind.fit(each, (*path, place), faults) for place, each in enumerate(value)]


class Keyed(Many):
    """Values by code."""

    @property
    def empty(self):
        return {}

    def fit(self, value, path, faults):
        if not isinstance(value, dict):
            faults.append(Fault(path, "has to be an object"))
            return {}
        return {key: self.kind.fit(each, (*path, key), faults) for key, each in value.items()}


class Record:
    """Named values. One that is needed and missing is told, and so is one that has no place."""

    def __init__(self, needed=(), **kinds):
        self.needed, self.kinds = needed, kinds

    @property
    def empty(self):
        return {key: kind.empty for key, kind in self.kinds.items()}

    def fit(self, value, path, faults):
        if not isinstance(value, dict):
            faults.append(Fault(path, "has to be an object"))
            return self.empty
        for key in value.keys() - self.kinds.keys():
            faults.append(Fault((*path, key), "has no place here: take it out or mend its name"))
        return {key: self.part(key, value, path, faults) for key in self.kinds}

    def part(self, key, value, path, faults):
        if key in value:
            return self.kinds[key].fit(value[key], (*path, key), faults)
        if key in self.needed or getattr(self.kinds[key], "needed", False):
            faults.append(Fault((*path, key), "is missing"))
        return self.kinds[key].empty


class OrNothing:
    """A record that a file may do without."""

    empty = None

    def __init__(self, record):
        self.record = record

    def fit(self, value, path, faults):
        return None if value is None else self.record.fit(value, path, faults)


CRITERION = Record(
    code=Text(Criterion, "code", needed=True),
    name=Text(Criterion, "name", needed=True),
    look_for=Text(Criterion, "look_for", needed=True),
    missed=Text(Criterion, "missed"),
    levels=Keyed(Text(LevelDescription, "text")),
    prompts=Many(Text(Prompt, "text", needed=True)),
    examples=Many(
        Record(kind=Choice(Example.Kind), text=Text(Example, "text", needed=True)),
    ),
    clauses=Many(
        Record(
            standard=Text(Standard, "code", needed=True),
            clause=Text(Clause, "number", needed=True),
        )
    ),
)
DOMAIN = Record(
    needed=["criteria"],
    code=Text(Domain, "code", needed=True),
    name=Text(Domain, "name", needed=True),
    about=Text(Domain, "about"),
    criteria=Many(CRITERION),
)
CODE = Text(Framework, "code", needed=True)
FILE = Record(
    needed=["schema", "framework", "version", "domains"],
    schema=Text(Framework, "description"),
    framework=Record(
        code=Text(Framework, "code"),
        name=Text(Framework, "name", needed=True),
        description=Text(Framework, "description", needed=True),
        source=Text(Framework, "source"),
        licence=Text(Framework, "licence"),
    ),
    version=Record(
        number=Number(needed=True),
        follows=Number(),
        change_note=Text(Framework, "description"),
        effective_on=Day(),
        scale=CODE,
        levels=Many(CODE),
        causes=Many(CODE),
        lenses=Many(CODE),
    ),
    domains=Many(DOMAIN),
    lineage=Many(
        Record(
            kind=Choice(Lineage.Kind),
            **{"from": Text(Criterion, "code"), "to": Text(Criterion, "code")},
        )
    ),
    second_language=OrNothing(
        Record(
            needed=["words"],
            tag=Tag(SecondLanguage, "tag", needed=True),
            name=Composed(SecondLanguage, "name", needed=True),
            words=Many(
                Record(
                    first=Text(SecondWording, "first", needed=True),
                    second=Composed(SecondWording, "second"),
                )
            ),
        )
    ),
)


def fit(raw):
    """(content, faults) of what was read."""
    faults = []
    return FILE.fit(raw, (), faults), faults


def criteria_of(content):
    """(path, criterion) of each, in order."""
    for at, domain in enumerate(content["domains"]):
        for place, criterion in enumerate(domain["criteria"]):
            yield ("domains", at, "criteria", place), criterion


def words_in(content):
    """The rows of the second language; none where there is no such part."""
    return (content.get("second_language") or {"words": []})["words"]


def rows_in(content):
    """How many rows the file comes to."""
    within = ["levels", "prompts", "examples", "clauses"]
    rows = len(content["domains"]) + len(content["lineage"]) + len(words_in(content))
    return rows + sum(
        1 + sum(len(criterion[key]) for key in within) for _, criterion in criteria_of(content)
    )
