"""The shape of a briefing's content, part by part; docs/briefing-schema.md says what each means."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic.json_schema import GenerateJsonSchema

# In the order of the page; those of MAY_BE are left out where nothing is said.
SECTIONS = [
    "framework",
    "families",
    "conditions",
    "scene",
    "good_work",
    "practitioners",
    "early_signs",
    "since",
    "asks",
    "questions",
    "limits",
]
MAY_BE = {"scene", "practitioners", "early_signs", "questions"}


class NotContent(Exception):
    """Something is not as the schema says."""


class Part(BaseModel):
    """An object with these keys, and no other."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Quote(Part):
    """Words of an observation, and how they are known: never whose they are.

    What the practitioner sees differently has their answer with it; issues of before that have none.
    """

    text: str
    how: str
    answer: list[str] = []
    # Of a family's card: they may take it back, so a later issue does not repeat what it leaves out.
    family: bool = False


class Opposite(Part):
    """What speaks against a finding."""

    text: str
    quotes: list[Quote]


class Finding(Part):
    """A claim, and what it rests on."""

    number: int
    claim: str
    text: list[str]
    sure: str
    quotes: list[Quote]
    otherwise: Opposite


class Rows(Part):
    """The figures of a chart as a table."""

    head: list[str]
    rows: list[list[str]]


class Chart(Part):
    """A drawing, also in words and in figures; what `data` holds depends on its kind."""

    kind: Literal[
        "levels", "helps_hinders", "run", "bars", "coverage", "shares", "then_now", "year"
    ]
    title: str
    counted: str
    alt: str
    verdict: str
    data: dict
    table: Rows


class Head(Part):
    """What every section begins with."""

    kicker: str
    heading: str
    text: list[str]
    side: list[str]


class Evidence(Head):
    """What was seen: charts, and findings."""

    key: Literal["framework", "families", "conditions"]
    charts: list[Chart]
    findings: list[Finding]


class GoodWork(Head):
    """Good work that was seen."""

    key: Literal["good_work"]
    items: list[Quote]


class Words(Head):
    """A section of words alone."""

    key: Literal["scene", "practitioners", "early_signs"]


class Question(Part):
    """A question that a member might ask, and what the paper answers."""

    question: str
    answer: str


class Questions(Head):
    """What members might ask."""

    key: Literal["questions"]
    questions: list[Question]


class Row(Part):
    """What became of something that was asked for."""

    state: Literal["Overdue", "Waiting", "Under way", "Done", "Not now", "Declined"]
    days: str
    decision: str
    owner: str
    due: str
    became: str


class Since(Head):
    """What became of what was asked for before."""

    key: Literal["since"]
    rows: list[Row]


class Ask(Part):
    """Something that leaders are asked to decide."""

    number: int
    question: str
    what: str
    cost: str
    equality: str = ""
    owner: str
    due: str


class Asks(Head):
    """What leaders are asked to decide now."""

    key: Literal["asks"]
    asks: list[Ask]


class Limits(Head):
    """What the briefing can't tell."""

    key: Literal["limits"]
    items: list[str]


class Window(Part):
    """The months that figures are for."""

    months: int
    words: str


class Change(Part):
    """What a re-issue says in place of what was said."""

    where: str
    before: str
    after: str


class Superseded(Part):
    """The issue that this one takes the place of."""

    issue: int
    version: int
    sha256: str
    changes: list[Change]


class Approval(Part):
    """Who approved it, and when."""

    by: str
    on: str
    words: str


class Figure(Part):
    """One of the figures at the head of it."""

    figure: str
    words: str


class Answers(Part):
    """What is known, how, and what is being done."""

    know: str
    how: str
    doing: str


class Lines(Part):
    """What to alert leaders to, advise them of and assure them of; empty where nothing is."""

    alert: str = ""
    advise: str = ""
    assure: str = ""


class Table(Rows):
    """A table of the annex."""

    title: str
    note: str


class Definition(Part):
    """What a word means here."""

    word: str
    meaning: str


class About(Part):
    """How the figures came to be."""

    subject: str
    text: str


class Annex(Part):
    """What is behind the figures."""

    charts: list[Chart]
    tables: list[Table]
    definitions: list[Definition]
    about: list[About]


def in_order(sections):
    found = [section.key for section in sections]
    wanted = [key for key in SECTIONS if key in found or key not in MAY_BE]
    if found != wanted:
        raise ValueError(f"{found} instead of {wanted}")
    return sections


Section = Annotated[
    Evidence | Words | GoodWork | Since | Asks | Questions | Limits, Field(discriminator="key")
]


class PublicOf(Part):
    """The issue that a public edition was made of."""

    issue: int
    version: int
    sha256: str


class Content(Part):
    """A briefing as it is frozen when it is issued."""

    schema_: Literal["practicelens.briefing/1"] = Field(alias="schema")
    lang: str
    organisation: str
    unit: str
    month: str
    month_words: str
    issue: int
    version: int
    title: str
    issued_on: str | None
    evidence_to: str
    window: Window
    threshold: int
    rule: str = ""
    supersedes: Superseded | None
    approved: Approval | None
    strip: list[Figure]
    year: Chart | None = None
    lines: Lines = Lines()
    confidence: str
    answers: Answers
    sections: Annotated[list[Section], AfterValidator(in_order)]
    annex: Annex
    public_edition_of: PublicOf | None = None


def check_content(content):
    """Raise NotContent, naming the places, unless this is content of schema practicelens.briefing/1."""
    try:
        Content.model_validate(content)
    except ValidationError as error:
        told = [in_words(each) for each in error.errors(include_url=False, include_input=False)]
        raise NotContent("; ".join(told)) from error


def in_words(error):
    """What is not as it should be, and where."""
    *parent, key = ["content", *error["loc"]]
    if error["type"] == "missing":
        return f"{place(parent)} is not an object with {key}"
    if error["type"] == "extra_forbidden":
        return f"{place(parent)} is not an object without {key}"
    return f"{place([*parent, key])} is not right: {error['msg']}"


def place(path):
    return "".join(f"[{each}]" if isinstance(each, int) else f".{each}" for each in path).lstrip(
        "."
    )


def json_schema():
    """The shape of a briefing's content as a JSON Schema."""
    return {"$schema": GenerateJsonSchema.schema_dialect, **Content.model_json_schema()}
