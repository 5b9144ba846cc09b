"""Looks at a spreadsheet's zip directory before anything in it is opened."""

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

MOST_ENTRIES = 300
LARGEST_OPENED = 25 * 1024 * 1024
MOST_MARKS = 1_000_000  # of XML, in all parts: each is a part of a cell, and takes memory
MOST_RATIO = 150  # how many times its size an entry of some size may grow
SMALL = 1024 * 1024
STRICT = b"http://purl.oclc.org/ooxml/"
STRICT_NAME = re.compile(re.escape(STRICT) + rb"(\w+)/")


class Refused(Exception):
    """The file is not opened; the words say why."""


def opened(data):
    """A ZipFile that is safe to read.

    An entry that is larger than the directory says is cut at that size by zipfile, and then fails.
    """
    try:
        found = ZipFile(BytesIO(data))
        entries = found.infolist()
        check_size(entries)
        check_kind(entries)
        check_parts(found, entries)
    except (BadZipFile, ZlibError, ValueError, NotImplementedError, OSError, EOFError) as error:
        raise Refused("is damaged or not a spreadsheet: save it again as .xlsx") from error
    return as_transitional(found, entries) if is_strict(found) else found


def is_strict(found):
    return STRICT in found.read("xl/workbook.xml")


def as_transitional(found, entries):
    """A Strict Open XML archive with the names that spreadsheets are commonly saved with."""
    out = BytesIO()
    with ZipFile(out, "w") as made:
        for entry in entries:
            part = STRICT_NAME.sub(
                rb"http://schemas.openxmlformats.org/\1/2006/", found.read(entry)
            )
            made.writestr(entry.filename, part)
    return ZipFile(out)


def check_size(entries):
    if len(entries) > MOST_ENTRIES:
        raise Refused(f"has more than {MOST_ENTRIES} parts: copy the sheets to the template")
    if sum(entry.file_size for entry in entries) > LARGEST_OPENED:
        raise Refused("grows to more than 25 MB when opened: copy the sheets to the template")
    for entry in entries:
        if entry.file_size > SMALL and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
            raise Refused("grows too much when opened: copy the sheets to the template")


def check_kind(entries):
    names = {entry.filename for entry in entries}
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("has a password: save it without one")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refused("has macros, and a file that runs is never opened: save it as .xlsx")
    if "word/document.xml" in names:
        raise Refused("is a Word document: copy its tables to the spreadsheet template")
    if "xl/workbook.xml" not in names:
        raise Refused("is no spreadsheet: save it as .xlsx, or download the template")


def check_parts(found, entries):
    """No spreadsheet program declares entities, by which a part could grow when it is read.

    A part in another encoding than UTF-8 could hide them; none of those programs writes one.
    """
    marks = 0
    for entry in entries:
        if entry.filename.endswith((".xml", ".rels")):
            part = found.read(entry)
            marks += part.count(b"<")
            if b"<!" in part.replace(b"<!--", b"").replace(b"<![CDATA[", b"") or b"\0" in part:
                raise Refused("has parts that no spreadsheet has: save it again as .xlsx")
        if marks > MOST_MARKS:
            raise Refused("has far more cells than a framework: copy the sheets to the template")
