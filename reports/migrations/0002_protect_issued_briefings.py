from django.db import migrations

GUARD = """
CREATE FUNCTION reports_keep_issued() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.issued_at IS NOT NULL THEN
        RAISE EXCEPTION 'An issued briefing never changes: issue a new version.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER reports_briefing_issued BEFORE UPDATE OR DELETE ON reports_briefing
    FOR EACH ROW EXECUTE FUNCTION reports_keep_issued();

CREATE FUNCTION reports_keep_parts_of_issued() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM reports_briefing
               WHERE id = COALESCE(NEW.briefing_id, OLD.briefing_id) AND issued_at IS NOT NULL) THEN
        RAISE EXCEPTION 'An issued briefing never changes: issue a new version.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
"""

PARTS = ["section", "finding", "ask"]

PART = """
CREATE TRIGGER reports_{part}_issued BEFORE INSERT OR UPDATE OR DELETE ON reports_{part}
    FOR EACH ROW EXECUTE FUNCTION reports_keep_parts_of_issued();
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [
        migrations.RunSQL(
            GUARD,
            "DROP TRIGGER reports_briefing_issued ON reports_briefing;"
            "DROP FUNCTION reports_keep_issued; DROP FUNCTION reports_keep_parts_of_issued",
        ),
        *[
            migrations.RunSQL(
                PART.format(part=part), f"DROP TRIGGER reports_{part}_issued ON reports_{part}"
            )
            for part in PARTS
        ],
    ]
