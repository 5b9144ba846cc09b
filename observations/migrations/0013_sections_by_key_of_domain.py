from django.db import migrations

# Sections in which a domain is rated were named by its code, which can hold what no address can.
NAME = """
UPDATE {table} AS kept SET section = 'domain-' || domain.id
    FROM observations_observation AS observation, frameworks_domain AS domain
    WHERE observation.id = kept.observation_id
        AND domain.version_id = observation.framework_version_id
        AND kept.section = 'ratings-' || domain.code;
"""
NAME_BACK = """
UPDATE {table} AS kept SET section = 'ratings-' || domain.code
    FROM frameworks_domain AS domain
    WHERE kept.section = 'domain-' || domain.id;
"""
TABLES = ["observations_sectionsave", "observations_othercopy"]


class Migration(migrations.Migration):
    dependencies = [
        ("frameworks", "0019_shown_first_of_working_alongside"),
        ("observations", "0012_trials"),
    ]

    operations = [
        migrations.RunSQL(NAME.format(table=table), NAME_BACK.format(table=table))
        for table in TABLES
    ]
