import django.contrib.postgres.fields
from django.db import migrations, models

KINDS = [
    ("harm", "A harm was named, with evidence"),
    ("vague", "A vague worry"),
    ("procedure", "A procedure was cited"),
    ("strength", "A strength or safety was named"),
    ("unchallenged", "An expert view went unchallenged"),
]


class Migration(migrations.Migration):
    """The column has its default in the database, so that no row is written anew."""

    dependencies = [("observations", "0040_counted_meetings")]

    operations = [
        migrations.AddField(
            model_name="passage",
            name="risk",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(choices=KINDS, max_length=15),
                blank=True,
                db_default=[],
                default=list,
                size=None,
                verbose_name="how risk was spoken of",
            ),
        ),
        migrations.AddConstraint(
            model_name="passage",
            constraint=models.CheckConstraint(
                condition=models.Q(risk__contained_by=[kind for kind, _ in KINDS]),
                name="observations_passage_risk_of_the_list",
            ),
        ),
        migrations.AddConstraint(
            model_name="passage",
            constraint=models.CheckConstraint(
                condition=models.Q(risk=[]) | ~models.Q(kind="family"),
                name="observations_passage_risk_marked_by_its_observer",
            ),
        ),
        migrations.AddIndex(
            model_name="passage",
            index=models.Index(
                fields=["unit", "month"],
                include=["risk", "observation"],
                condition=models.Q(is_counted=True) & ~models.Q(risk=[]),
                name="observations_passage_risk",
            ),
        ),
    ]
