"""Made-up observations with all that hangs on them, written in SQL: a million have to be possible."""

from datetime import timedelta

from django.db import connection, models, transaction

from frameworks.models.lists import MEETINGS
from observations.models import Observation
from observations.recounting import recount_observation
from reports.cells.rollup import recount_all
from tests.bench import texts
from tests.bench.frame import first_day, today
from tests.bench.rows import BESIDE, FROM_NOTHING, OBSERVATIONS, PARTS

SEED = 20_261_123
DIFFERENT_TEXTS = 4_000
LATELY = timedelta(days=60)


def fill(count):
    """So many observations up to today, their parts and cells; then the planner's figures."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.2026)")
        skip_checks_of_keys(cursor)
        insert_observations(cursor, count, since=first_day())
        add_parts(cursor, PARTS + BESIDE, first=0)
        recount_all()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def skip_checks_of_keys(cursor):
    """Made-up rows are right by making; checking each key would double the time to load them."""
    cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    if cursor.fetchone()[0]:
        cursor.execute("SET LOCAL session_replication_role = replica")


def insert_observations(cursor, count, since):
    named = {"count": count, "first_day": since, "today": today()}
    insert(cursor, Observation, OBSERVATIONS, FROM_NOTHING, named)


def add_parts(cursor, parts, first):
    """What hangs on the observations from a number on."""
    named = {
        "first": first,
        "texts": texts.passages(DIFFERENT_TEXTS, SEED),
        "meetings": list(MEETINGS),
        "lately": today() - LATELY,
    }
    for model, given, rows in parts:
        insert(cursor, model, given, rows, named)


def insert(cursor, model, given, rows, named):
    """INSERT .. SELECT, with what a new row of the model holds in every column not given.

    So a column that comes to the model with a default needs no line here.
    """
    named = dict(named)
    values = given | {
        field.column: new_value(field, named)
        for field in model._meta.concrete_fields
        if field.column not in given and not is_made_by_the_database(field)
    }
    names = ", ".join(map(connection.ops.quote_name, values))
    table = connection.ops.quote_name(model._meta.db_table)
    held = ", ".join(values.values())
    cursor.execute(f"INSERT INTO {table} ({names}) SELECT {held} {rows}", named)


def is_made_by_the_database(field):
    return field.primary_key or field.generated or field.has_db_default()


def new_value(field, named):
    """The field's default, as a parameter; of its own in each row where it has to differ."""
    if isinstance(field, models.UUIDField):
        return "gen_random_uuid()"
    named[field.column] = field.get_db_prep_save(field.get_default(), connection)
    return f"%({field.column})s::{field.db_type(connection)}"


def one_more(since=None):
    """Write one more observation with its parts and marks; returns it.

    Its day is drawn from those since a day: from all of them, if none is given.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        insert_observations(cursor, 1, since or first_day())
        observation = Observation.objects.latest("pk")
        add_parts(cursor, PARTS, observation.pk)
        recount_observation(observation)
    return observation
