from django.db import migrations, models

WHY = [('talk_first', 'The observer wants to talk about it first'), ('asked', 'The practitioner asked for it to wait'), ('away', 'The practitioner is away or has left'), ('risk', 'Sharing it now could put someone at risk'), ('other', 'Another reason'), ('names', 'Names in it are checked first'), ('not_recorded', 'Not recorded')]


def why(db_default):
    return models.CharField(
        blank=True,
        choices=WHY,
        db_default=db_default,
        default="",
        max_length=15,
        verbose_name="why it is not shared",
    )


class Migration(migrations.Migration):
    """What was submitted before says “not recorded”, by a default: no row is written again for it."""

    dependencies = [("observations", "0035_family_cards")]

    operations = [
        migrations.AddField("observation", "not_shared_because", why("not_recorded")),
        migrations.AlterField("observation", "not_shared_because", why("")),
        migrations.AddField(
            "observation",
            "not_shared_words",
            models.TextField(
                blank=True, db_default="", default="", verbose_name="why, in your own words"
            ),
        ),
    ]
