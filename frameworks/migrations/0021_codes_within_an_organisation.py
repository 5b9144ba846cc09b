"""A code is of one row within an organisation; what stands in addresses is apart from it.

What comes with PracticeLens has its codes to itself. Until now a code stood in addresses, so each
of them stays where it is.
"""

from django.db import migrations, models

TABLES = ["framework", "codebook", "scale", "lens", "cause", "standard"]

FILL = "UPDATE frameworks_{table} SET address = code"
# What was deleted comes back with the address that it had.
FILL_DELETED = """
UPDATE frameworks_change SET before = jsonb_set(
    before, '{rows,0,fields,address}', before #> '{rows,0,fields,code}'
)
WHERE verb = 'deleted' AND before #> '{rows,0,fields,code}' IS NOT NULL
    AND before #>> '{rows,0,model}' IN (
        'frameworks.framework', 'frameworks.codebook', 'frameworks.scale', 'frameworks.lens',
        'frameworks.cause', 'frameworks.standard'
    )
"""

ONCE = """
CREATE FUNCTION frameworks_code_once() RETURNS trigger AS $$
DECLARE
    taken boolean;
BEGIN
    -- Two at once would not see each other's row.
    PERFORM pg_advisory_xact_lock(hashtext(TG_TABLE_NAME), hashtext(NEW.code));
    EXECUTE format(
        'SELECT EXISTS (SELECT 1 FROM %I other LEFT JOIN people_unit unit ON unit.id = other.unit_id '
        'WHERE other.code = $1 AND other.id <> $2 AND unit.organisation_id IS NOT DISTINCT FROM '
        '(SELECT organisation_id FROM people_unit WHERE id = $3))', TG_TABLE_NAME
    ) INTO taken USING NEW.code, NEW.id, NEW.unit_id;
    IF taken THEN
        RAISE EXCEPTION 'The code % is taken in this organisation (%_code_once).', NEW.code, TG_TABLE_NAME
            USING ERRCODE = 'unique_violation';
    END IF;
    RETURN NEW;
END
$$ LANGUAGE plpgsql;
"""
TRIGGER = """
CREATE TRIGGER frameworks_{table}_code_once
BEFORE INSERT OR UPDATE OF code, unit_id ON frameworks_{table}
FOR EACH ROW EXECUTE FUNCTION frameworks_code_once();
"""


def address(**more):
    return models.SlugField(max_length=120, editable=False, **more)


class Migration(migrations.Migration):
    dependencies = [
        ("frameworks", "0020_one_line_end"),
        ("people", "0012_organisations"),
    ]

    operations = [
        *[migrations.AddField(each, "address", address(null=True, db_index=False)) for each in TABLES],
        *[
            migrations.RunSQL(FILL.format(table=each), migrations.RunSQL.noop) for each in TABLES
        ],
        migrations.RunSQL(FILL_DELETED, migrations.RunSQL.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        *[migrations.AlterField(each, "address", address(unique=True)) for each in TABLES],
        *[migrations.AlterField(each, "code", models.SlugField()) for each in TABLES],
        migrations.RunSQL(ONCE, "DROP FUNCTION frameworks_code_once()"),
        *[
            migrations.RunSQL(
                TRIGGER.format(table=each),
                f"DROP TRIGGER frameworks_{each}_code_once ON frameworks_{each}",
            )
            for each in TABLES
        ],
    ]
