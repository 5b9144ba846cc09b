"""Reads the starters, and says in which file and under which key something is wrong."""

import tomllib
from pathlib import Path

STARTERS = Path(__file__).parent
WORKING_ALONGSIDE = {
    1: STARTERS / "working-alongside-1.toml",
    2: STARTERS / "working-alongside.toml",
}


class StarterFault(Exception):
    """A starter can't be used as it is; the words name the file and the key."""


class Section:
    """One table of a file, which knows where it is."""

    def __init__(self, values, file, where=""):
        self.values, self.file, self.where = values, file, where

    def fault(self, key, words):
        place = ", ".join(part for part in [self.file, self.where, key] if part)
        return StarterFault(f"{place}: {words}")

    def __getitem__(self, key):
        if key not in self.values:
            raise self.fault(key, "is missing")
        return self.values[key]

    def get(self, key, default):
        return self.values.get(key, default)

    def section(self, key):
        return Section(self[key], self.file, f"{self.where} {key}".strip())

    def sections(self, key, name="code"):
        """The tables of a list, each called by its code."""
        return [
            Section(each, self.file, f"{self.where} {key} {each.get(name, place)}".strip())
            for place, each in enumerate(self[key], start=1)
        ]

    def find(self, rows, key, code):
        """The row of a dict that a code names."""
        if code not in rows:
            raise self.fault(key, f"'{code}' is not known here")
        return rows[code]


def read(path):
    """A whole file as a Section."""
    path = Path(path)
    try:
        return Section(tomllib.loads(path.read_text()), path.name)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise StarterFault(f"{path.name}: {error}") from error


def read_framework(path):
    """A framework file; one that names a base is laid over it."""
    top = read(path)
    if "base" not in top.values:
        return top
    base = read(Path(path).parent / top["base"])
    replaced = {each["code"]: each.values for each in top.sections("criterion")}
    unknown = replaced.keys() | set(top.get("without", []))
    for domain in base["domain"]:
        unknown -= {each["code"] for each in domain["criterion"]}
        domain["criterion"] = [
            each | replaced.get(each["code"], {})
            for each in domain["criterion"]
            if each["code"] not in top.get("without", [])
        ]
    if unknown:
        raise top.fault("criterion", f"{', '.join(sorted(unknown))} not in {base.file}")
    overlay = {key: top[key] for key in top.values.keys() - {"base", "without", "criterion"}}
    return Section(base.values | overlay, top.file)
