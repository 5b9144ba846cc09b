from django.db import migrations, models


def count_as_opened(apps, schema_editor):
    """What was shared before sharing could be taken back is taken for opened: nobody knows better."""
    observations = apps.get_model("observations", "Observation").objects
    observations.filter(shared_at__isnull=False).update(opened_at=models.F("shared_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("observations", "0023_sharing_taken_back"),
    ]

    operations = [
        migrations.RunPython(count_as_opened, migrations.RunPython.noop),
    ]
