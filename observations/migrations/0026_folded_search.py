import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

import observations.models.parts

# As `observations.coding.words.folded`: one apostrophe, no marks over letters, small letters.
FOLDED = r"""
CREATE FUNCTION observations_folded(told text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT lower(regexp_replace(
        normalize(replace(told, chr(8217), chr(39)), NFKD),
        E'[\u0300-\u036F\u0483-\u0487\u0591-\u05BD\u064B-\u065F\u1AB0-\u1ABD\u1DC0-\u1DFF\u20D0-\u20DC]',
        '', 'g'
    ))
$$
"""


def searched_in(*texts):
    return models.GeneratedField(
        db_persist=True,
        expression=django.contrib.postgres.search.SearchVector(
            *map(observations.models.parts.Folded, texts), config="english"
        ),
        output_field=django.contrib.postgres.search.SearchVectorField(),
    )


def indexed(model):
    return migrations.AddIndex(
        model_name=model,
        index=django.contrib.postgres.indexes.GinIndex(
            fields=["search"], name=f"observations_{model}_search"
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("observations", "0025_a_role_stands_for_one")]

    operations = [
        migrations.RunSQL(FOLDED, "DROP FUNCTION observations_folded"),
        migrations.RemoveIndex("passage", "observations_passage_search"),
        migrations.RemoveField("passage", "search"),
        migrations.AddField("passage", "search", searched_in("text")),
        migrations.AddField("voice", "search", searched_in("words")),
        migrations.AddField("rating", "search", searched_in("evidence")),
        migrations.AddField("friction", "search", searched_in("step", "family", "workaround")),
        *map(indexed, ["passage", "voice", "rating", "friction"]),
    ]
