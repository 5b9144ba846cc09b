"""The lists that come with PracticeLens, by who they are for; read once, and never changed."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from frameworks.models.lists import ABOUT, ListOf

FOLDER = Path(__file__).parent.parent / "starters" / "lists"
OTHERWISE = "children-england"  # where no list is shipped for a country


@dataclass(frozen=True)
class Listed:
    """One entry, as it is offered or was."""

    of: str
    code: str
    label: str
    about: str = ""
    is_retired: bool = False

    @property
    def about_words(self):
        return ABOUT[self.of](self.about).label if self.about else ""


@dataclass(frozen=True)
class Shipped:
    """The three lists of one kind of service."""

    code: str
    name: str
    jurisdictions: tuple
    entries: tuple

    def of(self, of):
        return [each for each in self.entries if each.of == of]


@cache
def shipped():
    """{code: Shipped}, in the order of their names."""
    found = [read(path) for path in FOLDER.glob("*.toml")]
    return {each.code: each for each in sorted(found, key=lambda each: each.name)}


def read(path):
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    entries = [Listed(of.value, **entry) for of in ListOf for entry in told[of.value]]
    return Shipped(path.stem, told["name"], tuple(told["jurisdictions"]), tuple(entries))


def shipped_for(jurisdiction):
    """What teams of a country have until someone chooses otherwise."""
    fits = (each for each in shipped().values() if jurisdiction in each.jurisdictions)
    return next(fits, shipped()[OTHERWISE])


@cache
def by_code():
    """{(list, code): Listed}; of a code in several lists, that of the children's list first."""
    first = shipped()[OTHERWISE]
    rest = [each for each in shipped().values() if each != first]
    entries = [entry for each in reversed([first, *rest]) for entry in each.entries]
    return {(entry.of, entry.code): entry for entry in entries}


def label_of(of, code):
    """The label of a shipped entry, whoever it is shipped for; the code in words otherwise."""
    entry = by_code().get((of, code))
    return entry.label if entry else code.replace("_", " ").capitalize()


def label_then(labels, of, code):
    """What a code was called when it was written, by the labels that were kept with it; empty for none."""
    return code and (labels.get(of, {}).get(code) or label_of(of, code))


def about_of(of, code):
    """What a shipped entry is about; empty for none."""
    entry = by_code().get((of, code))
    return entry.about if entry else ""
