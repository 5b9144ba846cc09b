"""Reads a spreadsheet into the same raw content that JSON comes to, and remembers each place."""

from datetime import date, datetime
from typing import NamedTuple

from defusedxml.ElementTree import iterparse
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.escape import unescape

from frameworks.files.shape import MOST_ROWS, SCHEMA, Fault
from frameworks.files.sheets import (
    ABOUT,
    EXAMPLE,
    LISTS,
    NOTES,
    NUMBERS,
    OF_FRAMEWORK,
    OF_SECOND,
    SHEETS,
    WITH_CRITERIA,
)

MOST_COLUMNS = 30


class NotASpreadsheet(Exception):
    """Nothing in it can be read."""


class Row(NamedTuple):
    """A row that says something: its sheet, its number, its texts and its columns by key."""

    sheet: str
    number: int
    texts: dict
    columns: dict

    def place(self, key=None):
        words = f"{self.sheet}, row {self.number}"
        return f"{words}, column {self.columns[key]}" if key in self.columns else words


class Found:
    """What is found in a spreadsheet: raw content, faults, and where each part of it stands."""

    def __init__(self):
        self.raw = {"schema": SCHEMA, "domains": [], "lineage": []}
        self.faults, self.places, self.rows = [], {}, 0
        self.is_partial = False

    def fault(self, place, words):
        """A fault in a cell, a row or a sheet, told by its place in words."""
        self.faults.append(Fault((place,), words))

    def where(self, path):
        """The words for a place: those of the nearest row that holds it, and of its column."""
        for size in range(len(path), 0, -1):
            if path[:size] in self.places:
                row, key = self.places[path[:size]]
                if row is None:
                    return key
                return row.place(path[size] if path[size:] and path[size] in row.columns else key)
        return str(path[0])


def read(archive):
    """A Found; raises NotASpreadsheet for what no spreadsheet program wrote."""
    found = Found()
    try:
        book = load_workbook(archive.fp, read_only=True, data_only=False)
        sheets = {sheet.title.strip().casefold(): sheet for sheet in book.worksheets}
        rows = {each.name: rows_of(found, each, sheets, archive) for each in SHEETS}
    # A file made by hand breaks a reader in more ways than can be listed: none is our failure.
    except Exception as error:
        raise NotASpreadsheet("can’t be read as a spreadsheet: save it again as .xlsx") from error
    if not found.is_partial:
        put_together(found, rows)
    return found


# From cells to rows


def rows_of(found, wanted, sheets, archive):
    """The rows of a sheet that say something, as [Row]."""
    sheet = sheets.get(wanted.name.casefold())
    if sheet is None and not wanted.is_needed:
        return []
    if sheet is None:
        found.is_partial = True
        found.fault(wanted.name, "is missing: copy this sheet from the template")
        return []
    refuse_merged(found, sheet, archive)
    sheet.reset_dimensions()
    cells = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS)
    columns = columns_of(found, wanted, texts_of(found, wanted.name, 1, next(cells, ())))
    numbered = enumerate(cells, start=2)
    rows = [row_of(found, wanted, columns, number, row) for number, row in numbered]
    rows = [row for row in rows if row]
    found.rows += len(rows)
    if found.rows > MOST_ROWS and not found.is_partial:
        found.is_partial = True
        found.fault(wanted.name, f"brings the file over {MOST_ROWS:,} rows: split it")
    return rows


def refuse_merged(found, sheet, archive):
    with archive.open(sheet._worksheet_path.lstrip("/")) as part:
        for _, element in iterparse(part):
            if element.tag.endswith("}mergeCell"):
                words = "are merged: unmerge them, and write in each cell what belongs there"
                found.fault(f"{sheet.title}, cells {element.get('ref')}", words)
            element.clear()


def columns_of(found, wanted, heads):
    """The keys of a sheet's columns by their place; a head that is missing or strange is told."""
    known = {head.casefold(): key for key, head in wanted.columns.items()}
    known[NOTES.casefold()] = NOTES
    columns = {}
    for place, text in enumerate(heads):
        key = known.get(text.strip().casefold())
        letter = get_column_letter(place + 1)
        if key in columns.values():
            found.fault(f"{wanted.name}, column {letter}", f"is “{text}” again: keep one")
        elif key:
            columns[place] = key
        elif text:
            words = f"is “{text}”, which has no place here: call it {NOTES}, or delete it"
            found.fault(f"{wanted.name}, column {letter}", words)
    for key, head in wanted.columns.items():
        if key not in columns.values():
            found.is_partial = True
            found.fault(f"{wanted.name}, row 1", f"has no column “{head}”: add it")
    return columns


def row_of(found, wanted, columns, number, cells):
    """A Row, or None of one that is empty or an example."""
    notes = next((at for at, key in columns.items() if key == NOTES), None)
    if notes is not None and len(cells) > notes:
        note = cells[notes].value
        if isinstance(note, str) and note.strip().casefold() == EXAMPLE.casefold():
            return None
    read = [cell if columns.get(at) not in (None, NOTES) else None for at, cell in enumerate(cells)]
    texts = texts_of(found, wanted.name, number, read)
    if not any(texts):
        return None
    heads = wanted.columns
    letters = {
        key: f"{get_column_letter(at + 1)} ({heads[key]})"
        for at, key in columns.items()
        if key != NOTES
    }
    by_key = {key: texts[at] if at < len(texts) else "" for at, key in columns.items()}
    by_key.pop(NOTES, None)
    return Row(wanted.name, number, by_key, letters)


