"""One row written over another, in one statement."""

from functools import cache

from django.db import connection


def write_over(model, *unique, **values):
    """Write one row; where one has the same `unique`, what else is given is written over it.

    Without a transaction of its own, which bulk_create would open: this is done at every save.
    """
    with connection.cursor() as cursor:
        cursor.execute(statement(model, unique, tuple(values)), list(values.values()))


@cache
def statement(model, unique, names):
    column = {name: model._meta.get_field(name).column for name in names}
    quoted = {name: connection.ops.quote_name(each) for name, each in column.items()}
    columns = ", ".join(quoted.values())
    places = ", ".join(["%s"] * len(names))
    changes = ", ".join(
        f"{each} = EXCLUDED.{each}" for name, each in quoted.items() if name not in unique
    )
    same = ", ".join(quoted[name] for name in unique)
    table = connection.ops.quote_name(model._meta.db_table)
    return (
        f"INSERT INTO {table} ({columns}) VALUES ({places}) "
        f"ON CONFLICT ({same}) DO UPDATE SET {changes}"
    )
