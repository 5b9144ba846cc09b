"""Reads a codebook's file: the rows of a CSV, or the codes of a REFI-QDA codebook.

What it is is found out by what is in it, never by its name. Nothing is looked up here: what a file
says is held against a codebook in `taking_in.py`.
"""

import csv
import re
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from itertools import islice

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from frameworks.files.cells import one_line
from frameworks.files.parsing import NOT_OURS
from frameworks.plain_text import plain, writable
from frameworks.themes.files.columns import COLUMNS, LABELS
from practicelens.harmless import as_meant
from practicelens.people.setting_up import tables

LARGEST = 1024 * 1024
MOST_THEMES = 200
MOST_LOOKED_AT = 5_000  # rows or elements, those among them that say nothing
MOST_COLUMNS = 20  # that are told of, of those that no codebook has
DEEPEST = 12  # elements within each other
TOO_MANY = f"has more than {MOST_THEMES} themes: split it, and import each part"
OTHER_NAMES = {"theme": "name", "description": "definition", "keywords": "keywords"}
LABELLED = re.compile(rf"^({'|'.join(map(re.escape, LABELS.values()))}):[ \t]*", re.MULTILINE)
OF_LABEL = {label: name for name, label in LABELS.items()}


class Unreadable(Exception):
    """A file that can't be read at all; the words say what to do."""


@dataclass
class Said:
    """What a file says of one theme: {field: text}, of fields that it says anything of.

    `within` is the code without passages that it stands in; `is_heading` is so of such a code.
    """

    where: str
    values: dict
    guid: str = ""
    within: str = ""
    is_heading: bool = False


@dataclass
class Read:
    """What a file says, in order, and what of it is not read, as (where, words)."""

    said: list = field(default_factory=list)
    left: list = field(default_factory=list)


def read(data):
    """What is in a file; raises Unreadable."""
    if not data.strip():
        raise Unreadable("is empty: choose another")
    if len(data) > LARGEST:
        raise Unreadable("is larger than 1 MB: split it, and import each part")
    for begins, words in NOT_OURS.items():
        if data.startswith(begins):
            raise Unreadable(words.replace("spreadsheet or JSON file", "CSV file"))
    if data.startswith(b"PK"):
        raise Unreadable(
            "is a spreadsheet or a whole project: save the sheet as CSV, "
            "or export the codebook alone (.qdc)"
        )
    found = of_qdc(data) if is_xml(data) else of_csv(data)
    if len(found.said) > MOST_THEMES:
        raise Unreadable(TOO_MANY)
    if not found.said:
        raise Unreadable("has no theme in it: choose another")
    return found


def is_xml(data):
    return data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def cleaned(text):
    return writable(plain(text))


# CSV


def of_csv(data):
    found = Read()
    rows = rows_of(data)
    _, head = next(rows, (0, []))
    columns = columns_of(head, found)
    for number, cells in rows:
        values = {name: cells[at] if at < len(cells) else "" for at, name in columns.items()}
        found.said.append(Said(f"Row {number}", values))
    return found


def rows_of(data):
    """(number, texts) of each row that says something."""
    try:
        text = tables.decoded(data)
        # csv can't be told how much of a field to take; a file is no longer than this as a whole.
        csv.field_size_limit(LARGEST)
        lines = csv.reader(StringIO(text, newline=""), delimiter=tables.mark_in(data))
        for number, line in enumerate(islice(lines, MOST_LOOKED_AT + 1), start=1):
            if number > MOST_LOOKED_AT:
                raise Unreadable(TOO_MANY)
            cells = [cleaned(as_meant(cell)) for cell in line]
            if any(cells):
                yield number, cells
    except (csv.Error, tables.Unreadable) as error:
        raise Unreadable("is neither CSV nor a REFI-QDA codebook (.qdc): save it as CSV") from error


def columns_of(head, found):
    """{place: field} of a row of headings, however they are written; the others are left."""
    names = names_of_headings()
    columns = {}
    for at, heading in enumerate(head):
        name = names.get(folded(heading))
        if name in columns.values():
            raise Unreadable(f"has two columns for {COLUMNS[name]}: keep one")
        if name:
            columns[at] = name
        elif heading and len(found.left) < MOST_COLUMNS:
            found.left.append((f"Column “{one_line(heading)[:60]}”", "is not one of a codebook."))
    if "name" not in columns.values():
        raise Unreadable("has no column Name: download a codebook to see which columns it takes")
    return columns


def names_of_headings():
    own = {folded(heading): name for name, heading in COLUMNS.items()}
    return own | {folded(name): name for name in COLUMNS} | OTHER_NAMES


def folded(heading):
    return re.sub(r"[\W_]", "", heading).casefold()


# REFI-QDA


def of_qdc(data):
    book = tree_of(data)
    if local(book) == "Project":
        raise Unreadable("is a whole project: export its codebook alone (.qdc)")
    if local(book) != "CodeBook":
        raise Unreadable("is XML, but no REFI-QDA codebook: export the codebook as .qdc")
    found = Read()
    for codes in named(book, "Codes"):
        take_codes(codes, found)
    return found


def tree_of(data):
    """The root of a file's elements; no more are made of it than it may have, nor any entity."""
    root, depth, count = None, 0, 0
    try:
        for event, element in iterparse(BytesIO(data), events=("start", "end"), forbid_dtd=True):
            root = element if root is None else root
            depth += 1 if event == "start" else -1
            count += event == "start"
            if depth > DEEPEST:
                raise Unreadable("has codes nested too deep: bring them up, and export it again")
            if count > MOST_LOOKED_AT:
                raise Unreadable(TOO_MANY)
    except DefusedXmlException as error:
        raise Unreadable("has parts that no codebook has: export it again as .qdc") from error
    except (ParseError, LookupError, ValueError) as error:
        raise Unreadable("is damaged or no whole XML: export it again as .qdc") from error
    return root


def take_codes(parent, found, within="", is_child=False):
    for code in named(parent, "Code"):
        name = cleaned(one_line(code.get("name", "")))
        is_heading = code.get("isCodable", "").strip().lower() in ("false", "0")
        descriptions = named(code, "Description")
        text = "\n\n".join(cleaned("".join(each.itertext())) for each in descriptions)
        where = f"Code {len(found.said) + 1}" + (f" (“{name[:60]}”)" if name else "")
        guid = code.get("guid", "").strip(" {}").lower()
        values = {"name": name} | described(text)
        found.said.append(Said(where, values, guid, within, is_heading))
        if is_child and not is_heading:
            found.left.append((where, "stands within another code. It comes in beside it."))
        # Recursion is as deep as the elements, which are counted before.
        take_codes(code, found, name if is_heading else within, is_child=not is_heading)


def described(text):
    """{field: text} of a code's description: the definition, and what has a label of ours."""
    definition, *rest = LABELLED.split(text)
    labelled = zip(rest[::2], rest[1::2], strict=True)
    values = {OF_LABEL[label]: said.strip() for label, said in labelled}
    return values | ({"definition": definition.strip()} if definition.strip() else {})


def named(element, name):
    return [child for child in element if local(child) == name]


def local(element):
    """An element's name; of another namespace than those of the standard's versions, none."""
    if not isinstance(element.tag, str):
        return ""
    space, _, name = element.tag.rpartition("}")
    return name if not space or space.startswith("{urn:QDA-XML:") else ""
