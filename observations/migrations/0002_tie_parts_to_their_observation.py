from django.db import migrations

PARTS = ["passage", "rating", "friction", "mention"]

# The unit, the month and whether it counts stand on every part, so that cells are counted through
# one index. The database copies them down whenever the observation changes.
TIE = """
ALTER TABLE observations_{part}
    ADD CONSTRAINT observations_{part}_of_its_observation
    FOREIGN KEY (observation_id, unit_id, month, is_counted)
    REFERENCES observations_observation (id, unit_id, month, is_counted)
    ON UPDATE CASCADE ON DELETE CASCADE
"""


class Migration(migrations.Migration):
    dependencies = [("observations", "0001_initial")]

    operations = [
        migrations.RunSQL(
            TIE.format(part=part),
            f"ALTER TABLE observations_{part}"
            f" DROP CONSTRAINT observations_{part}_of_its_observation",
        )
        for part in PARTS
    ]
