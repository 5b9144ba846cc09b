"""What a framework file holds: its keys, what may be in each, and how long that may be.

Both forms of the file, JSON and spreadsheet, come to the same plain content. `fit` gives it in full
(what was left out is empty) with every fault in its shape; a fault's path leads through the
content.
"""

import re
from datetime import date
from types import NoneType
from typing import Annotated, Literal, NamedTuple, get_args, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import PydanticCustomError

from frameworks import models
from frameworks.models.languages import LANGUAGE_TAG
from frameworks.plain_text import LONGEST, UNWRITABLE, composed, plain

SCHEMA = "practicelens.framework/1"
MOST_ROWS = 20_000
MOST_KEYS = 20  # of an object; those that no object has are counted as rows
MOST_FAULTS = 20_000  # with more than that it is no file of ours
SENTENCES = {
    "missing": "is missing",
    "extra_forbidden": "has no place here: take it out or correct its name",
    "string_type": "has to be a text",
    "string_too_short": "is empty: fill it in",
    "string_pattern_mismatch": "has to be a tag as web pages carry it, such as mi or cy",
    "list_type": "has to be a list",
    "dict_type": "has to be an object",
    "model_type": "has to be an object",
    "int_type": "has to be a whole number from 1 to 9999",
    "greater_than_equal": "has to be a whole number from 1 to 9999",
    "less_than_equal": "has to be a whole number from 1 to 9999",
}


class Fault(NamedTuple):
    """Something to put right, and where: a path of keys and places."""

    path: tuple
    words: str


# Kinds of value


def tidied(value):
    return writable(plain(value)) if isinstance(value, str) else value


def writable(text):
    if found := UNWRITABLE.search(text):
        words = f"has a character that can’t be kept (U+{ord(found[0]):04X}): take it out"
        raise PydanticCustomError("unwritable", words)
    return text


def day(value):
    try:
        return None if value is None else date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        raise PydanticCustomError("day", "has to be a day, written as 2026-09-01") from None


def text_of(model, field, *more, needed=False):
    """A text; its limit is that of the field that it comes to."""
    limit = model._meta.get_field(field).max_length or LONGEST
    lengths = Field(min_length=1 if needed else None, max_length=limit)
    return Annotated[str, lengths, *more, BeforeValidator(tidied)]


def one_of(choices):
    return Annotated[Literal[tuple(choices.values)], BeforeValidator(tidied)]


Number = Annotated[int, Field(ge=1, le=9999)]
Day = Annotated[str | None, Field(json_schema_extra={"format": "date"}), BeforeValidator(day)]
Tag = Annotated[
    str, Field(pattern=LANGUAGE_TAG.regex.pattern.replace(r"\Z", "$")), BeforeValidator(tidied)
]
Code = text_of(models.Framework, "code", needed=True)
Composed = AfterValidator(composed)


# Parts, from the smallest to the whole


