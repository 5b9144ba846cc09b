from django.db import migrations, models


class Migration(migrations.Migration):
    """The column has its default in the database, so that no row is written anew."""

    dependencies = [("observations", "0041_risk_statements")]

    operations = [
        migrations.AddField(
            model_name="friction",
            name="called",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=60,
                verbose_name="what it is called here",
            ),
        ),
        migrations.AddIndex(
            model_name="friction",
            index=models.Index(
                fields=["unit", "month"],
                include=["called", "effect", "minutes"],
                condition=models.Q(is_counted=True) & ~models.Q(called=""),
                name="observations_friction_called",
            ),
        ),
    ]
