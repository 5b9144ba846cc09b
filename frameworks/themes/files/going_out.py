"""A codebook goes out, as its themes in use are worded today."""

from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from frameworks.plain_text import writable
from frameworks.themes.files.columns import (
    COLUMNS,
    LABELS,
    LISTS,
    NAMESPACE,
    guid_of_lens,
    guid_of_theme,
    text_of,
)
from practicelens.harmless import harmless_csv


def as_csv(codebook):
    """One theme a row, as a spreadsheet program opens it."""
    rows = ([writable(text_of(theme, name)) for name in COLUMNS] for theme in themes_of(codebook))
    return harmless_csv(COLUMNS.values(), rows)


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
            SubElement(code, "Description").text = writable(description_of(theme))
    indent(book)
    return tostring(book, encoding="utf-8", xml_declaration=True)


def themes_of(codebook):
    return codebook.themes.in_use().select_related("lens")


def by_lens(codebook):
    """Those without a lens first; otherwise in the codebook's order."""
    return sorted(themes_of(codebook), key=lambda theme: (theme.lens_id or 0, theme.position))


def add_code(within, guid, name, *, is_codable=True):
    said = {"guid": guid, "name": writable(name), "isCodable": str(is_codable).lower()}
    return SubElement(within, "Code", said)


def description_of(theme):
    """The definition, and each other part after its label."""
    parts = [theme.definition]
    for name, label in LABELS.items():
        if text := text_of(theme, name):
            parts.append(f"{label}:{chr(10) if name in LISTS else ' '}{text}")
    return "\n\n".join(parts)
