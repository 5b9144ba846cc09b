"""What the observations add up to: cells counted from ratings and mentions, in SQL.

Two ways lead to the same cells: counting again just what is dirty, and counting everything.
Both need READ COMMITTED, Django's default here: each statement must see what others have
committed before it began.
"""

from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

# Both ways hold this advisory lock: a roll-up shares it, a full recount has it alone. Any number
# will do, so long as it is the same in every process.
RECOUNT_LOCK = 20_110_501

COUNTED_CRITERIA = """
SELECT unit_id, month, criterion_id, outcome, level_id, count(*)::integer AS observations
  FROM observations_rating
 WHERE is_counted
 GROUP BY unit_id, month, criterion_id, outcome, level_id
"""

COUNTED_THEMES = """
SELECT unit_id, month, theme_id,
       (count(*) FILTER (WHERE status = 'confirmed' AND stance = 'helps'))::integer AS helps,
       (count(*) FILTER (WHERE status = 'confirmed' AND stance = 'hinders'))::integer AS hinders,
       (count(*) FILTER (WHERE status = 'confirmed' AND stance = 'neither'))::integer AS neither,
       (count(DISTINCT observation_id) FILTER (WHERE status = 'confirmed'))::integer
           AS observations,
       (count(*) FILTER (WHERE status = 'suggested'))::integer AS suggested
  FROM observations_mention
 WHERE is_counted AND status <> 'rejected'
 GROUP BY unit_id, month, theme_id
"""

# --- Counting what is dirty ---

# An array is made once. With IN the planner may run the inner query again for each row, and each
# time it takes other dirty cells: more of them than the limit.
TAKE_MARKS = """
DELETE FROM observations_dirtycell
 WHERE id = ANY(ARRAY(
           SELECT id FROM observations_dirtycell ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED))
RETURNING unit_id, month, criterion_id, theme_id
"""

LOCK_UNITS_AND_MONTHS = """
SELECT pg_advisory_xact_lock(unit_id::integer, month - date '1970-01-01')
  FROM (SELECT DISTINCT unit_id, month
          FROM unnest(%s::bigint[], %s::date[]) AS dirty (unit_id, month)
         ORDER BY unit_id, month
        OFFSET 0) AS in_one_order
"""

# LATERAL with OFFSET 0 looks each cell up through the covering index, whatever the planner thinks
# of the size of the table: that is what keeps one more observation as cheap in a large archive. A
# cell that is there is changed in its place and not made anew, which would be twice the work.
COUNT_CRITERIA = """
WITH dirty AS (
SELECT * FROM unnest(%s::bigint[], %s::date[], %s::bigint[]) AS m (unit_id, month, criterion_id)
),
counted AS MATERIALIZED (
SELECT dirty.*, found.*
  FROM dirty
 CROSS JOIN LATERAL (
       SELECT outcome, level_id, count(*) AS observations
         FROM observations_rating AS rating
        WHERE is_counted
          AND rating.unit_id = dirty.unit_id
          AND rating.month = dirty.month
          AND rating.criterion_id = dirty.criterion_id
        GROUP BY outcome, level_id
       OFFSET 0) AS found
),
gone AS (
DELETE FROM reports_criterioncell AS cell
 USING dirty
 WHERE (cell.unit_id, cell.month, cell.criterion_id)
       = (dirty.unit_id, dirty.month, dirty.criterion_id)
   AND NOT EXISTS (
       SELECT FROM counted
        WHERE (counted.unit_id, counted.month, counted.criterion_id, counted.outcome)
              = (cell.unit_id, cell.month, cell.criterion_id, cell.outcome)
          AND counted.level_id IS NOT DISTINCT FROM cell.level_id)
)
INSERT INTO reports_criterioncell AS cell
       (unit_id, month, criterion_id, outcome, level_id, observations)
SELECT unit_id, month, criterion_id, outcome, level_id, observations FROM counted
ON CONFLICT (unit_id, month, criterion_id, outcome, level_id)
DO UPDATE SET observations = EXCLUDED.observations
 WHERE cell.observations <> EXCLUDED.observations
"""

