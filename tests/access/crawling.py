"""Reads every page, file and export there is as those who may; keeps what came and was written.

That they do get them is held to here; that nobody else does, in test_matrix.py.
"""

from dataclasses import dataclass, field
from functools import cache
from html import unescape
from io import BytesIO
from zipfile import ZipFile

from pypdf import PdfReader

from tests.access.asking import MISSING, Written, pages
from tests.access.people import PEOPLE
from tests.access.table import TABLE

PAGES = pages()
# What a page is asked for besides its bare address.
QUERIES = {
    "observations:list": ["", "words=everything", "state=draft", "state=withdrawn"],
    "people:list": ["", "q=zq"],
    "audit:log": ["", "who=zq"],
}
SECTIONS = ["where", "my-part", "meeting", "ratings-1"]
BRIEFING_SECTIONS = [
    "answers",
    "framework",
    "families",
    "conditions",
    "scene",
    "good_work",
    "practitioners",
    "early_signs",
    "questions",
    "limits",
    "since",
]


@dataclass
class Seen:
    """One answer, and the tables that were written to before it came."""

    person: str
    page: str
    address: str
    response: object = field(repr=False)
    declared: tuple = field(repr=False)  # the statuses that the table lets it have
    wrote: set = field(repr=False)
    text: str = field(repr=False)


def crawl(world, asking, people=PEOPLE):
    """All that these people are shown, of all that there is."""
    return [each for each in ask_for_all(world, asking, people) if each.response.status_code == 200]


def ask_for_all(world, asking, people=PEOPLE):
    """Every answer to them, where they are led on too."""
    return [
        Seen(person, name, address, response, answers, written.tables, text_of(response))
        for name, parts, readers, answers in things(world)
        for query in QUERIES.get(name, [""])
        for person in readers
        if person in people
        for address in [PAGES[name].address(parts)]
        for written in [Written()]
        for response in [written.during(asking.ask, person, "GET", address, query)]
    ]


def things(world):
    """Every page with every thing it may be about, those to whom the table shows it, and how."""
    for rule in TABLE:
        for name in rule.pages:
            for state in rule.states():
                parts = MISSING | (world.objects[rule.of][state] if rule.of else {})
                found = readers(rule, name, state)
                yield from (
                    (name, parts | more, found, rule.answers) for more in within(name, world)
                )


def readers(rule, name, state):
    """All to whom the table shows a page about a thing in this state."""
    if not rule.takes(name, "GET") or name.startswith("account_"):
        return []
    return [each for each in PEOPLE if rule.expected(each, state)[0] == 200]


def within(name, world):
    """The parts of a thing that have pages of their own."""
    if name == "observations:section":
        return [{"section": section} for section in SECTIONS]
    if name == "reports:part":
        return [{"section": section} for section in BRIEFING_SECTIONS]
    if name in ("observations:entries", "observations:entry", "observations:remove_entry"):
        return [{"kind": kind, "entry": key} for kind, key in world.parts["draft"].items()]
    return [{}]


def text_of(response):
    """All that can be read in an answer: its body, or a paper's words and properties; its headers."""
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    if response.headers.get("Content-Type") == "application/pdf":
        return f"{headers}\n{paper(response.content)}"
    if "officedocument" in response.headers.get("Content-Type", ""):
        return f"{headers}\n{office(response.content)}"
    return f"{headers}\n{response.content.decode()}"


@cache
def office(content):
    """All parts of a spreadsheet or a Word document save pictures, its properties among them."""
    with ZipFile(BytesIO(content)) as parts:
        names = [name for name in parts.namelist() if not name.endswith(".png")]
        return "\n".join(unescape(parts.read(name).decode()) for name in names)


@cache  # the same file is sent to several people
def paper(content):
    read = PdfReader(BytesIO(content))
    text = "".join(page.extract_text() for page in read.pages)
    whole = text.replace("\n", "").replace("-", "")
    return f"{whole}\n{dict(read.metadata or {})}\n{content.decode('latin-1')}"
