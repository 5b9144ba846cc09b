from django.db import migrations


def share_drafts(apps, schema_editor):
    """What is not submitted has given no reason yet; these are few."""
    observations = apps.get_model("observations", "Observation").objects
    observations.filter(submitted_at=None).update(not_shared_because="")


class Migration(migrations.Migration):
    dependencies = [("observations", "0036_not_shared")]

    operations = [migrations.RunPython(share_drafts, migrations.RunPython.noop)]