COUNT_THEMES = """
WITH dirty AS (
SELECT * FROM unnest(%s::bigint[], %s::date[], %s::bigint[]) AS m (unit_id, month, theme_id)
),
counted AS MATERIALIZED (
SELECT dirty.*, found.*
  FROM dirty
 CROSS JOIN LATERAL (
       SELECT count(*) FILTER (WHERE status = 'confirmed' AND stance = 'helps') AS helps,
              count(*) FILTER (WHERE status = 'confirmed' AND stance = 'hinders') AS hinders,
              count(*) FILTER (WHERE status = 'confirmed' AND stance = 'neither') AS neither,
              count(DISTINCT observation_id) FILTER (WHERE status = 'confirmed') AS observations,
              count(*) FILTER (WHERE status = 'suggested') AS suggested,
              count(*) AS mentions
         FROM observations_mention AS mention
        WHERE is_counted AND status <> 'rejected'
          AND mention.unit_id = dirty.unit_id
          AND mention.month = dirty.month
          AND mention.theme_id = dirty.theme_id
       OFFSET 0) AS found
),
gone AS (
DELETE FROM reports_themecell AS cell
 USING counted
 WHERE counted.mentions = 0
   AND (cell.unit_id, cell.month, cell.theme_id)
       = (counted.unit_id, counted.month, counted.theme_id)
)
INSERT INTO reports_themecell AS cell
       (unit_id, month, theme_id, helps, hinders, neither, observations, suggested)
SELECT unit_id, month, theme_id, helps, hinders, neither, observations, suggested
  FROM counted
 WHERE mentions > 0
ON CONFLICT (unit_id, month, theme_id)
DO UPDATE SET helps = EXCLUDED.helps,
              hinders = EXCLUDED.hinders,
              neither = EXCLUDED.neither,
              observations = EXCLUDED.observations,
              suggested = EXCLUDED.suggested
 WHERE (cell.helps, cell.hinders, cell.neither, cell.observations, cell.suggested)
       <> (EXCLUDED.helps, EXCLUDED.hinders, EXCLUDED.neither,
           EXCLUDED.observations, EXCLUDED.suggested)
"""

# --- Counting everything ---

PLAN_FOR_ALL = "SET LOCAL work_mem = '128MB'; SET LOCAL jit = off"

# Only what differs is written: a recount of cells that are right writes nothing, and readers see
# the old cells until the new ones are in. A missing level is compared as 0, since NULL is equal to
# nothing.
RECOUNT_CRITERIA = f"""
WITH differing AS MATERIALIZED (
SELECT cell.id, counted.*
  FROM ({COUNTED_CRITERIA}) AS counted
  FULL JOIN reports_criterioncell AS cell
    ON (counted.unit_id, counted.month, counted.criterion_id, counted.outcome)
       = (cell.unit_id, cell.month, cell.criterion_id, cell.outcome)
   AND coalesce(counted.level_id, 0) = coalesce(cell.level_id, 0)
 WHERE counted.observations IS DISTINCT FROM cell.observations
),
gone AS (
DELETE FROM reports_criterioncell AS cell
 USING differing
 WHERE cell.id = differing.id AND differing.observations IS NULL
)
INSERT INTO reports_criterioncell
       (unit_id, month, criterion_id, outcome, level_id, observations)
SELECT unit_id, month, criterion_id, outcome, level_id, observations
  FROM differing
 WHERE observations IS NOT NULL
ON CONFLICT (unit_id, month, criterion_id, outcome, level_id)
DO UPDATE SET observations = EXCLUDED.observations
"""

RECOUNT_THEMES = f"""
WITH differing AS MATERIALIZED (
SELECT cell.id, counted.*
  FROM ({COUNTED_THEMES}) AS counted
  FULL JOIN reports_themecell AS cell
    ON (counted.unit_id, counted.month, counted.theme_id)
       = (cell.unit_id, cell.month, cell.theme_id)
 WHERE (counted.helps, counted.hinders, counted.neither,
        counted.observations, counted.suggested)
       IS DISTINCT FROM
       (cell.helps, cell.hinders, cell.neither, cell.observations, cell.suggested)
),
gone AS (
DELETE FROM reports_themecell AS cell
 USING differing
 WHERE cell.id = differing.id AND differing.observations IS NULL
)
INSERT INTO reports_themecell
       (unit_id, month, theme_id, helps, hinders, neither, observations, suggested)
SELECT unit_id, month, theme_id, helps, hinders, neither, observations, suggested
  FROM differing
 WHERE observations IS NOT NULL
ON CONFLICT (unit_id, month, theme_id)
DO UPDATE SET helps = EXCLUDED.helps,
              hinders = EXCLUDED.hinders,
              neither = EXCLUDED.neither,
              observations = EXCLUDED.observations,
              suggested = EXCLUDED.suggested
"""

# --- Comparing ---

DIFFERING_CRITERIA = f"""
WITH counted AS ({COUNTED_CRITERIA}),
stored AS (
SELECT unit_id, month, criterion_id, outcome, level_id, observations FROM reports_criterioncell
),
differing AS (
SELECT 'counted' AS side, * FROM (SELECT * FROM counted EXCEPT ALL SELECT * FROM stored) AS a
 UNION ALL
SELECT 'stored', * FROM (SELECT * FROM stored EXCEPT ALL SELECT * FROM counted) AS b
)
SELECT side, coalesce(unit.name, 'no unit'), month,
       coalesce(criterion.code || ' ' || criterion.name, 'no criterion'),
       coalesce(level.name, outcome) || ' ' || observations
  FROM differing
  LEFT JOIN people_unit AS unit ON unit.id = unit_id
  LEFT JOIN frameworks_criterion AS criterion ON criterion.id = criterion_id
  LEFT JOIN frameworks_level AS level ON level.id = level_id
 WHERE NOT EXISTS (
       SELECT FROM observations_dirtycell AS dirty
        WHERE (dirty.unit_id, dirty.month, dirty.criterion_id)
              = (differing.unit_id, differing.month, differing.criterion_id))
 ORDER BY unit.name, month, criterion.position, outcome, level.position, side
"""

