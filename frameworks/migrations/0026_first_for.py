from django.db import migrations, models

ABOUT = {
    "family": "Work with a person or a family",
    "meeting": "A meeting with the family",
    "review": "A review of a plan, with the family",
    "professionals": "A meeting of professionals",
    "supervision": "Supervision",
    "duty": "Duty and first contact",
    "court": "Court, and getting ready for it",
    "record": "A plan or a record, read",
}
# Of the framework that comes with it, the criteria that its second version brings.
FIRST = {
    "1.1": ["meeting", "duty"],
    "1.2": ["family", "meeting", "review"],
    "1.3": ["family", "meeting", "review", "record"],
    "1.4": ["family"],
    "2.1": ["family", "supervision", "record"],
    "2.2": ["family", "review"],
    "2.3": ["record"],
    "3.1": ["meeting", "professionals", "supervision", "duty", "court", "record"],
    "3.2": ["meeting", "professionals", "supervision", "duty"],
    "3.3": ["professionals", "supervision", "duty", "court"],
    "3.4": ["review", "professionals", "duty", "court"],
    "4.1": ["family", "duty"],
    "4.2": ["family", "duty"],
    "4.3": ["record"],
    "5.1": ["meeting", "review", "professionals"],
    "5.2": ["meeting", "review"],
    "5.3": ["meeting", "court", "record"],
    "6.1": ["supervision"],
    "6.2": ["supervision", "professionals", "court"],
    "6.3": ["family", "meeting", "review", "supervision"],
}


def put_first(apps, schema_editor):
    """Where the framework that comes with it was loaded before, as if it were loaded now."""
    criterion = apps.get_model("frameworks", "Criterion")
    first_for = apps.get_model("frameworks", "FirstFor")
    found = criterion.objects.filter(
        version__framework__code="working-alongside", version__number__gte=2, code__in=FIRST
    )
    first_for.objects.bulk_create(
        first_for(criterion=each, about=about) for each in found for about in FIRST[each.code]
    )


class Migration(migrations.Migration):
    dependencies = [("frameworks", "0025_lists")]

    operations = [
        migrations.CreateModel(
            name="FirstFor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("about", models.CharField(choices=list(ABOUT.items()), max_length=15)),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=models.deletion.CASCADE,
                        related_name="first_for",
                        to="frameworks.criterion",
                    ),
                ),
            ],
            options={"verbose_name_plural": "criteria that come first"},
        ),
        migrations.AddConstraint(
            "firstfor",
            models.UniqueConstraint(fields=["criterion", "about"], name="frameworks_firstfor_once"),
        ),
        migrations.RunPython(put_first, migrations.RunPython.noop),
    ]
