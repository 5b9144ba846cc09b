"""Django's backend for PostgreSQL, with one thing more done on each new connection, and one less to order."""

from django.db.backends.postgresql import base

from .operations import DatabaseOperations
from .quiet import ask_for_quiet


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations

    def _configure_connection(self, connection):
        """Called once for each new connection, with a pool and without."""
        super()._configure_connection(connection)
        with connection.cursor() as cursor:
            ask_for_quiet(cursor)
        return True  # to be committed
