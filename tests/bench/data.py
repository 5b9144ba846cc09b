"""Databases of made-up observations, one for each size, made in SQL and dropped at the end."""

import random
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection, models, transaction
from psycopg import sql

from frameworks.models import (
    Cause,
    Codebook,
    Criterion,
    Domain,
    Framework,
    FrameworkVersion,
    Level,
    Scale,
    Theme,
)
from observations.marks import mark_observation
from observations.models import Mention, Observation, Passage, Rating
from practicelens.people.models import Unit, User
from reports.cells.rollup import recount_all

SEED = 20_261_123
TEAMS, MONTHS, CRITERIA, THEMES = 180, 60, 24, 40
TEXT = "Mum was asked first, and her words were written up before anyone else spoke."

# What is given of each table: columns and what they hold; and the rows that it is taken from.
# Columns that are not given hold what a new row of the model would.
OBSERVATIONS = {
    "unit_id": "teams[1 + floor(random() * cardinality(teams))]",
    "observer_id": "observer",
    "framework_version_id": "version",
    "observed_on": "date '2021-11-01' + floor(random() * 1826)::integer",
    "part_of_day": "'afternoon'",
    "minutes": "55",
    "kind_of_work": "'home_visit'",
    "setting": "'home'",
    "proximity": "'shadowed'",
    "mode": "'in_person'",
    "present": "'{mother}'",
    "family_asked": "'agreed'",
    "submitted_at": "now()",
    "coded_at": "now()",
}
FROM_NOTHING = """
  FROM generate_series(1, %(count)s),
       (SELECT array_agg(id) AS teams FROM people_unit WHERE kind = 'team') AS t,
       (SELECT min(id) AS observer FROM people_user) AS u,
       (SELECT min(id) AS version FROM frameworks_frameworkversion) AS v
"""

PLACE = {name: name for name in ["observation_id", "unit_id", "month", "is_counted"]}

PASSAGES = PLACE | {
    "observation_id": "id",
    "kind": "'seen'",
    "text": "%(text)s",
    "position": "number",
}
FROM_OBSERVATIONS = """
  FROM observations_observation, generate_series(1, 2) AS number
 WHERE id >= %(first)s
"""

# Twelve of the criteria each; most a level, some not seen, a few missed.
RATINGS = PLACE | {
    "criterion_id": "criterion_id",
    "outcome": "outcome",
    "level_id": "CASE outcome WHEN 'level' "
    "THEN levels[1 + floor(random() * cardinality(levels))] END",
    "cause_id": "CASE outcome WHEN 'missed' THEN cause END",
    "evidence": "'One line of what showed it.'",
}
FROM_CRITERIA = """
  FROM (SELECT o.id AS observation_id, unit_id, month, is_counted,
               criteria[1 + (o.id + 2 * number) %% cardinality(criteria)] AS criterion_id,
               (ARRAY['level', 'level', 'level', 'level', 'not_seen', 'missed'])
                   [1 + floor(random() * 6)] AS outcome
          FROM observations_observation AS o, generate_series(0, 11) AS number,
               (SELECT array_agg(id ORDER BY id) AS criteria FROM frameworks_criterion) AS c
         WHERE o.id >= %(first)s) AS made,
       (SELECT array_agg(id) AS levels FROM frameworks_level) AS l,
       (SELECT min(id) AS cause FROM frameworks_cause) AS w
"""

# Three themes a passage; three in five confirmed, one rejected, one still suggested.
MENTIONS = PLACE | {
    "passage_id": "passage_id",
    "theme_id": "theme_id",
    "stance": "(ARRAY['helps', 'hinders', 'neither'])[1 + floor(random() * 3)]",
    "status": "status",
    "engine": "'words'",
    "start": "0",
    "end": "10",
    "decided_at": "CASE WHEN status <> 'suggested' THEN now() END",
    "decided_by_id": "CASE WHEN status <> 'suggested' THEN observer END",
}
FROM_PASSAGES = """
  FROM (SELECT p.observation_id, p.unit_id, p.month, p.is_counted, p.id AS passage_id,
               themes[1 + (p.id * 3 + number) %% cardinality(themes)] AS theme_id,
               (ARRAY['confirmed', 'confirmed', 'confirmed', 'rejected', 'suggested'])
                   [1 + floor(random() * 5)] AS status
          FROM observations_passage AS p, generate_series(0, 2) AS number,
               (SELECT array_agg(id ORDER BY id) AS themes FROM frameworks_theme) AS t
         WHERE p.observation_id >= %(first)s) AS made,
       (SELECT min(id) AS observer FROM people_user) AS u
"""
PARTS = [
    (Passage, PASSAGES, FROM_OBSERVATIONS),
    (Rating, RATINGS, FROM_CRITERIA),
    (Mention, MENTIONS, FROM_PASSAGES),
]


