"""Reads a spreadsheet into the same raw content that JSON comes to, and remembers each place."""

from typing import NamedTuple

from defusedxml.ElementTree import iterparse
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from frameworks.files import cells
from frameworks.files.cells import one_line
from frameworks.files.shape import MOST_FAULTS, MOST_ROWS, SCHEMA, Fault
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
LABELS = {label.casefold(): key for key, (label, _) in ABOUT.items()}
MEANT = {**dict.fromkeys(NUMBERS, cells.NUMBER), "effective_on": cells.DAY}


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


class Head(NamedTuple):
    """The first row of a sheet: the key of each column by its place, and its letter and heading."""

    keys: dict
    columns: dict

    @property
    def notes(self):
        return next((at for at, key in self.keys.items() if key == NOTES), None)


class Found:
    """What is found in a spreadsheet: raw content, faults, and where each part of it is."""

    def __init__(self):
        self.raw = {"schema": SCHEMA, "domains": [], "lineage": []}
        self.faults, self.places, self.rows = [], {}, 0
        self.is_partial = False
        self.told = set()  # cells with a fault: nothing more is said of them

    def fault(self, place, words):
        """A fault in a cell, a row or a sheet, with its place in words."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault((place,), words))

    def cell_fault(self, sheet, number, at, words):
        place = f"{sheet}, row {number}, column {get_column_letter(at + 1)}"
        self.told.add(place)
        self.fault(place, words)

    def is_told(self, place):
        return place.partition(" (")[0] in self.told

    def where(self, path):
        """The words for a place: those of the nearest row that holds it, and of its column."""
        for size in range(len(path), 0, -1):
            if path[:size] in self.places:
                row, key = self.places[path[:size]]
                if row is None:
                    return key
                return row.place(path[size] if path[size:] and path[size] in row.columns else key)
        return str(path[0]) if path else "The file"

    def not_told(self, faults):
        """Those of the faults that are not about a cell that has one already."""
        return [fault for fault in faults if not self.is_told(self.where(fault.path))]


def read(archive):
    """A Found; raises NotASpreadsheet for what no spreadsheet program wrote."""
    found = Found()
    try:
        book = load_workbook(archive.fp, read_only=True, data_only=False)
        sheets = {one_line(sheet.title).casefold(): sheet for sheet in book.worksheets}
        rows = {}
        for each in SHEETS:
            rows[each.name] = rows_of(found, each, sheets, archive)
            if found.rows > MOST_ROWS:
                break
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
    read = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS)
    head = head_of(found, wanted, next(read, ()))
    refuse_under_no_heading = NoHeading(found, wanted, head)
    rows = []
    for number, row in enumerate(read, start=2):
        if is_example(head, row):
            continue
        refuse_under_no_heading(number, row)
        made = row_of(found, wanted, head, number, row)
        rows += [made] if made else []
    found.rows += len(rows)
    if found.rows > MOST_ROWS:
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


def head_of(found, wanted, row):
    """The columns of a sheet; a head that is missing or strange is a fault."""
    known = {head.casefold(): key for key, head in wanted.columns.items()}
    known[NOTES.casefold()] = NOTES
    keys = {}
    for place, cell in enumerate(row):
        text = one_line(text_of(found, wanted.name, 1, place, cell))
        key = known.get(text.casefold())
        where = f"{wanted.name}, column {get_column_letter(place + 1)}"
        if found.is_told(f"{wanted.name}, row 1, column {get_column_letter(place + 1)}"):
            keys[place] = None
        elif key and key in keys.values():
            found.fault(where, f"is “{text}” again: keep one")
        elif key:
            keys[place] = key
        elif text:
            keys[place] = None
            words = f"is “{text}”, which has no place here: call it {NOTES}, or delete it"
            found.fault(where, words)
    for key, head in wanted.columns.items():
        if key not in keys.values():
            found.is_partial = True
            found.fault(f"{wanted.name}, row 1", f"has no column “{head}”: add it")
    return Head(keys, letters_of(wanted, keys))


def letters_of(wanted, keys):
    """What each column is called in the place of a fault."""
    return {
        key: f"{get_column_letter(at + 1)} ({wanted.columns[key]})"
        for at, key in keys.items()
        if key in wanted.columns
    }


class NoHeading:
    """Tells once of each column that has text and no heading: it would be lost."""

    def __init__(self, found, wanted, head):
        self.found, self.name, self.known = found, wanted.name, set(head.keys)

    def __call__(self, number, row):
        for at, cell in enumerate(row):
            value = getattr(cell, "value", None)
            if at not in self.known and value is not None and str(value).strip():
                self.known.add(at)
                words = f"has text under no heading: move it, or call its column {NOTES}"
                self.found.cell_fault(self.name, number, at, words)


def is_example(head, row):
    """Whether the row's notes say that it is an example, which is never read."""
    notes = row[head.notes].value if head.notes is not None and len(row) > head.notes else None
    return isinstance(notes, str) and one_line(notes).casefold() == EXAMPLE.casefold()


