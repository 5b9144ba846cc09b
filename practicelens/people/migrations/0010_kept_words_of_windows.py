"""Words are kept by the window that they were typed in, with why they are not saved."""

from django.db import migrations, models

WHY = [
    ("signed_out", "You had been signed out before it could be saved."),
    ("not_sent", "You had not pressed the button."),
    ("changed", "It was saved in another window meanwhile."),
    ("refused", "The page no longer took it."),
]


class Migration(migrations.Migration):
    dependencies = [("people", "0009_began_on")]

    operations = [
        migrations.AddField("keptwords", "window", models.UUIDField(null=True)),
        # What stands there already has no window: a name for it is made of what was typed.
        migrations.RunSQL(
            "UPDATE people_keptwords SET \"window\" = left(sha256, 32)::uuid",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL IMMEDIATE"),
        migrations.AlterField("keptwords", "window", models.UUIDField()),
        migrations.AddField(
            "keptwords", "why", models.CharField(choices=WHY, default="signed_out", max_length=10)
        ),
        migrations.RemoveConstraint("keptwords", "people_kept_words_once"),
        migrations.RemoveField("keptwords", "sha256"),
        migrations.AddConstraint(
            "keptwords",
            models.UniqueConstraint(
                fields=["writer", "path", "window"], name="people_kept_words_once_a_window"
            ),
        ),
    ]
