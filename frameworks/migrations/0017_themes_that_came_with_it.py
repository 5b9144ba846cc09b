from django.db import migrations

# Until now briefings knew these themes by their codes, whatever codebook they stood in.
KNOWN = {
    "family": ["family-voice"],
    "good work": ["good-work"],
    "system": ["computer", "process"],
}


def say_what_they_tell_of(apps, schema_editor):
    for tells_of, codes in KNOWN.items():
        apps.get_model("frameworks", "Theme").objects.filter(code__in=codes).update(
            tells_of=tells_of
        )
        apps.get_model("frameworks", "ThemeDraft").objects.filter(theme__code__in=codes).update(
            tells_of=tells_of
        )


class Migration(migrations.Migration):
    dependencies = [("frameworks", "0016_what_themes_tell_of")]

    operations = [
        migrations.RunPython(say_what_they_tell_of, migrations.RunPython.noop),
    ]
