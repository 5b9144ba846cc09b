"""The figures of a briefing's frozen content as CSV and as a spreadsheet, in the words of the page."""

import re
from io import BytesIO
from typing import NamedTuple

from openpyxl import Workbook

from frameworks.files.spreadsheet_out import add_sheet
from frameworks.plain_text import writable
from practicelens.harmless import harmless_csv
from reports.briefings.content import rule_of
from reports.briefings.render.html import called

NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")
LONGEST_NAME = 31  # of a sheet
PLAIN_NUMBER = re.compile(r"0|[1-9]\d{0,14}")
ABOUT = "About"
YEAR = "The year"
HEAD = ["Part", "Table", "What is counted", "Row", "Column", "Figure", "What it shows"]
LIST_OF_SHEETS = ["Sheet", "Part", "Table", "What is counted", "What it shows"]


class Figures(NamedTuple):
    """A table of figures: in which part it is, and what is said of it."""

    part: str
    title: str
    counted: str
    note: str
    head: list
    rows: list


def tables_of(content):
    """Every table of figures: the strip, the charts of each section, and the annex."""
    strip = [[each["words"], each["figure"]] for each in content["strip"]]
    found = [Figures("At the head", "In short", "", "", ["What", "Figure"], strip)] if strip else []
    found += charts_of(content)
    return found + [
        Figures("Annex", table["title"], "", table["note"], table["head"], table["rows"])
        for table in content["annex"]["tables"]
    ]


def charts_of(content):
    """The figures of each chart, in the order of the page."""
    of_sections = [
        of_chart(called(section), chart)
        for section in content["sections"]
        for chart in section.get("charts", [])
    ]
    year = content.get("year")
    of_year = [of_chart(YEAR, year)] if year and year["data"]["points"] else []
    return (
        of_year + of_sections + [of_chart("Annex", chart) for chart in content["annex"]["charts"]]
    )


def of_chart(part, chart):
    table = chart["table"]
    return Figures(
        part, chart["title"], chart["counted"], chart["verdict"], table["head"], table["rows"]
    )


def about(content, sha256):
    """What the file is: [(subject, words)]."""
    of = content.get("public_edition_of")
    return [
        *([("Edition", f"Public edition of issue {of['issue']}")] if of else []),
        ("Organisation", content["organisation"]),
        ("Unit", content["unit"]),
        ("Month", content["month_words"]),
        ("Issue", f"{content['issue']}, version {content['version']}"),
        ("Issued", content["issued_on"] or "Draft, not issued"),
        ("Months that figures are for", content["window"]["words"]),
        ("What is told", rule_of(content)),
        ("Content, SHA-256", sha256),
    ]


def as_csv(content, sha256):
    """One line for each figure; no cell runs in a spreadsheet."""
    told = [
        ["About this issue", "", "", *line[:1], "", line[1], ""] for line in about(content, sha256)
    ]
    lines = told + [line for table in tables_of(content) for line in lines_of(table)]
    return harmless_csv(HEAD, [[writable(cell) for cell in line] for line in lines])


def lines_of(table):
    for row in table.rows:
        for at, cell in enumerate(row[1:], start=1):
            yield [
                *(table.part, table.title, table.counted),
                *(row[0], table.head[at], cell, table.note),
            ]


def as_book(content, sha256):
    """A sheet for each table, and first one that says what they are."""
    tables = tables_of(content)
    names = [name_of(at, table.title) for at, table in enumerate(tables, start=1)]
    book = Workbook(write_only=True)
    book.properties.creator = writable(content["organisation"])
    book.properties.title = f"Figures of the practice briefing, {content['month_words']}"
    told = [
        [name, table.part, table.title, table.counted, table.note]
        for name, table in zip(names, tables, strict=True)
    ]
    lines = [*map(list, about(content, sha256)), [""], LIST_OF_SHEETS, *told]
    add_sheet(book, ABOUT, ["Figures of a practice briefing"], cells(lines))
    for name, table in zip(names, tables, strict=True):
        add_sheet(book, name, [writable(cell) for cell in table.head], cells(table.rows))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def name_of(number, title):
    """A sheet's name, which is short, and not that of another."""
    return f"{number} {NOT_IN_A_NAME.sub(' ', writable(title))}"[:LONGEST_NAME].strip()


def cells(rows):
    """Rows with a plain number as a number, which can be added up; all else as the page says it."""
    return [[row[0] and writable(row[0]), *map(as_number, row[1:])] for row in rows]


def as_number(cell):
    return int(cell) if PLAIN_NUMBER.fullmatch(cell) else writable(cell)
