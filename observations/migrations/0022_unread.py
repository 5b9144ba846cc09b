from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("observations", "0021_dirty_cells")]

    operations = [
        migrations.AddField(
            model_name="sectionsave",
            name="unread",
            field=models.JSONField(default=dict),
        ),
    ]
