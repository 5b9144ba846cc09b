from django.db import migrations

# Which rows say what: (model, field, what it said, what it says).
SAID = [
    ("EarlySign", "state", "parked", "closed"),
    ("EarlySign", "state", "joined", "added"),
    ("EarlySignStep", "what", "parked", "closed"),
    ("EarlySignStep", "what", "joined", "added"),
    ("Reply", "verdict", "disputed", "disagreed"),
]


def say(apps, schema_editor):
    for model, field, before, after in SAID:
        rows = apps.get_model("observations", model).objects.filter(**{field: before})
        rows.update(**{field: after})


def say_as_before(apps, schema_editor):
    for model, field, before, after in SAID:
        rows = apps.get_model("observations", model).objects.filter(**{field: after})
        rows.update(**{field: before})


class Migration(migrations.Migration):

    dependencies = [("observations", "0015_field_words_of_fields")]

    operations = [migrations.RunPython(say, say_as_before)]
