import django.db.models.deletion
from django.db import migrations, models


def counted(to, **more):
    """A key that the database does not hold: what it names is held by the rows it is counted from."""
    return models.ForeignKey(
        to, on_delete=django.db.models.deletion.CASCADE, db_constraint=False, **more
    )


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0012_authors_among_writers"),
    ]

    operations = [
        migrations.AlterField(
            model_name="criterioncell",
            name="criterion",
            field=counted("frameworks.criterion", related_name="cells"),
        ),
        migrations.AlterField(
            model_name="criterioncell",
            name="level",
            field=counted("frameworks.level", db_index=False, null=True, related_name="cells"),
        ),
        migrations.AlterField(
            model_name="criterioncell",
            name="unit",
            field=counted("people.unit", db_index=False, related_name="criterion_cells"),
        ),
        migrations.AlterField(
            model_name="themecell",
            name="theme",
            field=counted("frameworks.theme", related_name="cells"),
        ),
        migrations.AlterField(
            model_name="themecell",
            name="unit",
            field=counted("people.unit", db_index=False, related_name="theme_cells"),
        ),
    ]
