"""Code lines of text from files, so that anybody can check the coding on texts of their own."""

import json
import tomllib

from .codebook import Codebook, Theme
from .learning import Confirmed
from .suggesting import code


class WrongLine(Exception):
    """Something that cannot be read; says where it stands and which field is wrong."""


def read_codebook(text, name, reader=None):
    """A Codebook from a JSON list of {"name", "description", "keywords", "examples"}, or a starter."""
    listed = starter_of(text, name) if name.endswith(".toml") else json_of(text, name)
    if not isinstance(listed, list):
        raise WrongLine(f"{name}: it should be a list of themes.")
    themes = [theme_of(each, f"{name}, theme {number}") for number, each in enumerate(listed, 1)]
    names = [theme.code for theme in themes]
    for number, theme in enumerate(names, 1):
        if theme in names[: number - 1]:
            raise WrongLine(f'{name}, theme {number}: "name" stands there twice: {theme}.')
    return Codebook(tuple(themes), reader)


def starter_of(text, name):
    """The themes of a codebook in TOML, as those that come with the product are written."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WrongLine(f"{name}: it is not TOML: {error}") from error
    return found.get("theme")


def theme_of(fields, where):
    are_fields(fields, where)
    name = text_of(fields, "name", where)
    keywords = fields.get("keywords", "")
    if isinstance(keywords, str):
        keywords = keywords.split()
    if not is_list_of_texts(keywords):
        raise WrongLine(f'{where}: "keywords" should be words with spaces between, or a list.')
    examples = fields.get("examples", [])
    if not is_list_of_texts(examples):
        raise WrongLine(f'{where}: "examples" should be a list of sentences.')
    definition = text_of(fields, "description", where, needed=False)
    definition = definition or text_of(fields, "definition", where, needed=False)
    code = text_of(fields, "code", where, needed=False) or name
    return Theme(code, name, definition, tuple(keywords), tuple(examples))


def read_confirmed(lines, codebook, name):
    """Texts with their confirmed themes; all other themes are rejected for them."""
    known = {theme.code for theme in codebook.themes}
    for where, fields in objects(lines, name):
        labels = fields.get("labels")
        if not is_list_of_texts(labels):
            raise WrongLine(f'{where}: "labels" should be a list of names of themes.')
        for label in labels:
            if label not in known:
                raise WrongLine(f'{where}: "labels" names a theme not in the codebook: {label}')
        yield Confirmed(text_of(fields, "text", where), tuple(labels))


def read_passages(lines, name):
    """`(id, text)` of each line."""
    for where, fields in objects(lines, name):
        if not isinstance(fields.get("id"), str | int) or isinstance(fields["id"], bool):
            raise WrongLine(f'{where}: "id" should be text or a whole number.')
        yield fields["id"], text_of(fields, "text", where)


def mentions_line(key, text, codebook, model=None):
    """What is suggested for one passage, as a line of JSON."""
    coded = code(text, codebook, model)
    mentions = [
        {
            "theme": found.theme,
            "tier": found.tier,
            "score": found.score,
            "stance": found.stance,
            "quote": [found.start, found.end],
            "words": [list(pair) for pair in found.words],
        }
        for found in coded.suggestions
    ]
    line = {"id": key, "mentions": mentions, "stance": round(coded.stance, 4)}
    if coded.unread_from is not None:
        line["unread_from"] = coded.unread_from
    return json.dumps(line, ensure_ascii=False)


def objects(lines, name):
    for number, line in enumerate(lines, 1):
        if line.strip():
            where = f"{name}, line {number}"
            fields = json_of(line, where)
            are_fields(fields, where)
            yield where, fields


def json_of(text, where):
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise WrongLine(f"{where}: it is not JSON: {error.msg}, character {error.pos}.") from error


def are_fields(fields, where):
    if not isinstance(fields, dict):
        raise WrongLine(f"{where}: it should be an object, in curly brackets.")


def text_of(fields, field, where, needed=True):
    value = fields.get(field)
    if value is None and not needed:
        return ""
    if not isinstance(value, str) or (needed and field == "name" and not value.strip()):
        raise WrongLine(f'{where}: "{field}" should be text.')
    return value


def is_list_of_texts(value):
    return isinstance(value, list) and all(isinstance(each, str) for each in value)
