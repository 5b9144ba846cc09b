"""What may be in each column of a spreadsheet, in words, from the shape that files are held against."""

from functools import cache

from frameworks.files import shape
from frameworks.files.sheets import ABOUT, OF_FRAMEWORK, OF_SECOND, SHEETS, WITH_CRITERIA

PARTS = {
    "Domains": shape.Domain,
    "Criteria": shape.Criterion,
    "Examples": shape.Example,
    "Clauses": shape.Clause,
    "Lineage": shape.Continuation,
    "Second language": shape.Words,
}
TIES = {
    "domain": "Needed. A code of Domains.",
    "criterion": "Needed. A code of Criteria.",
    "level": "Needed. The code of a level of the scale.",
}


@cache
def limits():
    """((column, what may be in it), ...) of every sheet, in order: worked out once, from the code."""
    about = [(f"About: {label}", of_about(key)) for key, (label, _) in ABOUT.items()]
    rest = [
        (f"{sheet.name}: {heading}", of_column(sheet.name, key))
        for sheet in SHEETS[1:]
        for key, heading in sheet.columns.items()
    ]
    return (*about, *rest)


def of_about(key):
    if key in OF_SECOND:
        return in_words(shape.Language, OF_SECOND[key])
    return in_words(shape.Framework if key in OF_FRAMEWORK else shape.Version, key)


def of_column(sheet, key):
    if key in TIES and (sheet in WITH_CRITERIA or sheet == "Criteria"):
        return TIES[key]
    if sheet in PARTS:
        return in_words(PARTS[sheet], key)
    texts = shape.Criterion.model_json_schema()["properties"][WITH_CRITERIA[sheet]]
    return " ".join(said_of(texts.get("items") or texts["additionalProperties"], is_needed=False))


def in_words(part, key):
    told = part.model_json_schema()
    values = told["properties"][key]
    return " ".join(said_of(values, is_needed=key in told["required"]))


def said_of(values, *, is_needed):
    values = values.get("anyOf", [values])[0]
    if is_needed or values.get("minLength"):
        yield "Needed."
    if "enum" in values:
        yield f"One of {', '.join(values['enum'])}."
    if "maxLength" in values:
        yield f"At most {values['maxLength']:,} characters."
    if "maximum" in values:
        yield f"From {values['minimum']} to {values['maximum']}."
    if values.get("format") == "date":
        yield "A day, such as 2026-09-01."
    if values["type"] == "array":
        yield f"Codes of at most {values['items']['maxLength']} characters, with commas between."
