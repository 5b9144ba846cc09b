from django.db import migrations, models


# An office in Aotearoa of an organisation elsewhere: until now it had its organisation's time.
OFFICES = """
UPDATE people_unit AS office SET time_zone = 'Pacific/Auckland'
FROM people_unit_reach AS reach JOIN people_unit AS top ON top.id = reach.above_id
WHERE reach.below_id = office.id AND top.parent_id IS NULL
    AND top.jurisdiction <> 'aotearoa' AND office.jurisdiction = 'aotearoa'
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0010_kept_words_of_windows")]

    operations = [
        migrations.AddField(
            model_name="unit",
            name="time_zone",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="unit",
            name="region",
            field=models.CharField(
                blank=True, max_length=30, verbose_name="regional anniversary day"
            ),
        ),
        migrations.RunSQL(OFFICES, migrations.RunSQL.noop),
    ]
