"""Finds out what a file is by what is in it, never by its name, and reads it into content."""

import json
import re
from itertools import islice
from typing import NamedTuple

from frameworks.files import archive, shape, spreadsheet_in
from frameworks.files.shape import MOST_FAULTS, MOST_ROWS, Fault, rows_in
from frameworks.plain_text import UNWRITABLE

LARGEST = 5 * 1024 * 1024
# Each row has a few values, and a criterion up to sixteen. They are counted before any is made.
MOST_VALUES = 16 * MOST_ROWS
TEXTS_AND_MARKS = re.compile(r'"(?:[^"\\]|\\.)*+"?|[,{\[]', re.DOTALL)
NOT_OURS = {
    b"%PDF": "is a PDF: choose the spreadsheet or JSON file it was made from",
    b"\xd0\xcf\x11\xe0": "is an older Office file (.xls or .doc), or has a password: "
    "save it as .xlsx without one",
    b"\xff\xfe": "is saved as UTF-16: save it as UTF-8",
    b"\xfe\xff": "is saved as UTF-16: save it as UTF-8",
}


class Unreadable(Exception):
    """A file that can't be read at all; the words say what to do."""


class Read(NamedTuple):
    """What a file holds, its faults so far, and how to say where something is in it.

    `is_partial` is so where a sheet or a column is missing: what else is wrong can't be known yet.
    """

    content: dict
    faults: list
    where: callable
    is_partial: bool = False
    told: frozenset = frozenset()

    def in_words(self, more=()):
        """[(where, words)] of its faults and of more; each once, and no cell for two reasons that
        come to one: what can't be read is not also said to be empty."""
        own = [(self.where(each.path), each.words) for each in self.faults]
        others = [(self.where(each.path), each.words) for each in more]
        fresh = [each for each in others if each[0].partition(" (")[0] not in self.told]
        return list(dict.fromkeys([*own, *fresh]))


def read(data):
    """A file's content as a Read; raises Unreadable."""
    if not data.strip():
        raise Unreadable("is empty: choose another")
    if len(data) > LARGEST:
        raise Unreadable("is larger than 5 MB: split the framework, or take out what is not text")
    for begins, words in NOT_OURS.items():
        if data.startswith(begins):
            raise Unreadable(words)
    return read_spreadsheet(data) if data.startswith(b"PK") else read_json(data)


def read_spreadsheet(data):
    try:
        found = spreadsheet_in.read(archive.opened(data))
    except (archive.Refused, spreadsheet_in.NotASpreadsheet) as error:
        raise Unreadable(str(error)) from error
    content, faults = shape.fit(found.raw)
    faults = found.faults + ([] if found.is_partial else found.not_told(faults))
    return Read(content, faults, found.where, found.is_partial, frozenset(found.told))


def read_json(data):
    faults = []
    raw = parsed(text_of(data), faults)
    if rows_in(raw) > MOST_ROWS:
        return Read({}, [Fault((), too_much())], json_path, is_partial=True)
    content, of_shape = shape.fit(raw)
    return Read(content, faults + of_shape, json_path)


def too_much():
    return f"comes to more than {MOST_ROWS:,} rows: split it"


def text_of(data):
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(f"is not saved as UTF-8 (line {line}): save it as UTF-8") from error


def parsed(text, faults):
    if not text.lstrip().startswith("{"):
        raise Unreadable("is neither a spreadsheet (.xlsx) nor JSON: download the template")
    if has_too_many_values(text):
        raise Unreadable(too_much())
    try:
        return json.loads(
            text,
            object_pairs_hook=lambda pairs: once(pairs, faults),
            parse_constant=lambda name: name,
        )
    except json.JSONDecodeError as error:
        words = f"is not whole JSON: look at line {error.lineno}, column {error.colno}"
        raise Unreadable(words) from error
    except (RecursionError, ValueError) as error:
        raise Unreadable("is JSON that is nested too deep or has a number too long") from error


def has_too_many_values(text):
    marks = (found for found in TEXTS_AND_MARKS.finditer(text) if not found[0].startswith('"'))
    return next(islice(marks, MOST_VALUES, None), None) is not None


def once(pairs, faults):
    """A JSON object; a key that is in it twice is reported, for the second would win."""
    found = {}
    for key, value in pairs:
        key = UNWRITABLE.sub("\ufffd", key)  # a page that tells of it can't hold these
        if key in found and len(faults) < MOST_FAULTS:
            faults.append(Fault((key,), "is twice in one object: keep one"))
        found[key] = value
    return found


def json_path(path):
    """A path as JSON tools write it, such as domains[0].criteria[2].name."""
    words = "".join(f"[{each}]" if isinstance(each, int) else f".{each}" for each in path)
    return words.lstrip(".") or "The file"
