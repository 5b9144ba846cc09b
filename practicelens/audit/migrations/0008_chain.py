from django.db import migrations

# The triggers that refuse are passed over by whoever owns the tables, and by nobody else: so the
# product runs under a role that owns nothing.
REFUSALS = """
CREATE TRIGGER audit_entry_never_emptied BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_link_append_only BEFORE UPDATE OR DELETE ON audit_link
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_link_never_emptied BEFORE TRUNCATE ON audit_link
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
"""
REFUSALS_GONE = """
DROP TRIGGER audit_entry_never_emptied ON audit_entry;
DROP TRIGGER audit_link_append_only ON audit_link;
DROP TRIGGER audit_link_never_emptied ON audit_link;
"""

TIME = """
CREATE FUNCTION audit_take_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER audit_entry_time BEFORE INSERT ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_take_time();
"""
TIME_GONE = "DROP TRIGGER audit_entry_time ON audit_entry; DROP FUNCTION audit_take_time"

# `manage.py audit --verify` works the same hash out again without these functions (verifying.py).
# What it is of never changes: a column that comes later is left out of it, or the old links break.
#
# The link is made at the end of the transaction: whoever writes a line and goes on working keeps
# nobody waiting, and no two can wait for each other. It runs as the owner of the tables, since the
# role that the product runs under may not write links.
CHAIN = """
CREATE FUNCTION audit_hash(earlier bytea, place bigint, entry audit_entry) RETURNS bytea
LANGUAGE sql STABLE AS $$
    SELECT sha256(earlier || convert_to(jsonb_build_array(
        place, entry.id, to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'),
        entry.by_id, entry.action, entry.what, entry.object_pk, entry.unit_id, entry.changes
    )::text, 'UTF8'))
$$;
CREATE FUNCTION audit_add_link() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    place bigint;
    earlier bytea;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('audit_link'));
    SELECT number, hash INTO place, earlier FROM audit_link ORDER BY number DESC LIMIT 1;
    place := coalesce(place, 0) + 1;
    INSERT INTO audit_link (number, entry_id, hash)
        VALUES (place, NEW.id, audit_hash(coalesce(earlier, ''), place, NEW));
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION audit_add_link FROM PUBLIC;
CREATE CONSTRAINT TRIGGER audit_entry_linked AFTER INSERT ON audit_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_add_link();
"""
CHAIN_GONE = """
DROP TRIGGER audit_entry_linked ON audit_entry;
DROP FUNCTION audit_add_link;
DROP FUNCTION audit_hash;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0007_links")]

    operations = [
        migrations.RunSQL(REFUSALS, REFUSALS_GONE),
        migrations.RunSQL(TIME, TIME_GONE),
        migrations.RunSQL(CHAIN, CHAIN_GONE),
    ]
