"""What a file of people or of units looks like, and how it is read."""

import csv
import io
from dataclasses import dataclass, field

LARGEST = 1024 * 1024
MOST_ROWS = 2000

# Each column with what goes into it, as the page says it.
COLUMNS = {
    "units": {
        "name": "What it is called.",
        "short code": "Small letters, digits and hyphens, such as first-response.",
        "kind": "Service or site, or Team.",
        "stands under": "The short code of a unit that is here, or in the same file.",
        "jurisdiction": "Leave it empty to take that of the unit it stands under.",
    },
    "people": {
        "name": "First and last name.",
        "email": "Their address at work: they sign in with it.",
        "post": "Their job title. It may be empty.",
        "role": "Such as Practice leader. Empty for none yet. For a second role, repeat the row.",
        "unit": "The short code of the unit on which they hold the role.",
    },
}


class Unreadable(Exception):
    """The file is no table of people or of units; the words say what to do."""


@dataclass
class Table:
    """`rows` are (number of the row in the spreadsheet, {column: what is in it})."""

    kind: str
    rows: list = field(default_factory=list)


def template(kind):
    """An empty table, as a spreadsheet program opens it."""
    return "\ufeff" + ",".join(COLUMNS[kind]) + "\r\n"


def read(content):
    """The table in a file's bytes."""
    lines = list(csv.reader(io.StringIO(decoded(content), newline=""), delimiter=mark_in(content)))
    if not lines:
        raise Unreadable("The file is empty. Fill in a template and save it as CSV.")
    head = [each.strip().lower() for each in lines[0]]
    kind = next((kind for kind, columns in COLUMNS.items() if set(columns) <= set(head)), None)
    if kind is None:
        raise Unreadable(missing(head))
    table = Table(kind)
    for number, cells in enumerate(lines[1:], start=2):
        row = dict(zip(head, (each.strip() for each in cells), strict=False))
        if any(row.values()):
            table.rows.append((number, {name: row.get(name, "") for name in COLUMNS[kind]}))
    if not table.rows:
        raise Unreadable(
            "There is no row under the first one. Add one for each, and save it again."
        )
    if len(table.rows) > MOST_ROWS:
        raise Unreadable(f"There are more than {MOST_ROWS} rows. Split the file.")
    return table


def decoded(content):
    """As it is saved by the common spreadsheet programs."""
    if b"\0" in content:
        raise Unreadable("This is no CSV file. Save the sheet as CSV, and choose that file.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def mark_in(content):
    """What parts the columns: where a comma is a decimal mark, it is a semicolon."""
    head = content.split(b"\n", 1)[0]
    return max(",;\t", key=lambda mark: head.count(mark.encode()))


def missing(head):
    """Which columns the first row lacks, of the table that it is most like."""
    like = max(COLUMNS, key=lambda kind: len(set(COLUMNS[kind]) & set(head)))
    left = ", ".join(name for name in COLUMNS[like] if name not in head)
    return f"Row 1 has to name the columns of the template. It lacks: {left}."
