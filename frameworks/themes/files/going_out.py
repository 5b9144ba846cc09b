"""A codebook goes out, as its themes in use are worded today."""

import csv
from io import StringIO
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from frameworks.plain_text import UNWRITABLE
from frameworks.themes.files.columns import (
    COLUMNS,
    LABELS,
    LISTS,
    NAMESPACE,
    guid_of_lens,
    guid_of_theme,
    text_of,
)
from practicelens.harmless import harmless


def as_csv(codebook):
    """One theme a row, as a spreadsheet program opens it."""
    out = StringIO()
    rows = csv.writer(out)
    rows.writerow(COLUMNS.values())
    for theme in themes_of(codebook):
        rows.writerow(harmless(written(text_of(theme, name))) for name in COLUMNS)
    return out.getvalue().encode("utf-8-sig")


def as_qdc(codebook):
    """A codebook of the REFI-QDA standard. A lens is a code that nothing is coded to."""
    book = Element("CodeBook", xmlns=NAMESPACE, origin="PracticeLens")
    codes = SubElement(book, "Codes")
    for lens, themes in groupby(by_lens(codebook), key=lambda theme: theme.lens):
        within = codes
        if lens:
            within = add_code(codes, guid_of_lens(lens), lens.name, is_codable=False)
        for theme in themes:
            code = add_code(within, guid_of_theme(codebook, theme.code), theme.name)
            SubElement(code, "Description").text = written(description_of(theme))
    indent(book)
    return tostring(book, encoding="utf-8", xml_declaration=True)


def themes_of(codebook):
    return codebook.themes.in_use().select_related("lens")


def by_lens(codebook):
    """Those without a lens first; otherwise in the codebook's order."""
    return sorted(themes_of(codebook), key=lambda theme: (theme.lens_id or 0, theme.position))


def add_code(within, guid, name, *, is_codable=True):
    said = {"guid": guid, "name": written(name), "isCodable": str(is_codable).lower()}
    return SubElement(within, "Code", said)


def description_of(theme):
    """The definition, and each other part after its label."""
    parts = [theme.definition]
    for name, label in LABELS.items():
        if text := text_of(theme, name):
            parts.append(f"{label}:{chr(10) if name in LISTS else ' '}{text}")
    return "\n\n".join(parts)


def written(text):
    return UNWRITABLE.sub("\ufffd", text)
