from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0008_windows")]

    operations = [
        migrations.AddField(
            model_name="unit",
            name="began_on",
            field=models.DateField(blank=True, null=True, verbose_name="when it began"),
        ),
    ]
