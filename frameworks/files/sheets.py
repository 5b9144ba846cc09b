"""The sheets of a framework as a spreadsheet, and the columns of each."""

from typing import NamedTuple

NOTES = "Notes"
EXAMPLE = "Example"
HELP = "How to fill this in"


class Sheet(NamedTuple):
    """A sheet: its columns by key, one example row, and what it is for."""

    name: str
    columns: dict
    example: list
    help: str
    is_needed: bool = True


# About has its values one below the other.
ABOUT = {
    "code": ("Code", "Its address, such as working-alongside. Empty: made from the name."),
    "name": ("Name", "What the framework is called."),
    "description": ("Description", "What it is for, in a sentence or two."),
    "source": ("Source", "Where it is from, if it is not your own."),
    "licence": ("Licence", "Its licence or trade mark, if it has one."),
    "number": ("Version", "A whole number. A first version is 1."),
    "follows": ("Follows version", "The number of the version before, if there is one."),
    "change_note": ("Change note", "What is different from the version before, and why."),
    "effective_on": ("Applies from", "A day, such as 2026-09-01. It can be left till publication."),
    "scale": ("Scale", "The code of the scale, such as five-words."),
    "levels": ("Levels of the scale", "Codes with commas between, weakest first. May be empty."),
    "causes": ("Causes", "Codes with commas between."),
    "lenses": ("Lenses", "Codes with commas between."),
    "second_name": ("Second language", "As its speakers call it, such as te reo Māori or Cymraeg."),
    "second_tag": ("Its tag", "As web pages carry it, such as mi or cy."),
    "shown_first": ("Shown first", "The code of a criterion that summaries show over time first."),
}
OF_FRAMEWORK = ["code", "name", "description", "source", "licence"]
OF_SECOND = {"second_name": "name", "second_tag": "tag"}
LISTS = ["levels", "causes", "lenses"]
NUMBERS = ["number", "follows"]

SHEETS = [
    Sheet("About", {"what": "What", "value": "Value"}, [], "One value a row. Leave What as it is."),
    Sheet(
        "Domains",
        {"code": "Code", "name": "Name", "about": "About"},
        ["1", "Being with the family", "How people are met and listened to."],
        "One domain a row, in order.",
    ),
    Sheet(
        "Criteria",
        {
            "domain": "Domain",
            "code": "Code",
            "name": "Name",
            "look_for": "Look for",
            "missed": "Missed",
        },
        ["1", "1.1", "People know who is here and why", "Who is here?", "It was not given."],
        "One criterion a row, in order. Domain is the code of its domain.",
    ),
    Sheet(
        "Levels",
        {"criterion": "Criterion", "level": "Level", "text": "Text"},
        ["1.1", "evident", "Each person’s name and reason came first"],
        "What a level of the scale looks like for a criterion.",
    ),
    Sheet(
        "Prompts",
        {"criterion": "Criterion", "text": "Text"},
        ["1.1", "How did the family find out who was in the room?"],
        "Questions that help an observer to write, in order.",
    ),
    Sheet(
        "Examples",
        {"criterion": "Criterion", "kind": "Kind", "text": "Text"},
        ["1.1", "hit", "She gave each name, and why they had come."],
        "Kind is hit, near_hit, near_miss or miss.",
    ),
    Sheet(
        "Clauses",
        {"criterion": "Criterion", "standard": "Standard", "clause": "Clause"},
        ["1.1", "social-work-england", "1.1"],
        "Which clause of which standard a criterion is linked to.",
    ),
    Sheet(
        "Lineage",
        {"kind": "Kind", "from": "From", "to": "To"},
        ["reworded", "1.2", "1.1"],
        "How the criteria of the version before go on here. Kind is same, reworded, split, merged, "
        "new (no From) or dropped (no To).",
    ),
    Sheet(
        "Second language",
        {"first": "First words", "second": "In the second language"},
        ["People know who is here and why", "The same, in the language that About names"],
        "What a text of any other sheet, of the scale, a cause or a lens says in the second "
        "language. First words have to be just as they are there. Empty is not translated yet.",
        is_needed=False,  # files of before there was one
    ),
]
WITH_CRITERIA = {"Levels": "levels", "Prompts": "prompts", "Examples": "examples"} | {
    "Clauses": "clauses"
}
