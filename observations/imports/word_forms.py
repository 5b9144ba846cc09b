"""Word forms: tables in which a label has its answer beside it."""

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from frameworks.files.archive import Wanted
from frameworks.files.cells import one_line

WANTED = Wanted(
    "word/document.xml",
    "Word document",
    ".docx",
    "is no Word document: save it as .docx",
    "copy its table to a new document",
)
# In an answer that offers several, what is ticked is meant.
TICKED, NOT_TICKED = "☒☑✓✔", "☐"


class NoTable(Exception):
    """The document has no label with an answer; the words say what to do."""


def pairs_in(opened):
    """[(label, answer)] of all tables of a document, in order."""
    try:
        document = fromstring(opened.read(WANTED.part))
    except (ParseError, DefusedXmlException, RecursionError) as error:
        raise NoTable("can’t be read as a Word document: save it again as .docx") from error
    pairs = [pair for row in each(document, "tr") for pair in pairs_of(row)]
    if not any(answer for _, answer in pairs):
        raise NoTable("has no table with labels and answers beside them")
    return pairs


def each(element, name):
    """Elements of a name within another, but not those of a table within a cell."""
    for child in element:
        if local(child) == name:
            yield child
        elif not (name == "tc" and local(child) == "tr"):
            yield from each(child, name)


def local(element):
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def pairs_of(row):
    """A row of two cells is a label and its answer; of four, two of them."""
    texts = [text_of(cell) for cell in each(row, "tc")]
    if len(texts) % 2:
        texts = [texts[0], "\n".join(filter(None, texts[1:]))] if len(texts) > 1 else []
    couples = zip(texts[::2], texts[1::2], strict=True)
    return [(one_line(label).rstrip(": "), ticked(answer)) for label, answer in couples if label]


def text_of(cell):
    """The paragraphs of a cell, one a line."""
    lines = ["".join(pieces_of(paragraph)) for paragraph in each(cell, "p")]
    return "\n".join(lines).strip()


def pieces_of(paragraph):
    for element in paragraph.iter():
        name = local(element)
        if name == "t":
            yield element.text or ""
        elif name == "tab":
            yield " "
        elif name in ("br", "cr"):
            yield "\n"


def ticked(answer):
    """Of boxes, the words after those that are ticked; of other words, all."""
    if not any(mark in answer for mark in TICKED + NOT_TICKED):
        return answer
    for mark in TICKED:
        answer = answer.replace(mark, "\n☒")
    answer = answer.replace(NOT_TICKED, f"\n{NOT_TICKED}")
    chosen = [line[1:].strip() for line in answer.splitlines() if line.startswith("☒")]
    return ", ".join(chosen)