def row_of(found, wanted, head, number, row):
    """A Row, or None of one that says nothing."""
    texts = dict.fromkeys(head.columns, "")
    # What About says of a value comes before the value, wherever its column is.
    for at, key in sorted(head.keys.items(), key=lambda column: column[1] == "value"):
        if key in texts and at < len(row):
            meant = MEANT.get(about_key(texts), cells.TEXT) if key == "value" else cells.TEXT
            texts[key] = text_of(found, wanted.name, number, at, row[at], meant)
    says = any(text.strip() for text in texts.values())
    made = Row(wanted.name, number, texts, head.columns)
    return made if says or any(map(found.is_told, map(made.place, head.columns))) else None


def about_key(texts):
    """What a row of About is about, by its label."""
    return LABELS.get(one_line(texts.get("what", "")).casefold())


def text_of(found, name, number, at, cell, meant=cells.TEXT):
    """The text of a cell. What is computed is never taken, nor what can't be a text."""
    try:
        return cells.read(cell, meant)
    except cells.NotText as error:
        found.cell_fault(name, number, at, str(error))
        return ""


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
    values = dict.fromkeys(ABOUT, "")
    seen = {}
    for row in rows:
        key = about_key(row.texts)
        if key is None and not found.is_told(row.place("what")):
            words = f"“{row.texts['what'].strip()}” is not known here: write it as in the template"
            found.fault(row.place("what"), words)
        elif key in seen:
            found.fault(row.place("what"), f"is given in row {seen[key].number} too: keep one")
        elif key:
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
    """Where a value of About is in the content."""
    if key in OF_SECOND:
        return "second_language", OF_SECOND[key]
    return "framework" if key in OF_FRAMEWORK else "version", key


def typed(key, value):
    """What a text of About comes to: a list, a number or a day where one is due."""
    value = value.strip()
    if key in LISTS:
        return [each.strip() for each in value.split(",") if each.strip()]
    if key in NUMBERS and value.isdecimal() and len(value) < 10:
        return int(value)
    return value or None if key in [*NUMBERS, "effective_on", "shown_first"] else value


def put_domains(found, rows):
    """The domains by code. Of two with one code the first holds the criteria."""
    domains = Codes(found, rows)
    for place, row in enumerate(rows):
        found.raw["domains"].append({**row.texts, "criteria": []})
        found.places["domains", place] = (row, None)
        domains.put(row, place)
    return domains


class Codes(dict):
    """What is under each code. `are_whole` is not so where some code could not be read: what a
    row then names may be that one, so nothing is said against it."""

    def __init__(self, found, rows):
        super().__init__()
        self.are_whole = not any(found.is_told(row.place("code")) for row in rows)

    def put(self, row, what):
        if code := row.texts["code"].strip():
            self.setdefault(code, what)

    def missing(self, found, row, key, sheet, what):
        """Say that a row names what is not there, unless its own cell has a fault already."""
        code = row.texts[key].strip()
        words = f"is empty: give the {what}’s code"
        if code:
            words = f"“{code}” is no code in {sheet}: correct it, or add the {what}"
        if not found.is_told(row.place(key)) and (self.are_whole or not code):
            found.fault(row.place(key), words)


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
    criteria = Codes(found, rows)
    for row in rows:
        domain = domains.get(row.texts["domain"].strip())
        if domain is None:
            domains.missing(found, row, "domain", "Domains", "domain")
            criteria.put(row, None)
        else:
            put_criterion(found, row, domain, criteria)
    return criteria


def put_criterion(found, row, domain, criteria):
    held = found.raw["domains"][domain]["criteria"]
    path = ("domains", domain, "criteria", len(held))
    texts = {key: text for key, text in row.texts.items() if key != "domain"}
    held.append({**texts, "levels": {}, "prompts": [], "examples": [], "clauses": []})
    found.places[path] = (row, None)
    criteria.put(row, (path, held[-1]))


def put_with(found, row, key, criteria):
    """Hang a level, a prompt, an example or a clause on its criterion."""
    code = row.texts["criterion"].strip()
    if code not in criteria:
        criteria.missing(found, row, "criterion", "Criteria", "criterion")
        return
    if criteria[code] is None:  # its domain is missing, which is a fault already
        return
    path, criterion = criteria[code]
    texts = {name: text for name, text in row.texts.items() if name != "criterion"}
    if key == "levels":
        put_level(found, row, path, criterion)
    else:
        found.places[*path, key, len(criterion[key])] = (row, "text")
        criterion[key].append(texts["text"] if key == "prompts" else texts)


def put_level(found, row, path, criterion):
    level = row.texts["level"].strip()
    if level in criterion["levels"]:
        words = f"“{level}” of {row.texts['criterion'].strip()} is described already: keep one"
        found.fault(row.place("level"), words)
    criterion["levels"][level] = row.texts["text"]
    found.places[*path, "levels", level] = (row, "text")