DIFFERING_THEMES = f"""
WITH counted AS ({COUNTED_THEMES}),
stored AS (
SELECT unit_id, month, theme_id, helps, hinders, neither, observations, suggested
  FROM reports_themecell
),
differing AS (
SELECT 'counted' AS side, * FROM (SELECT * FROM counted EXCEPT ALL SELECT * FROM stored) AS a
 UNION ALL
SELECT 'stored', * FROM (SELECT * FROM stored EXCEPT ALL SELECT * FROM counted) AS b
)
SELECT side, coalesce(unit.name, 'no unit'), month, coalesce(theme.name, 'no theme'),
       format('helps %s, hinders %s, neither %s, in %s observations, %s suggested',
              helps, hinders, neither, observations, suggested)
  FROM differing
  LEFT JOIN people_unit AS unit ON unit.id = unit_id
  LEFT JOIN frameworks_theme AS theme ON theme.id = theme_id
 WHERE NOT EXISTS (
       SELECT FROM observations_dirtycell AS dirty
        WHERE (dirty.unit_id, dirty.month, dirty.theme_id)
              = (differing.unit_id, differing.month, differing.theme_id))
 ORDER BY unit.name, month, theme.position, side
"""


@dataclass(frozen=True)
class Counted:
    """How many dirty cells a roll-up took, and how many cells it wrote."""

    dirty_cells: int
    cells: int


@dataclass(frozen=True)
class Difference:
    """A cell as it is stored, or as the rows say it should be, where the two are not equal."""

    side: str  # "stored" or "counted"
    unit: str
    month: date
    of: str  # the criterion or the theme
    counts: str

    def __str__(self):
        words = "is stored" if self.side == "stored" else "was counted"
        return f"{self.unit}, {self.month:%B %Y}, {self.of}: {self.counts} {words}"


@transaction.atomic
def roll_up_dirty(limit=500):
    """Take up to so many dirty cells and count them again; at once safe and quick.

    They go in the same transaction, so that a crash leaves them to be found again. They are taken
    before the count, never after: an observation that comes in between leaves a dirty cell of its
    own.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [RECOUNT_LOCK])
        cursor.execute(TAKE_MARKS, [limit])
        dirty_cells = cursor.fetchall()
        lock_cells_of(cursor, dirty_cells)
        cells = count_again(cursor, COUNT_CRITERIA, [cell[:3] for cell in dirty_cells if cell[2]])
        cells += count_again(
            cursor, COUNT_THEMES, [(*cell[:2], cell[3]) for cell in dirty_cells if cell[3]]
        )
    return Counted(dirty_cells=len(dirty_cells), cells=cells)


def lock_cells_of(cursor, dirty_cells):
    """Wait for any other roll-up of these units and months: the older count must not come last."""
    if dirty_cells:
        units, months, *_ = zip(*dirty_cells, strict=True)
        cursor.execute(LOCK_UNITS_AND_MONTHS, [list(units), list(months)])


def count_again(cursor, count, keys):
    """Put the cells of these keys right, in a statement that begins after the locks are held."""
    if not keys:
        return 0
    columns = [list(column) for column in zip(*sorted(set(keys)), strict=True)]
    cursor.execute(count, columns)
    return cursor.rowcount


@transaction.atomic
def recount_all():
    """Count every cell again from the rows; returns how many cells were written or changed.

    Roll-ups wait until it is done. Dirty cells are left alone: counting their cells once more is cheap.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [RECOUNT_LOCK])
        cursor.execute(PLAN_FOR_ALL)
        cursor.execute(RECOUNT_CRITERIA)
        written = cursor.rowcount
        cursor.execute(RECOUNT_THEMES)
        return written + cursor.rowcount


def differences():
    """Where the stored cells are not what the rows say, both ways; a list of Difference.

    A dirty cell is not wrong but waiting, and is left out. A cell of a unit, criterion or theme
    that is gone is found too: the database would let it stand.
    """
    with connection.cursor() as cursor:
        cursor.execute(DIFFERING_CRITERIA)
        rows = cursor.fetchall()
        cursor.execute(DIFFERING_THEMES)
        return [Difference(*row) for row in rows + cursor.fetchall()]
