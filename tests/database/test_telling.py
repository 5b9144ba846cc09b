"""The product's own log says what went wrong without the words that were refused."""

import io
import logging
from contextlib import suppress

import pytest
from celery import Celery
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils.module_loading import import_string

from observations.models import Reply
from tests.factories import ReplyFactory

pytestmark = pytest.mark.django_db

WORDS = "She said that she was tired of asking"


@pytest.fixture
def told():
    """What is written down under the settings."""
    line = settings.LOGGING["formatters"]["line"]
    formatter = import_string(line["()"])(line["format"], style=line["style"])
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(formatter)
    logging.getLogger().addHandler(handler)
    yield handler.stream.getvalue
    logging.getLogger().removeHandler(handler)


def refused_row():
    """A row with words in it that the database refuses, and tells in full to whoever asked."""
    answer = ReplyFactory(disagreed=True, words=WORDS)
    with transaction.atomic():
        Reply.objects.filter(pk=answer.pk).update(by=None)


def test_a_row_that_was_refused_is_not_written_down(told):
    with pytest.raises(DatabaseError, match="tired") as wrong:
        refused_row()

    logging.getLogger("here").error("It failed: %r", wrong.value, exc_info=wrong.value)

    assert "IntegrityError (SQLSTATE 23502): null value in column" in told()
    assert "in refused_row" in told()
    assert "tired" not in told()


def test_what_an_error_led_to_is_told_in_order(told):
    try:
        try:
            refused_row()
        except DatabaseError as error:
            raise LookupError("no such note") from error
    except LookupError:
        logging.getLogger("here").exception("It failed")

    assert told().index("NotNullViolation (") < told().index("IntegrityError (")
    assert told().index("IntegrityError (") < told().index("LookupError: no such note")
    assert told().count("This led to:") == 2
    assert "tired" not in told()


def test_a_value_that_was_refused_is_not_repeated(told):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT %s::text::integer", [WORDS])
    except DatabaseError:
        logging.getLogger("here").exception("It failed")

    assert "DataError (SQLSTATE 22P02)" in told()
    assert "tired" not in told()


def test_other_errors_are_told_as_they_are(told):
    try:
        raise LookupError("no such note")
    except LookupError:
        logging.getLogger("here").exception("It failed")

    assert told().endswith("LookupError: no such note\n")
    assert "Traceback" in told()


def test_a_job_that_fails_says_no_words(told):
    with Celery("another", set_as_current=False) as app, suppress(DatabaseError):
        app.task(refused_row, shared=False).apply()

    assert "raised unexpected: IntegrityError (SQLSTATE 23502)" in told()
    assert "tired" not in told()