def texts_of(found, name, number, cells):
    """The texts of a row's cells. What is computed is never taken, nor what can't be a text."""
    texts = []
    for at, cell in enumerate(cells):
        kind = getattr(cell, "data_type", "n")
        value = getattr(cell, "value", None)
        if kind in ("f", "e"):
            what = "a formula" if kind == "f" else f"the error {value}"
            place = f"{name}, row {number}, column {get_column_letter(at + 1)}"
            found.fault(place, f"holds {what}: write the text itself")
        texts.append("" if kind in ("f", "e") else text_of(value))
    return texts


def text_of(value):
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    # A line break of Windows stands in the file as a sequence of its own.
    return unescape(value) if isinstance(value, str) else str(value)


# From rows to content


def put_together(found, rows):
    put_about(found, rows["About"])
    domains = put_domains(found, rows["Domains"])
    criteria = put_criteria(found, rows["Criteria"], domains)
    for name, key in WITH_CRITERIA.items():
        for row in rows[name]:
            put_with(found, row, key, criteria)
    for place, row in enumerate(rows["Lineage"]):
        found.raw["lineage"].append(row.texts)
        found.places["lineage", place] = (row, None)
    put_words(found, rows["Second language"])


def put_about(found, rows):
    labels = {label.casefold(): key for key, (label, _) in ABOUT.items()}
    values = dict.fromkeys(ABOUT, "")
    seen = {}
    for row in rows:
        key = labels.get(row.texts["what"].strip().casefold())
        if key is None:
            words = f"“{row.texts['what']}” is not known here: write it as in the template"
            found.fault(row.place("what"), words)
        elif key in seen:
            found.fault(row.place("what"), f"is given in row {seen[key].number} too: keep one")
        else:
            seen[key], values[key] = row, row.texts["value"]
    found.raw["framework"] = {key: values[key] for key in OF_FRAMEWORK}
    found.raw["version"] = {
        key: typed(key, value)
        for key, value in values.items()
        if key not in OF_FRAMEWORK and key not in OF_SECOND
    }
    language = {part: values[key] for key, part in OF_SECOND.items()}
    found.raw["second_language"] = language if any(language.values()) else None
    for key, (label, _) in ABOUT.items():
        place = (seen[key], "value") if key in seen else (None, f"About, “{label}”")
        found.places[path_of(key)] = place


def path_of(key):
    """Where a value of About stands in the content."""
    if key in OF_SECOND:
        return "second_language", OF_SECOND[key]
    return "framework" if key in OF_FRAMEWORK else "version", key


def typed(key, value):
    """What a text of About comes to: a list, a number or a day where one is due."""
    if key in LISTS:
        return [each.strip() for each in value.split(",") if each.strip()]
    if key in NUMBERS and value.isdecimal() and len(value) < 10:
        return int(value)
    return value or None if key in [*NUMBERS, "effective_on", "shown_first"] else value


def put_domains(found, rows):
    """The domains by code. Of two with one code the first holds the criteria."""
    domains = {}
    for place, row in enumerate(rows):
        found.raw["domains"].append({**row.texts, "criteria": []})
        found.places["domains", place] = (row, None)
        domains.setdefault(row.texts["code"].strip(), place)
    return domains


def put_words(found, rows):
    """What is said in the second language; rows that say nothing need no language."""
    said = any(row.texts["second"].strip() for row in rows)
    if found.raw["second_language"] is None:
        found.raw["second_language"] = {"name": "", "tag": ""} if said else None
    if found.raw["second_language"] is not None:
        found.raw["second_language"]["words"] = [row.texts for row in rows]
    for place, row in enumerate(rows):
        found.places["second_language", "words", place] = (row, None)


def put_criteria(found, rows, domains):
    """(path, criterion) by code."""
    criteria = {}
    for row in rows:
        code = row.texts.pop("domain").strip()
        if code not in domains:
            words = f"“{code}” is no code in Domains: mend it, or add the domain"
            found.fault(row.place("domain"), words if code else "is empty: give the domain’s code")
            continue
        held = found.raw["domains"][domains[code]]["criteria"]
        path = ("domains", domains[code], "criteria", len(held))
        criterion = {**row.texts, "levels": {}, "prompts": [], "examples": [], "clauses": []}
        held.append(criterion)
        found.places[path] = (row, None)
        criteria.setdefault(row.texts["code"].strip(), (path, criterion))
    return criteria


def put_with(found, row, key, criteria):
    """Hang a level, a prompt, an example or a clause on its criterion."""
    code = row.texts.pop("criterion").strip()
    if code not in criteria:
        words = f"“{code}” is no code in Criteria: mend it, or add the criterion"
        found.fault(
            row.place("criterion"), words if code else "is empty: give the criterion’s code"
        )
        return
    path, criterion = criteria[code]
    if key == "levels":
        level = row.texts["level"].strip()
        if level in criterion["levels"]:
            found.fault(row.place("level"), f"“{level}” of {code} is described already: keep one")
        criterion["levels"][level] = row.texts["text"]
        found.places[*path, key, level] = (row, "text")
    else:
        value = row.texts["text"] if key == "prompts" else row.texts
        found.places[*path, key, len(criterion[key])] = (row, "text")
        criterion[key].append(value)