class Part(BaseModel):
    """An object. A key that is needed and missing is reported, and so is one that has no place."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Example(Part):
    """A passage that counts for the criterion, or nearly does."""

    kind: one_of(models.Example.Kind)
    text: text_of(models.Example, "text", needed=True)


class Clause(Part):
    """A clause of a standard that the criterion is linked to."""

    standard: text_of(models.Standard, "code", needed=True)
    clause: text_of(models.Clause, "number", needed=True)


class Criterion(Part):
    """A criterion; its levels are texts by the code of the level."""

    code: text_of(models.Criterion, "code", needed=True)
    name: text_of(models.Criterion, "name", needed=True)
    look_for: text_of(models.Criterion, "look_for", needed=True)
    missed: text_of(models.Criterion, "missed") = ""
    levels: dict[str, text_of(models.LevelDescription, "text")] = {}
    prompts: list[text_of(models.Prompt, "text", needed=True)] = []
    examples: list[Example] = []
    clauses: list[Clause] = []


class Domain(Part):
    """A domain, with its criteria in order."""

    code: text_of(models.Domain, "code", needed=True)
    name: text_of(models.Domain, "name", needed=True)
    about: text_of(models.Domain, "about") = ""
    criteria: list[Criterion]


class Framework(Part):
    """What is said of the framework as a whole."""

    code: text_of(models.Framework, "code") = ""
    name: text_of(models.Framework, "name", needed=True)
    description: text_of(models.Framework, "description", needed=True)
    source: text_of(models.Framework, "source") = ""
    licence: text_of(models.Framework, "licence") = ""


class Version(Part):
    """What is said of this version of it."""

    number: Number
    follows: Number | None = None
    change_note: text_of(models.Framework, "description") = ""
    effective_on: Day = None
    scale: Code
    levels: list[Code] = []
    causes: list[Code] = []
    lenses: list[Code] = []
    shown_first: text_of(models.Criterion, "code") | None = None


class Continuation(Part):
    """How a criterion of the version before goes on here."""

    kind: one_of(models.Lineage.Kind)
    from_: text_of(models.Criterion, "code") = Field("", alias="from")
    to: text_of(models.Criterion, "code") = ""


class Words(Part):
    """A text of the version, and the same in the second language."""

    first: text_of(models.SecondWording, "first", needed=True)
    second: text_of(models.SecondWording, "second", Composed) = ""


class Language(Part):
    """A second language, and what is said in it."""

    tag: Tag
    name: text_of(models.SecondLanguage, "name", Composed, needed=True)
    words: list[Words]


class File(Part):
    """A version of a framework."""

    schema_: Literal[SCHEMA] = Field(alias="schema")
    framework: Framework
    version: Version
    domains: list[Domain]
    lineage: list[Continuation] = []
    second_language: Language | None = None


# Reading


def fit(raw):
    """(content, faults) of what was read."""
    try:
        return File.model_validate(raw).model_dump(by_alias=True), []
    except ValidationError as error:
        faults = faults_of(error)
        return in_full(File, raw, (), {fault.path for fault in faults}), faults


def faults_of(error):
    if error.error_count() > MOST_FAULTS:
        words = f"has {error.error_count():,} things to put right: begin again from the template"
        return [Fault((), words)]
    return [Fault(each["loc"], sentence(each)) for each in error.errors(include_url=False)]


def sentence(error):
    """What is wrong, in our words."""
    about = error.get("ctx", {})
    if error["type"] == "string_too_long":
        over = len(error["input"]) - about["max_length"]
        return f"is {over:,} too long: at most {about['max_length']:,} characters"
    if error["type"] == "literal_error":
        words = re.findall("'(.*?)'", about["expected"])
        return f"has to be one of {', '.join(words)}" if words[1:] else f"has to be “{words[0]}”"
    return SENTENCES.get(error["type"], error["msg"])


def in_full(kind, value, path, wrong):
    """What was read, with every key there is and no other; what is missing or wrong is empty."""
    kind = kind.__origin__ if get_origin(kind) is Annotated else kind
    value = None if path in wrong else value
    if NoneType in get_args(kind):
        return value and in_full(get_args(kind)[0], value, path, wrong)
    if get_origin(kind) is list:
        of = get_args(kind)[0]
        return [in_full(of, each, (*path, at), wrong) for at, each in enumerate(value or [])]
    if get_origin(kind) is dict:
        of = get_args(kind)[1]
        return {key: in_full(of, each, (*path, key), wrong) for key, each in (value or {}).items()}
    if isinstance(kind, type) and issubclass(kind, Part):
        return part_in_full(kind, value or {}, path, wrong)
    return value if kind is int else plain(value or "")


def part_in_full(kind, value, path, wrong):
    keys = [(field.alias or name, field.annotation) for name, field in kind.model_fields.items()]
    return {key: in_full(of, value.get(key), (*path, key), wrong) for key, of in keys}


def json_schema():
    """The shape of a file in the words of json-schema.org."""
    return {"$schema": GenerateJsonSchema.schema_dialect, **File.model_json_schema()}


def criteria_of(content):
    """(path, criterion) of each, in order."""
    for at, domain in enumerate(content["domains"]):
        for place, criterion in enumerate(domain["criteria"]):
            yield ("domains", at, "criteria", place), criterion


def words_in(content):
    """The rows of the second language; none where there is no such part."""
    return (content.get("second_language") or {"words": []})["words"]


def rows_in(content):
    """How many rows it comes to, whatever its shape is: what is in lists, levels, stray keys."""
    rows, left = 0, [content]
    while left:
        part = left.pop()
        if isinstance(part, list):
            rows += len(part)
            left += part
        elif isinstance(part, dict):
            levels = part.get("levels")
            rows += len(levels) if isinstance(levels, dict) else 0
            rows += max(0, len(part) - MOST_KEYS)
            left += part.values()
    return rows
