"""One kind of line end, so that a letter has one place in a text, whoever counts.

Forms send a line's end as two characters where a script sends one. What comes in is brought to one
(`\\n`) at the door: forms by a middleware, files by those who read them.
"""

from django.db.models import F, Q, Value
from django.db.models.functions import Replace


def one_line_end(value):
    """A text with one kind of line end; or what JSON holds, in all its texts."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, list):
        return [one_line_end(each) for each in value]
    if isinstance(value, dict):
        return {one_line_end(key): one_line_end(each) for key, each in value.items()}
    return value


def mend(rows, *fields):
    """Bring these fields of stored rows to one kind of line end."""
    has = Q()
    for field in fields:
        has |= Q(**{f"{field}__contains": "\r"})
    rows.filter(has).update(**{field: on_one_line_end(F(field)) for field in fields})


def on_one_line_end(text):
    newline = Value("\n")
    return Replace(Replace(text, Value("\r\n"), newline), Value("\r"), newline)
