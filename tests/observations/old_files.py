"""Files such as organisations have their old observations in, made as they are needed."""

import csv
from datetime import datetime
from io import BytesIO, StringIO
from zipfile import ZipFile

from openpyxl import Workbook

HEADS = ["ID", "Start time", "Email", "Date of visit", "Team", "Kind of work", "Social worker"]
HEADS += ["What did you see?", "What was said?", "1.1 Criterion 1.1"]
ROW = [1, datetime(2026, 3, 5, 9, 30), "", "5 March 2026", "River", "Home visit", "Priya Nair"]
ROW += ["She asked the boy first.", "“You listened,” said the mother.", "Evident"]


def row(**given):
    """One row of the forms' export; `given` by a word of the heading."""
    names = ["id", "start", "email", "day", "team", "kind", "worker", "seen", "heard", "rating"]
    return [given.get(name, value) for name, value in zip(names, ROW, strict=True)]


def book(*rows, heads=HEADS, before=()):
    """A spreadsheet; `before` are rows above the headings."""
    made = Workbook()
    for each in [*before, heads, *rows]:
        made.active.append(each)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def text(*rows, heads=HEADS, mark=",", encoding="utf-8"):
    """A CSV file."""
    out = StringIO()
    csv.writer(out, delimiter=mark).writerows([heads, *rows])
    return out.getvalue().encode(encoding)


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(pairs, extra=None):
    """A Word form: a table with a label and an answer in each row."""
    cells = "".join(
        f"<w:tr>{''.join(cell(each) for each in pair)}</w:tr>" for pair in pairs.items()
    )
    document = f'<w:document xmlns:w="{W}"><w:body><w:tbl>{cells}</w:tbl></w:body></w:document>'
    return zipped({"word/document.xml": document, **(extra or {})})


def cell(words):
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in words.split("\n"))
    return f"<w:tc>{lines}</w:tc>"


def zipped(parts):
    out = BytesIO()
    with ZipFile(out, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def with_part(data, name, content, compressed=None):
    """An archive with one part more."""
    out = BytesIO(data)
    with ZipFile(out, "a", compressed or 0) as made:
        made.writestr(name, content)
    return out.getvalue()
