from django.db import migrations
from django.db.models import CharField, TextField

from practicelens.line_ends import mend

# What was changed in a framework, and when, is history: it stays as it was written.
HISTORY = ("Change",)


# Of two wordings of one text that differed in its line ends alone, the other one serves.
TWICE = r"""
DELETE FROM frameworks_secondwording AS held USING frameworks_secondwording AS other
WHERE strpos(held.first, E'\r') > 0 AND other.language_id = held.language_id
    AND other.first = replace(replace(held.first, E'\r\n', E'\n'), E'\r', E'\n')
"""


def end_lines_one_way(apps, schema_editor):
    """Also in published versions: no word of theirs changes, and a draft made from one compares."""
    execute = schema_editor.execute
    execute("SET CONSTRAINTS ALL IMMEDIATE")
    for model in apps.get_app_config("frameworks").get_models():
        texts = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, CharField | TextField) and not field.choices
        ]
        if texts and model.__name__ not in HISTORY:
            execute(f"ALTER TABLE {model._meta.db_table} DISABLE TRIGGER USER")
            mend(model._default_manager.all(), *texts)
            execute(f"ALTER TABLE {model._meta.db_table} ENABLE TRIGGER USER")
    execute("SET CONSTRAINTS ALL DEFERRED")


class Migration(migrations.Migration):
    dependencies = [("frameworks", "0019_shown_first_of_working_alongside")]

    operations = [
        migrations.RunSQL(TWICE, migrations.RunSQL.noop),
        migrations.RunPython(end_lines_one_way, migrations.RunPython.noop),
    ]
