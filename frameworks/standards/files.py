"""A standard in a TOML or JSON file: read, and with all that is wrong with it said at once."""

import json
import tomllib
from collections import defaultdict
from datetime import date

from frameworks.models import Clause, Standard
from frameworks.starters.files import Section
from practicelens.line_ends import one_line_end

# A standard's headings, not the text under them. More would make no page that anybody reads.
MOST_CLAUSES = 300

TEXTS = {"name": True, "body": True, "source": True, "note": False, "licence": False}  # needed?
KEYS = {*TEXTS, "in_force_from", "in_force_until", "followed_by", "clauses"}
# What the files that come with PracticeLens also hold, and what nobody else needs.
OUR_KEYS = {"code", "framework", "crosswalk", "crosswalk_note"}
DAY = "must be a day, such as 2027-04-01"
UTF_8 = "is not UTF-8 text. Save the file again, with UTF-8 as its encoding"


class Faults(Exception):
    """What is wrong with a file: [(where, what is wrong and what to do)]."""

    def __init__(self, *faults):
        super().__init__("; ".join(f"{where}: {words}" for where, words in faults))
        self.faults = faults


def read(content, name, known=None):
    """The bytes of a file as a Section that fits; `Faults` tells everything that does not.

    `known` holds the codes of the standards that may take its place; None where nobody knows yet.
    """
    values = values_of(content, name)
    if found := list(faults_of(values, known)):
        raise Faults(*(told(name, *each) for each in found))
    return Section(tidied(values), name)


def told(name, place, words):
    """A fault that any page can show, whatever stood in the file."""
    where = f"{name}, {place}" if place else name
    return tuple(text.encode("utf-8", "replace").decode() for text in (where, words))


def values_of(content, name):
    text = text_of(content, name)
    is_json = name.lower().endswith(".json") or text.lstrip().startswith("{")
    kind = "JSON" if is_json else "TOML"
    try:
        return one_line_end(json.loads(text) if is_json else tomllib.loads(text))
    except RecursionError:
        raise Faults((name, "is nested too deep for a standard")) from None
    except ValueError as error:
        raise Faults((name, f"can’t be read as {kind}. {error}")) from None


def text_of(content, name):
    if content.startswith((b"PK", b"%PDF")):
        raise Faults((name, "is no text file. Load a TOML or JSON file"))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Faults((f"{name}, line {line}", UTF_8)) from None
    if "\x00" in text:
        raise Faults((name, UTF_8))
    if not text.strip():
        raise Faults((name, "is empty. Write the keys listed below, then load it again"))
    return text


def faults_of(values, known):
    """(place, what is wrong and what to do)."""
    if not isinstance(values, dict):
        yield "", "has no keys, such as name and body"
        return
    yield from strange_keys(values, KEYS | OUR_KEYS, "")
    for key, is_needed in TEXTS.items():
        if words := wrong_text(values, key, is_needed, Standard):
            yield key, words
    yield from wrong_days(values)
    yield from wrong_follower(values, known)
    yield from wrong_clauses(values)


def strange_keys(values, keys, place):
    for key in filter(lambda key: key not in keys, values):
        place_of_key = f"{place}, {key[:50]}" if place else key[:50]
        yield place_of_key, f"is no key of a {'clause' if place else 'standard'}: take it out"


def wrong_text(values, key, is_needed, model):
    if key not in values:
        return "is missing" if is_needed else ""
    value = values[key]
    if not isinstance(value, str):
        return "must be text in quotes"
    if is_needed and not value.strip():
        return "is empty"
    if not is_text(value):
        return "has a character that is no text: take it out"
    most = model._meta.get_field(key).max_length if key != "licence" else None
    if most and (over := len(value) - most) > 0:
        return f"is {over} character{'s' if over > 1 else ''} too long: {most} at most"
    return ""


def is_text(value):
    """Whether the database can hold it: no half of a pair, and no character of number zero."""
    return "\x00" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)


def wrong_days(values):
    days = {key: day_of(values.get(key)) for key in ("in_force_from", "in_force_until")}
    for key, day in days.items():
        if day is None and (key in values or key == "in_force_from"):
            yield key, DAY if key in values else f"is missing: it {DAY}"
    start, end = days.values()
    if start and end and end <= start:
        yield "in_force_until", f"must be a day after {start}, from which it applies"


def day_of(value):
    """A date, or None for anything else."""
    if type(value) is date:
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def wrong_follower(values, known):
    code = values.get("followed_by")
    if code is None:
        return
    if not isinstance(code, str) or known is not None and code not in known:
        words = f"“{str(code)[:50]}” is the code of no standard here: correct it, or leave it out"
        yield "followed_by", words
    if "in_force_until" not in values:
        yield "in_force_until", "is missing: say from which day the other takes its place"


def wrong_clauses(values):
    clauses = values.get("clauses")
    if not isinstance(clauses, list):
        there = "must be" if "clauses" in values else "is missing: it must be"
        yield "clauses", f"{there} a list of clauses, each with a number and a name"
        return
    if len(clauses) > MOST_CLAUSES:
        words = (
            f"{len(clauses):,} clauses are too many: {MOST_CLAUSES} are the most. Load the headings"
        )
        yield "clauses", f"{words}, and leave out the text under them"
        return
    for place, clause in enumerate(clauses, start=1):
        yield from wrong_clause(clause, f"clause {place}")
    yield from numbers_twice(clauses)


def wrong_clause(clause, place):
    if not isinstance(clause, dict):
        yield place, "must have a number and a name"
        return
    yield from strange_keys(clause, {"number", "name"}, place)
    if words := wrong_number(clause):
        yield f"{place}, number", words
    if words := wrong_text(clause, "name", True, Clause):
        yield f"{place}, name", words


def wrong_number(clause):
    number = clause.get("number")
    if isinstance(number, float):
        return "must be in quotes, so that “1.10” is not read as 1.1"
    if type(number) is int:
        clause = {"number": str(number)}
    words = wrong_text(clause, "number", True, Clause)
    if not words and " " in number_of(clause):
        return "has a space in it: take it out, or put a dot in its place"
    return words


def number_of(clause):
    return " ".join(str(clause.get("number", "")).split())


def numbers_twice(clauses):
    places = defaultdict(list)
    for place, clause in enumerate(clauses, start=1):
        if isinstance(clause, dict) and number_of(clause):
            places[number_of(clause)].append(str(place))
    for number, at in places.items():
        if len(at) > 1:
            where = f"{', '.join(at[:-1])} and {at[-1]}"
            yield f"clauses {where}", f"the number “{number}” is there twice: give each its own"


def tidied(values):
    """With numbers as text, and each on one line."""
    clauses = [
        {"number": number_of(clause), "name": " ".join(clause["name"].split())}
        for clause in values["clauses"]
    ]
    days = {
        key: day_of(values[key]) for key in ("in_force_from", "in_force_until") if key in values
    }
    return values | days | {"clauses": clauses}
