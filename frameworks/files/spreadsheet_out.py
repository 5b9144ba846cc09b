"""A framework version as a spreadsheet, and the template to fill in."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from frameworks.files.limits import limits
from frameworks.files.parsing import LARGEST
from frameworks.files.shape import MOST_ROWS, criteria_of, words_in
from frameworks.files.sheets import ABOUT, EXAMPLE, HELP, LISTS, NOTES, OF_SECOND, SHEETS

CELL_HOLDS = 32_767  # characters; a spreadsheet program cuts what is longer
WIDTHS = {"A": 22, "B": 40, "C": 60, "D": 50, "E": 50, "F": 30}
RULES = [
    "One sheet for each part. The first row of a sheet names its columns: leave it as it is.",
    f"A row whose {NOTES} column says “{EXAMPLE}” is never read, nor is anything else in {NOTES}.",
    "Write codes as text: a spreadsheet turns 2.10 into 2.1 if its column has numbers.",
    "No formulas and no merged cells: both are refused.",
]


class TooLong(Exception):
    """A text does not fit into one cell."""


def of_content(content, known=()):
    """The bytes of a spreadsheet with a version in it, and with what a file may name, as `template`."""
    rows = {name: list(found) for name, found in rows_of(content)}
    return workbook(about_rows(content), rows, known)


def template(known):
    """The bytes of an empty one. `known` is [(what, code, name)] of what a file may name."""
    about = [[label, "", hint] for label, hint in ABOUT.values()]
    rows = {sheet.name: [[*sheet.example, EXAMPLE]] for sheet in SHEETS[1:]}
    return workbook(about, rows, known)


def about_rows(content):
    values = content["framework"] | content["version"]
    values |= {key: ", ".join(values[key]) for key in LISTS}
    language = content["second_language"] or dict.fromkeys(OF_SECOND.values())
    values |= {key: language[part] for key, part in OF_SECOND.items()}
    return [
        [label, "" if values[key] is None else str(values[key])]
        for key, (label, _) in ABOUT.items()
    ]


def rows_of(content):
    """(sheet, rows) for each sheet save About."""
    domains = content["domains"]
    criteria = [criterion for _, criterion in criteria_of(content)]
    yield "Domains", ([each["code"], each["name"], each["about"]] for each in domains)
    yield (
        "Criteria",
        (
            [domain["code"], each["code"], each["name"], each["look_for"], each["missed"]]
            for domain in domains
            for each in domain["criteria"]
        ),
    )
    yield (
        "Levels",
        ([each["code"], *level] for each in criteria for level in each["levels"].items()),
    )
    yield "Prompts", ([each["code"], text] for each in criteria for text in each["prompts"])
    for name, key in [("Examples", "examples"), ("Clauses", "clauses")]:
        yield name, ([each["code"], *row.values()] for each in criteria for row in each[key])
    yield "Lineage", (list(each.values()) for each in content["lineage"])
    where = places_in(content)
    words = words_in(content)
    yield "Second language", ([*each.values(), where.get(each["first"], "")] for each in words)


def places_in(content):
    """{text: the code of where it is first}, a note for whoever says it in another language."""
    places = {}
    for domain in content["domains"]:
        places.setdefault(domain["name"], domain["code"])
        places.setdefault(domain["about"], domain["code"])
    for _, each in criteria_of(content):
        examples = [example["text"] for example in each["examples"]]
        own = [each["name"], each["look_for"], each["missed"], *each["levels"].values()]
        for text in [*own, *each["prompts"], *examples]:
            places.setdefault(text, each["code"])
    return places


def workbook(about, rows, known):
    # Before anything is written: a workbook that is left half written can't be closed.
    for text in (text for found in [about, *rows.values()] for row in found for text in row):
        if len(text) > CELL_HOLDS:
            raise TooLong(text[:60])
    book = Workbook(write_only=True)
    add_help(book, known)
    for sheet in SHEETS:
        found = about if sheet.name == "About" else rows[sheet.name]
        add_sheet(book, sheet.name, [*sheet.columns.values(), NOTES], found)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def add_help(book, known):
    rules = [["", words] for words in RULES]
    sheets = [[sheet.name, sheet.help] for sheet in SHEETS]
    whole = f"At most {LARGEST // 1024**2} MB, and {MOST_ROWS:,} rows in all."
    codes = [[f"{what}: {code}", name] for what, code, name in known]
    told = [*rules, *sheets, ["The whole file", whole], *map(list, limits()), *codes]
    add_sheet(book, HELP, [HELP, ""], told)


def add_sheet(book, name, head, rows):
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for letter, width in WIDTHS.items():
        sheet.column_dimensions[letter].width = width
        # As text, or 2.10 that someone types becomes 2.1.
        sheet.column_dimensions[letter].number_format = "@"
    sheet.append([cell(sheet, text, bold=True) for text in head])
    for row in rows:
        sheet.append([cell(sheet, text) for text in row])


def cell(sheet, text, bold=False):
    """A text that no spreadsheet program runs, whatever it begins with; a number as a number."""
    made = WriteOnlyCell(sheet, value=text)
    made.alignment = Alignment(wrap_text=True, vertical="top")
    made.font = Font(bold=bold)
    if isinstance(text, int):
        made.number_format = "0"
        return made
    made.number_format = "@"
    # openpyxl takes "=…" for a formula, and a person who edits "+1" makes it one.
    made.data_type = "s"
    made.quotePrefix = text[:1] in ("=", "+", "-", "@", "\t")
    return made
