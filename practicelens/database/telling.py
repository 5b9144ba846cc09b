"""What the product's own log says of an error: never the row that a database refused."""

import logging
import traceback

import psycopg
from django.db import Error

BETWEEN = "\nThis led to:\n\n"
DATA_EXCEPTION = "22"  # errors of this class repeat the value that was wrong


class WithoutRows(logging.Formatter):
    """Tells database errors in words of ours, in the message and in the traceback."""

    def formatMessage(self, record):
        for error in chain(record.exc_info[1] if record.exc_info else None):
            if is_of_database(error):
                record.message = record.message.replace(repr(error), told(error))
        return super().formatMessage(record)

    def formatException(self, exc_info):
        errors = reversed(list(chain(exc_info[1])))
        return BETWEEN.join(one(error) for error in errors).rstrip("\n")


def chain(error):
    """An error, what it was raised from, and so on."""
    while error is not None:
        yield error
        context = None if error.__suppress_context__ else error.__context__
        error = error.__cause__ or context


def one(error):
    if not is_of_database(error):
        return "".join(traceback.format_exception(error, chain=False))
    calls = "".join(traceback.format_tb(error.__traceback__))
    return f"Traceback (most recent call last):\n{calls}{told(error)}\n"


def is_of_database(error):
    return isinstance(error, (psycopg.Error, Error))


def told(error):
    """The kind of error, and what it says that names no value."""
    kind = type(error).__name__
    source = error if isinstance(error, psycopg.Error) else error.__cause__
    if not isinstance(source, psycopg.Error) or not source.sqlstate:
        return f"{kind}: {str(error).partition('DETAIL:')[0].strip()}"
    if source.sqlstate.startswith(DATA_EXCEPTION):
        return f"{kind} (SQLSTATE {source.sqlstate})"
    return f"{kind} (SQLSTATE {source.sqlstate}): {source.diag.message_primary}"