class Databases:
    """One database for each size, made when it is first asked for."""

    def __init__(self):
        self.dice = random.Random(SEED)
        self.home = connection.settings_dict["NAME"]
        self.base = f"{self.home}_bench"
        self.made = {}

    def __enter__(self):
        self.create(self.base)
        with self.connected_to(self.base):
            call_command("migrate", verbosity=0)
            frame()
        return self

    def __exit__(self, *_):
        for name in [*self.made.values(), self.base]:
            self.administer("DROP DATABASE IF EXISTS {}", name)

    def create(self, name, template="template1"):
        self.administer("DROP DATABASE IF EXISTS {}", name)
        self.administer("CREATE DATABASE {} TEMPLATE {}", name, template)

    def administer(self, statement, *names):
        with self.connected_to(self.home), connection.cursor() as cursor:
            cursor.execute(sql.SQL(statement).format(*map(sql.Redaction, names)))

    @contextmanager
    def connected_to(self, name):
        connection.close()
        before = connection.settings_dict["NAME"]
        connection.settings_dict["NAME"] = name
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = before

    @contextmanager
    def of(self, size):
        """Connected to a database of so many observations."""
        if size not in self.made:
            self.made[size] = f"{self.base}_{size}"
            self.create(self.made[size], self.base)
            with self.connected_to(self.made[size]):
                fill(size)
        with self.connected_to(self.made[size]):
            yield


def frame():
    """The organisation, the framework and the codebook."""
    top = Unit.objects.create(code="top", name="Top", kind="organisation")
    services = [
        Unit.objects.create(code=f"s{number}", name=f"Service {number}", kind="service", parent=top)
        for number in range(19)
    ]
    Unit.objects.bulk_create(
        Unit(code=f"t{number}", name=f"Team {number}", kind="team", parent=services[number % 19])
        for number in range(TEAMS)
    )
    User.objects.create_user("observer@example.org", name="Observer")
    scale = Scale.objects.create(code="words", name="Words")
    Level.objects.bulk_create(
        Level(scale=scale, position=number, code=f"l{number}", name=f"Level {number}")
        for number in range(1, 5)
    )
    Cause.objects.create(code="no_time", name="No time", position=1)
    add_criteria(top, scale)
    codebook = Codebook.objects.create(code="themes", name="Themes", unit=top)
    Theme.objects.bulk_create(
        Theme(codebook=codebook, code=f"h{number}", name=f"Theme {number}", position=number)
        for number in range(THEMES)
    )


def add_criteria(unit, scale):
    framework = Framework.objects.create(code="frame", name="Frame", unit=unit)
    version = FrameworkVersion.objects.create(framework=framework, number=1, scale=scale)
    domain = Domain.objects.create(version=version, code="1", name="Domain", position=1)
    Criterion.objects.bulk_create(
        Criterion(
            domain=domain, version=version, code=f"1.{number}", name=f"C {number}", position=number
        )
        for number in range(1, CRITERIA + 1)
    )


def fill(count):
    """So many observations over five years, their parts and cells; then the planner's figures."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.2026)")
        skip_checks_of_keys(cursor)
        add_rows(cursor, count, first=0)
        recount_all()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def skip_checks_of_keys(cursor):
    """Made-up rows are right by making; checking each key would double the time to load them."""
    cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    if cursor.fetchone()[0]:
        cursor.execute("SET LOCAL session_replication_role = replica")


def add_rows(cursor, count, first):
    insert(cursor, Observation, OBSERVATIONS, FROM_NOTHING, {"count": count})
    add_parts(cursor, first)


def add_parts(cursor, first):
    """The parts of the observations from a number on."""
    for model, given, rows in PARTS:
        insert(cursor, model, given, rows, {"first": first, "text": TEXT})


def insert(cursor, model, given, rows, named):
    """INSERT .. SELECT, with what a new row of the model holds in every column not given.

    So a column that comes to the model with a default needs no line here.
    """
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


def one_more(dice):
    """Write one more observation of a recent month in any team, with its marks; returns it."""
    team = dice.choice(list(Unit.objects.teams().values_list("pk", flat=True)))
    with transaction.atomic(), connection.cursor() as cursor:
        insert(cursor, Observation, OBSERVATIONS, FROM_NOTHING, {"count": 1})
        observation = Observation.objects.latest("pk")
        observation.unit_id = team
        observation.observed_on = f"2026-{dice.randint(8, 10)}-{dice.randint(1, 28)}"
        observation.save(update_fields=["unit", "observed_on"])
        add_parts(cursor, observation.pk)
        mark_observation(observation)
    observation.refresh_from_db()
    return observation
