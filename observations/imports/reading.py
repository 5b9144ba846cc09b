"""Reads what people have into one table: spreadsheets, CSV, and Word forms of labels and answers."""

import csv
import io
import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from frameworks.files import archive, cells
from frameworks.files.cells import one_line
from frameworks.files.parsing import LARGEST, NOT_OURS
from frameworks.plain_text import LONGEST, plain, writable
from observations.imports import word_forms
from practicelens.people.setting_up import tables

MOST_ROWS = 2_000
MOST_COLUMNS = 100
MOST_LOOKED_AT = 10 * MOST_ROWS  # rows, the blank ones among them
HEAD_WITHIN = 20  # rows: a title or two may stand above the headings
LONGEST_HEADING = 200
FIGURES = re.compile(r"\s*(\d{1,2})[/.\-](\d{1,2})[/.\-]\d{2,4}")
AGAIN = "copy its rows to a new spreadsheet"
BOOK = archive.Wanted(
    "xl/workbook.xml", "spreadsheet", ".xlsx", "is no spreadsheet: save it as .xlsx or CSV", AGAIN
)
TOO_MANY = f"has more than {MOST_ROWS:,} rows: split it, and import each part"


class Unreadable(Exception):
    """A file that can't be read at all; the words say what to do."""


@dataclass
class Table:
    """Headings, each once, and rows of (number in the file, texts in the order of the headings).

    A text is {"fault": words} where the cell holds none.
    """

    headings: list
    rows: list = field(default_factory=list)


def is_word(data):
    """Whether these bytes are to be read as a Word form, by what is in them."""
    return data.startswith(b"PK") and b"word/document.xml" in data


def read(data):
    """The Table in a file; raises Unreadable."""
    if not data.strip():
        raise Unreadable("is empty: choose another")
    if len(data) > LARGEST:
        raise Unreadable("is larger than 5 MB: split it, and import each part")
    for begins, words in NOT_OURS.items():
        if data.startswith(begins):
            raise Unreadable(words.replace("spreadsheet or JSON file", "file"))
    try:
        if is_word(data):
            return of_word(data)
        return of_rows(rows_of_book(data) if data.startswith(b"PK") else rows_of_csv(data))
    except (archive.Refused, word_forms.NoTable) as error:
        raise Unreadable(str(error)) from error
    except tables.Unreadable as error:
        raise Unreadable("is no spreadsheet, CSV or Word document: save it as .xlsx") from error


# Spreadsheets


def rows_of_book(data):
    """[(number, texts)] of the first sheet that is shown and has more than one row with something."""
    opened = archive.opened(data, BOOK)
    try:
        book = load_workbook(opened.fp, read_only=True, data_only=False)
        for sheet in book.worksheets:
            rows = rows_of_sheet(sheet) if sheet.sheet_state == "visible" else []
            if len(rows) > 1:
                return rows
    except Unreadable:
        raise
    # A file made by hand breaks a reader in more ways than can be listed: none is our failure.
    except Exception as error:
        raise Unreadable("can’t be read as a spreadsheet: save it again as .xlsx") from error
    raise Unreadable("has no sheet with a row of headings and a row under it")


def rows_of_sheet(sheet):
    sheet.reset_dimensions()
    found = sheet.iter_rows(max_row=MOST_LOOKED_AT, max_col=MOST_COLUMNS)
    return told(
        (number, [text_of(cell) for cell in row]) for number, row in enumerate(found, start=1)
    )


def text_of(cell):
    """The text that is meant by a cell; a day as computers write it, a time as a clock has it."""
    value = getattr(cell, "value", None)
    if getattr(cell, "data_type", "n") in ("f", "e"):
        try:
            return cells.read(cell)
        except cells.NotText as error:
            return {"fault": str(error)}
    if isinstance(value, date):
        return (value.date() if isinstance(value, datetime) else value).isoformat()
    if isinstance(value, (time, timedelta)):
        return cells.clock_words(value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if cells.is_whole(value):
        return str(int(value))
    return cleaned(f"{value:.10g}" if cells.is_number(value) else cells.read(cell))


def cleaned(text):
    return writable(plain(text))[:LONGEST]


# CSV


def rows_of_csv(data):
    text = tables.decoded(data)
    # csv can't be told how much of a field to take; a file is no longer than this as a whole.
    csv.field_size_limit(LARGEST)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=tables.mark_in(data))
    try:
        return told(
            (number, [cleaned(cell) for cell in line[:MOST_COLUMNS]])
            for number, line in enumerate(islice(lines, MOST_LOOKED_AT), start=1)
        )
    except csv.Error as error:
        raise Unreadable("can’t be read as CSV: save it as .xlsx") from error


# From rows to a table


def told(rows):
    """Those that say something; stops where there are too many."""
    found = []
    for number, texts in rows:
        if any(texts):
            found.append((number, texts))
        if len(found) > MOST_ROWS + HEAD_WITHIN:
            raise Unreadable(TOO_MANY)
    return found


def of_rows(rows):
    """The Table of rows of which one of the first has the headings."""
    if len(rows) < 2:
        raise Unreadable("has no row of headings with a row under it")
    at = place_of_head(rows)
    head, body = rows[at][1], rows[at + 1 :]
    if len(body) > MOST_ROWS:
        raise Unreadable(TOO_MANY)
    width = max(len(texts) for _, texts in [rows[at], *body])
    used = [
        place
        for place in range(width)
        if cell_at(head, place) or any(cell_at(texts, place) for _, texts in body)
    ]
    headings = once([heading_of(cell_at(head, place), place) for place in used])
    return Table(headings, [(n, [cell_at(texts, at) for at in used]) for n, texts in body])


def place_of_head(rows):
    """The first row with two cells or more: a title that is merged over all of them is in one."""
    wide = (at for at, (_, texts) in enumerate(rows[:HEAD_WITHIN]) if sum(map(bool, texts)) > 1)
    at = next(wide, 0)
    return at if at < len(rows) - 1 else 0


def cell_at(texts, place):
    return texts[place] if place < len(texts) else ""


def heading_of(text, place):
    """A heading in one line; a column without one is called by its letter."""
    words = one_line(text) if isinstance(text, str) else ""
    return words[:LONGEST_HEADING] or f"Column {get_column_letter(place + 1)}"


def once(headings):
    """Each heading once: the second of a name has a number."""
    seen, found = {}, []
    for heading in headings:
        folded = heading.casefold()
        seen[folded] = seen.get(folded, 0) + 1
        number = seen[folded]
        found.append(heading if number == 1 else f"{heading[: LONGEST_HEADING - 6]} ({number})")
    return found


# Word forms


def of_word(data):
    """The labels of a Word form as headings, and its answers as the only row."""
    opened = archive.opened(data, word_forms.WANTED)
    pairs = word_forms.pairs_in(opened)[:MOST_COLUMNS]
    headings = once([heading_of(cleaned(label), at) for at, (label, _) in enumerate(pairs)])
    return Table(headings, [(0, [cleaned(answer) for _, answer in pairs])])


def is_month_first(texts):
    """Whether days in figures can only be meant with the month in front: 3/25/2024."""
    pairs = [found for text in texts if isinstance(text, str) and (found := FIGURES.match(text))]
    return any(int(each[2]) > 12 for each in pairs) and all(int(each[1]) <= 12 for each in pairs)
