"""Tells whoever sets the server up what the product may not set by itself."""

from django.core.checks import Warning as Warned
from django.db import connections

from .quiet import QUIET, still_loud


def words_may_be_logged(app_configs, databases, **kwargs):
    """A warning for each setting that lets PostgreSQL write words of observations into its log."""
    return [warned for alias in databases or [] for warned in warnings(connections[alias])]


def warnings(connection):
    with connection.cursor() as cursor:
        loud = still_loud(cursor)
        cursor.execute("SELECT quote_ident(current_user)")
        role = cursor.fetchone()[0]
    return [warning(name, value, role) for name, value in sorted(loud.items())]


def warning(name, value, role):
    return Warned(
        f"PostgreSQL may write words of observations into its own log: {name} is {value}.",
        hint=f"As a superuser: ALTER ROLE {role} SET {name} = '{QUIET[name]}';",
        id="database.W001",
    )
