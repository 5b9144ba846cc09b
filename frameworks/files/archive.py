"""Looks at the zip directory of an Office file before anything in it is opened."""

import re
from io import BytesIO
from typing import NamedTuple
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


class Wanted(NamedTuple):
    """What kind of file is wanted: the part that it has, its name, and what to do with another."""

    part: str
    name: str
    ending: str
    otherwise: str
    instead: str
    longest: str = "can be read"  # what has more cells than this is refused


FRAMEWORK = Wanted(
    "xl/workbook.xml",
    "spreadsheet",
    ".xlsx",
    "is no spreadsheet: save it as .xlsx, or download the template",
    "copy the sheets to the template",
    "a framework",
)


def opened(data, wanted=FRAMEWORK):
    """A ZipFile that is safe to read.

    An entry that is larger than the directory says is cut at that size by zipfile, and then fails.
    """
    try:
        found = ZipFile(BytesIO(data))
        entries = found.infolist()
        check_size(entries, wanted)
        check_kind(entries, wanted)
        check_parts(found, entries, wanted)
    except (BadZipFile, ZlibError, ValueError, NotImplementedError, OSError, EOFError) as error:
        words = f"is damaged or not a {wanted.name}: save it again as {wanted.ending}"
        raise Refused(words) from error
    is_book = wanted.part == FRAMEWORK.part
    return as_transitional(found, entries) if is_book and is_strict(found) else found


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


def check_size(entries, wanted):
    if len(entries) > MOST_ENTRIES:
        raise Refused(f"has more than {MOST_ENTRIES} parts: {wanted.instead}")
    if sum(entry.file_size for entry in entries) > LARGEST_OPENED:
        raise Refused(f"grows to more than 25 MB when opened: {wanted.instead}")
    for entry in entries:
        if entry.file_size > SMALL and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
            raise Refused(f"grows too much when opened: {wanted.instead}")


def check_kind(entries, wanted):
    names = {entry.filename for entry in entries}
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("has a password: save it without one")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        words = f"has macros, and a file that runs is never opened: save it as {wanted.ending}"
        raise Refused(words)
    if wanted.part not in names and "word/document.xml" in names:
        raise Refused("is a Word document: copy its tables to the spreadsheet template")
    if wanted.part not in names:
        raise Refused(wanted.otherwise)


def check_parts(found, entries, wanted):
    """No office program declares entities, by which a part could grow when it is read.

    A part in another encoding than UTF-8 could hide them; none of those programs writes one.
    """
    marks = 0
    for entry in entries:
        if entry.filename.endswith((".xml", ".rels")):
            part = found.read(entry)
            marks += part.count(b"<")
            if b"<!" in part.replace(b"<!--", b"").replace(b"<![CDATA[", b"") or b"\0" in part:
                raise Refused(
                    f"has parts that no {wanted.name} has: save it again as {wanted.ending}"
                )
        if marks > MOST_MARKS:
            raise Refused(f"has far more cells than {wanted.longest}: {wanted.instead}")
