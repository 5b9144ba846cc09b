from django.db import migrations

# A criterion's domain must be of the criterion's own version.
SAME_VERSION = """
ALTER TABLE frameworks_domain
    ADD CONSTRAINT frameworks_domain_key_of_criteria UNIQUE (id, version_id);
ALTER TABLE frameworks_criterion
    ADD CONSTRAINT frameworks_criterion_domain_of_its_version
    FOREIGN KEY (domain_id, version_id) REFERENCES frameworks_domain (id, version_id)
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
"""

# The parts of a version, each with the query that finds the version it belongs to.
PARTS = {
    "frameworks_domain": "SELECT {row}.version_id",
    "frameworks_criterion": "SELECT {row}.version_id",
    "frameworks_lineage": "SELECT {row}.version_id",
    "frameworks_frameworkversion_causes": "SELECT {row}.frameworkversion_id",
    "frameworks_frameworkversion_lenses": "SELECT {row}.frameworkversion_id",
    "frameworks_leveldescription": (
        "SELECT version_id FROM frameworks_criterion WHERE id = {row}.criterion_id"
    ),
    "frameworks_prompt": (
        "SELECT version_id FROM frameworks_criterion WHERE id = {row}.criterion_id"
    ),
    "frameworks_level": (
        "SELECT id FROM frameworks_frameworkversion"
        " WHERE scale_id = {row}.scale_id AND published_at IS NOT NULL LIMIT 1"
    ),
}

REFUSE = """
CREATE FUNCTION frameworks_refuse_if_published(version bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM frameworks_frameworkversion
               WHERE id = version AND published_at IS NOT NULL) THEN
        RAISE EXCEPTION 'A published framework version never changes: make a new version.'
            USING ERRCODE = 'restrict_violation';
    END IF;
END $$;

CREATE FUNCTION frameworks_keep_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Retiring is the one thing that may still happen to it.
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'retired_on' = to_jsonb(OLD) - 'retired_on' THEN
        RETURN NEW;
    END IF;
    PERFORM frameworks_refuse_if_published(OLD.id);
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER frameworks_version_published
    BEFORE UPDATE OR DELETE ON frameworks_frameworkversion
    FOR EACH ROW EXECUTE FUNCTION frameworks_keep_published();
"""

PART = """
CREATE FUNCTION {table}_keep_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM frameworks_refuse_if_published(({old}));
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM frameworks_refuse_if_published(({new}));
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER {table}_published BEFORE INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION {table}_keep_published();
"""


def guard(table, version):
    return migrations.RunSQL(
        PART.format(table=table, old=version.format(row="OLD"), new=version.format(row="NEW")),
        f"DROP TRIGGER {table}_published ON {table}; DROP FUNCTION {table}_keep_published",
    )


class Migration(migrations.Migration):
    dependencies = [("frameworks", "0001_initial")]

    operations = [
        migrations.RunSQL(
            SAME_VERSION,
            "ALTER TABLE frameworks_criterion"
            " DROP CONSTRAINT frameworks_criterion_domain_of_its_version;"
            "ALTER TABLE frameworks_domain DROP CONSTRAINT frameworks_domain_key_of_criteria",
        ),
        migrations.RunSQL(
            REFUSE,
            "DROP TRIGGER frameworks_version_published ON frameworks_frameworkversion;"
            "DROP FUNCTION frameworks_keep_published;"
            "DROP FUNCTION frameworks_refuse_if_published",
        ),
        *[guard(table, version) for table, version in PARTS.items()],
    ]
