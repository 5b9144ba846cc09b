"""Two frameworks are never in force over one unit on one day, whichever units above it they are for.

What is so already stays, and can be ended; nothing new comes to it: no version that is published, no
day that is put later, and no unit that is moved.
"""

from importlib import import_module

from django.db import migrations

ONE = """
CREATE FUNCTION frameworks_hold_organisation(organisation bigint) RETURNS void AS $$
    -- Two at once would not see each other's row.
    SELECT pg_advisory_xact_lock(hashtext('frameworks_one_in_force'), organisation::integer)
$$ LANGUAGE sql;

CREATE OR REPLACE FUNCTION frameworks_one_in_force_on_a_unit() RETURNS trigger AS $$
DECLARE
    days daterange;
    place bigint;
    top bigint;
BEGIN
    IF NEW.retired_on < NEW.effective_on THEN
        RETURN NEW; -- Refused by a constraint.
    END IF;
    days := daterange(NEW.effective_on, NEW.retired_on);
    IF TG_OP = 'UPDATE' AND OLD.published_at IS NOT NULL
            AND daterange(OLD.effective_on, OLD.retired_on) @> days THEN
        RETURN NEW;
    END IF;
    SELECT framework.unit_id, unit.organisation_id INTO place, top
    FROM frameworks_framework framework JOIN people_unit unit ON unit.id = framework.unit_id
    WHERE framework.id = NEW.framework_id;
    PERFORM frameworks_hold_organisation(top);
    IF EXISTS (
        SELECT 1 FROM frameworks_frameworkversion other
        JOIN frameworks_framework framework ON framework.id = other.framework_id
        JOIN people_unit_reach reach ON (reach.above_id, reach.below_id)
            IN ((framework.unit_id, place), (place, framework.unit_id))
        WHERE other.framework_id <> NEW.framework_id AND other.published_at IS NOT NULL
            AND daterange(other.effective_on, other.retired_on) && days
    ) THEN
        RAISE EXCEPTION 'Another framework is in force on this unit then.'
            USING ERRCODE = 'exclusion_violation';
    END IF;
    RETURN NEW;
END
$$ LANGUAGE plpgsql;

CREATE FUNCTION frameworks_one_in_force_where_a_unit_goes() RETURNS trigger AS $$
BEGIN
    PERFORM frameworks_hold_organisation(NEW.organisation_id);
    IF EXISTS (
        SELECT 1 FROM people_unit_reach below
        JOIN frameworks_framework framework ON framework.unit_id = below.below_id
        JOIN frameworks_frameworkversion moved ON moved.framework_id = framework.id
        JOIN people_unit_reach above ON above.below_id = NEW.parent_id
        JOIN frameworks_framework others ON others.unit_id = above.above_id
        JOIN frameworks_frameworkversion there
            ON there.framework_id = others.id AND there.framework_id <> moved.framework_id
        WHERE below.above_id = NEW.id
            -- What it stood under before is no news.
            AND NOT EXISTS (
                SELECT 1 FROM people_unit_reach before
                WHERE before.below_id = OLD.parent_id AND before.above_id = above.above_id
            )
            AND moved.published_at IS NOT NULL AND there.published_at IS NOT NULL
            -- Days that are over stay as they were.
            AND daterange(moved.effective_on, moved.retired_on)
                && daterange(there.effective_on, there.retired_on) * daterange(CURRENT_DATE, NULL)
    ) THEN
        RAISE EXCEPTION 'Another framework is in force where this unit goes.'
            USING ERRCODE = 'exclusion_violation';
    END IF;
    RETURN NULL;
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER frameworks_one_in_force_where_a_unit_goes
AFTER UPDATE OF parent_id ON people_unit
FOR EACH ROW WHEN (NEW.parent_id IS DISTINCT FROM OLD.parent_id)
EXECUTE FUNCTION frameworks_one_in_force_where_a_unit_goes();
"""
BEFORE = import_module("frameworks.migrations.0022_one_framework_in_force")
NOT_ONE = """
DROP TRIGGER frameworks_one_in_force_where_a_unit_goes ON people_unit;
DROP FUNCTION frameworks_one_in_force_where_a_unit_goes();
DROP TRIGGER frameworks_one_in_force_on_a_unit ON frameworks_frameworkversion;
DROP FUNCTION frameworks_one_in_force_on_a_unit();
DROP FUNCTION frameworks_hold_organisation(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("frameworks", "0023_words"), ("people", "0012_organisations")]

    operations = [migrations.RunSQL(ONE, NOT_ONE + BEFORE.ONE)]
