"""For tests of what the database itself refuses."""

from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction


@contextmanager
def refused_by(words):
    """What is done inside is refused by the named constraint, or by a trigger with these words."""
    with pytest.raises(IntegrityError, match=words), checked_at_the_end():
        yield


@contextmanager
def checked_at_the_end():
    """Deferred constraints are checked here, and not when the test is over."""
    with transaction.atomic():
        yield
        connection.check_constraints()
