from django.db import migrations, models

COUNTED = models.Q(("is_counted", True))


class Migration(migrations.Migration):
    dependencies = [
        ("observations", "0017_constraints_in_field_words"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="rating",
            name="observations_rating_cells",
        ),
        migrations.AddIndex(
            model_name="mention",
            index=models.Index(
                condition=COUNTED,
                fields=["theme", "-decided_at"],
                include=("unit", "status", "engine", "by_chance"),
                name="observations_mention_decided",
            ),
        ),
        migrations.AddIndex(
            model_name="observation",
            index=models.Index(
                condition=COUNTED,
                fields=["unit", "kind_of_work", "observed_on"],
                name="observations_last_seen",
            ),
        ),
        migrations.AddIndex(
            model_name="observation",
            index=models.Index(
                condition=COUNTED,
                fields=["-observed_on"],
                name="observations_newest_seen",
            ),
        ),
        migrations.AddIndex(
            model_name="passage",
            index=models.Index(
                condition=COUNTED,
                fields=["unit", "month"],
                include=("kind", "id"),
                name="observations_passage_months",
            ),
        ),
        migrations.AddIndex(
            model_name="rating",
            index=models.Index(
                condition=COUNTED,
                fields=["unit", "month", "criterion"],
                include=("outcome", "level", "cause", "observation"),
                name="observations_rating_cells",
            ),
        ),
    ]
