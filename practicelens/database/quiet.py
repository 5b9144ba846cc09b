"""The settings under which PostgreSQL's log holds no row and no bound value."""

QUIET = {
    # Without the row that was refused, the values of a key, and the values of a slow statement.
    "log_error_verbosity": "terse",
    # Without bound values, where the server logs every statement or slow ones, or one that failed.
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    # Without the statement that failed: one typed by hand has its values in it.
    "log_min_error_statement": "panic",
}

# A superuser's to set, or to let a role set.
ASK = """
SELECT set_config(name, value, false)
  FROM unnest(%s::text[], %s::text[]) AS wanted (name, value)
 WHERE has_parameter_privilege(name, 'SET')
"""
FOUND = "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)"


def ask_for_quiet(cursor):
    """Set for this connection what its role may set."""
    cursor.execute(ASK, [list(QUIET), list(QUIET.values())])


def still_loud(cursor):
    """The settings that are not as they should be: {name: what it is}."""
    cursor.execute(FOUND, [list(QUIET)])
    return {name: value for name, value in cursor.fetchall() if value != QUIET[name]}
