"""Cells to be counted again have a name of their own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("observations", "0020_counted_saves")]

    operations = [
        migrations.RenameModel("Mark", "DirtyCell"),
        migrations.RunSQL(
            "ALTER TABLE observations_dirtycell RENAME CONSTRAINT"
            " observations_mark_of_a_theme_or_a_criterion"
            " TO observations_dirtycell_of_a_theme_or_a_criterion",
            "ALTER TABLE observations_dirtycell RENAME CONSTRAINT"
            " observations_dirtycell_of_a_theme_or_a_criterion"
            " TO observations_mark_of_a_theme_or_a_criterion",
            state_operations=[
                migrations.RemoveConstraint("dirtycell", "observations_mark_of_a_theme_or_a_criterion"),
                migrations.AddConstraint(
                    "dirtycell",
                    models.CheckConstraint(
                        condition=models.Q(theme=None, criterion__isnull=False)
                        | models.Q(theme__isnull=False, criterion=None),
                        name="observations_dirtycell_of_a_theme_or_a_criterion",
                    ),
                ),
            ],
        ),
    ]
