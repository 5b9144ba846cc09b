"""Two frameworks are never in force on one unit on one day.

What is so already stays; nothing new comes to it.
"""

from django.db import migrations

ONE = """
CREATE FUNCTION frameworks_one_in_force_on_a_unit() RETURNS trigger AS $$
DECLARE
    place bigint;
BEGIN
    SELECT unit_id INTO place FROM frameworks_framework WHERE id = NEW.framework_id;
    -- Two at once would not see each other's row.
    PERFORM pg_advisory_xact_lock(hashtext('frameworks_one_in_force_on_a_unit'), place::integer);
    IF EXISTS (
        SELECT 1 FROM frameworks_frameworkversion other
        JOIN frameworks_framework framework ON framework.id = other.framework_id
        WHERE framework.unit_id = place AND other.framework_id <> NEW.framework_id
            AND other.published_at IS NOT NULL
            AND daterange(other.effective_on, other.retired_on) && daterange(NEW.effective_on, NEW.retired_on)
    ) THEN
        RAISE EXCEPTION 'Another framework is in force on this unit then.'
            USING ERRCODE = 'exclusion_violation';
    END IF;
    RETURN NEW;
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER frameworks_one_in_force_on_a_unit
BEFORE INSERT OR UPDATE OF published_at, effective_on, retired_on ON frameworks_frameworkversion
FOR EACH ROW WHEN (NEW.published_at IS NOT NULL)
EXECUTE FUNCTION frameworks_one_in_force_on_a_unit();
"""
NOT_ONE = """
DROP TRIGGER frameworks_one_in_force_on_a_unit ON frameworks_frameworkversion;
DROP FUNCTION frameworks_one_in_force_on_a_unit();
"""


class Migration(migrations.Migration):
    dependencies = [("frameworks", "0021_codes_within_an_organisation")]

    operations = [migrations.RunSQL(ONE, NOT_ONE)]
