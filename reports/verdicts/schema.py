"""The shape of a verdict file's content; docs/verdict-files.md says what each part means."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationError

from reports.briefings.schema import (
    Approval,
    Chart,
    Figure,
    NotContent,
    Part,
    Quote,
    Table,
    Window,
    in_words,
)

CASES = ["keep", "adapt", "drop"]


class Subject(Part):
    """What it is about."""

    kind: Literal["framework", "domain", "criterion"]
    name: str
    framework: str
    began: str


class Case(Part):
    """One of the three cases, with its opposite; which of the two are still the first words."""

    key: Literal["keep", "adapt", "drop"]
    title: str
    opposite_title: str
    text: list[str]
    opposite: list[str]
    by_rule: list[Literal["text", "opposite"]]


class Advice(Part):
    """What a person advises, and why."""

    course: Literal["", "Keep", "Adapt", "Drop"]
    text: list[str]


class Words(Part):
    """Released quotations of issued briefings."""

    seen: list[Quote]
    otherwise: list[Quote]


def in_order(cases):
    found = [case.key for case in cases]
    if found != CASES:
        raise ValueError(f"{found} instead of {CASES}")
    return cases


class Content(Part):
    """A verdict file as it is frozen when it is put before leaders."""

    schema_: Literal["practicelens.verdict/1"] = Field(alias="schema")
    lang: str
    organisation: str
    unit: str
    number: int
    title: str
    subject: Subject
    issued_on: str | None
    approved: Approval | None
    evidence_to: str
    window: Window
    rule: str
    strip: list[Figure]
    cases: Annotated[list[Case], AfterValidator(in_order)]
    advice: Advice
    quotes: Words
    charts: list[Chart]
    tables: list[Table]
    limits: list[str]


def check_content(content):
    """Raise NotContent, naming the places, unless this is content of schema practicelens.verdict/1."""
    try:
        Content.model_validate(content)
    except ValidationError as error:
        told = [in_words(each) for each in error.errors(include_url=False, include_input=False)]
        raise NotContent("; ".join(told)) from error
