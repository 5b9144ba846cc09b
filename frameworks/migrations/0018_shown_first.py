import django.db.models.deletion
from django.db import migrations, models

# The criterion that a version shows first must be one of its own.
OF_ITS_OWN = """
ALTER TABLE frameworks_criterion
    ADD CONSTRAINT frameworks_criterion_key_of_versions UNIQUE (id, version_id);
ALTER TABLE frameworks_frameworkversion
    ADD CONSTRAINT frameworks_version_shown_first_of_its_own
    FOREIGN KEY (shown_first_id, id) REFERENCES frameworks_criterion (id, version_id)
    DEFERRABLE INITIALLY DEFERRED;
"""
OF_ANY = """
ALTER TABLE frameworks_frameworkversion
    DROP CONSTRAINT frameworks_version_shown_first_of_its_own;
ALTER TABLE frameworks_criterion DROP CONSTRAINT frameworks_criterion_key_of_versions;
"""


class Migration(migrations.Migration):
    dependencies = [("frameworks", "0017_themes_that_came_with_it")]

    operations = [
        migrations.AddField(
            "frameworkversion",
            "shown_first",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="frameworks.criterion",
            ),
        ),
        migrations.RunSQL(OF_ITS_OWN, OF_ANY),
    ]
