from django.db import migrations

REACH = """
CREATE VIEW people_unit_reach AS
WITH RECURSIVE reach (above_id, below_id, steps) AS (
    SELECT id, id, 0 FROM people_unit
    UNION
    SELECT reach.above_id, child.id, reach.steps + 1
    FROM reach JOIN people_unit child ON child.parent_id = reach.below_id
    -- A tree deeper than this is a ring made by mistake: stop rather than spin.
    WHERE reach.steps < 20
)
SELECT above_id, below_id, min(steps) AS steps FROM reach GROUP BY above_id, below_id
"""

# Counts failed sign-ins across processes, so it may not live in one process's memory.
CACHE = """
CREATE TABLE people_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX people_cache_expires ON people_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.RunSQL(REACH, "DROP VIEW people_unit_reach"),
        migrations.RunSQL(CACHE, "DROP TABLE people_cache"),
    ]
