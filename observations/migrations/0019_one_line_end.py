from django.db import migrations
from django.db.models import CharField, TextField

from practicelens.line_ends import mend

# A line's end of two characters became one: so every place after it in a passage or a voice is one
# less. A place between the two is before the one.
PLACES = r"""
CREATE FUNCTION pg_temp.place_in(words text, place int) RETURNS int LANGUAGE sql IMMUTABLE AS $$
    SELECT char_length(replace(
        left(words, CASE WHEN substr(words, place, 2) = E'\r\n' THEN place - 1 ELSE place END),
        E'\r\n', E'\n'
    ))
$$;
CREATE FUNCTION pg_temp.pairs_in(words text, pairs jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_array(
        pg_temp.place_in(words, (pair ->> 0)::int), pg_temp.place_in(words, (pair ->> 1)::int)
    ) ORDER BY at), '[]') FROM jsonb_array_elements(pairs) WITH ORDINALITY AS told (pair, at)
$$;
CREATE FUNCTION pg_temp.reasons_in(words text, reasons jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE
AS $$
    SELECT coalesce(jsonb_agg(
        CASE WHEN reason ? 'words'
            THEN jsonb_set(reason, '{words}', pg_temp.pairs_in(words, reason -> 'words'))
            ELSE reason END
    ORDER BY at), '[]') FROM jsonb_array_elements(reasons) WITH ORDINALITY AS told (reason, at)
$$;
CREATE FUNCTION pg_temp.card_in(words text, was jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(jsonb_object_agg(mention, CASE
        WHEN held ? 'start' AND held ? 'end' THEN held || jsonb_build_object(
            'start', pg_temp.place_in(words, (held ->> 'start')::int),
            'end', pg_temp.place_in(words, (held ->> 'end')::int))
        ELSE held END), '{}') FROM jsonb_each(was) AS told (mention, held)
$$;
CREATE FUNCTION pg_temp.spans_in(words text, spans int[]) RETURNS int[] LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(array_agg(ARRAY[
        pg_temp.place_in(words, spans[at][1]), pg_temp.place_in(words, spans[at][2])
    ] ORDER BY at), '{}') FROM generate_series(1, coalesce(array_length(spans, 1), 0)) AS at
$$;
CREATE FUNCTION pg_temp.print_of(words text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(convert_to(words, 'UTF8')), 'hex')
$$;
"""

MOVE = """
UPDATE {table} AS held SET
    start = pg_temp.place_in(passage.text, held.start),
    "end" = pg_temp.place_in(passage.text, held."end"){more}
FROM observations_passage AS passage
WHERE passage.id = held.passage_id AND strpos(passage.text, E'\\r\\n') > 0
"""
PAIRS = ", words = pg_temp.pairs_in(passage.text, held.words)"

MOVED = [
    MOVE.format(table="observations_mention", more=PAIRS),
    MOVE.format(
        table="observations_earlysign",
        more=", reasons = pg_temp.reasons_in(passage.text, held.reasons)",
    ),
    MOVE.format(table="observations_emergingpassage", more=""),
    MOVE.format(table="observations_recodingchange", more=PAIRS),
    MOVE.format(
        table="observations_redaction",
        more=", replaced_places = pg_temp.spans_in(passage.text, held.replaced_places)",
    ),
    MOVE.format(table="reports_evidence", more=""),
    MOVE.format(table="reports_release", more=""),
    r"""
    UPDATE observations_redaction AS held SET
        start = pg_temp.place_in(voice.words, held.start),
        "end" = pg_temp.place_in(voice.words, held."end"),
        replaced_places = pg_temp.spans_in(voice.words, held.replaced_places)
    FROM observations_voice AS voice
    WHERE voice.id = held.voice_id AND strpos(voice.words, E'\r\n') > 0
    """,
    # What undoing a decision brings back, of the mention and of another of the same passage.
    r"""
    UPDATE observations_card AS card SET was = pg_temp.card_in(passage.text, card.was)
    FROM observations_mention AS mention
    JOIN observations_passage AS passage ON passage.id = mention.passage_id
    WHERE mention.id = card.mention_id AND strpos(passage.text, E'\r\n') > 0
    """,
    # A change is still of the text that was read.
    r"""
    UPDATE observations_recodingchange AS held SET
        text_sha256 = pg_temp.print_of(
            replace(replace(passage.text, E'\r\n', E'\n'), E'\r', E'\n'))
    FROM observations_passage AS passage
    WHERE passage.id = held.passage_id AND strpos(passage.text, E'\r') > 0
        AND held.text_sha256 = pg_temp.print_of(passage.text)
    """,
    # What a second window sent is kept as a form is sent.
    "UPDATE observations_othercopy SET typed = replace(typed, '%0D%0A', '%0A')"
    " WHERE strpos(typed, '%0D%0A') > 0",
    "UPDATE reports_release SET"
    r" original = replace(replace(original, E'\r\n', E'\n'), E'\r', E'\n'),"
    r" words = replace(replace(words, E'\r\n', E'\n'), E'\r', E'\n')"
    r" WHERE strpos(original || words, E'\r') > 0",
]


def end_lines_one_way(apps, schema_editor):
    for model in apps.get_app_config("observations").get_models():
        texts = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, CharField | TextField) and not field.choices
        ]
        if texts:
            mend(model._default_manager.all(), *texts)


class Migration(migrations.Migration):
    dependencies = [
        ("observations", "0018_counted_from_indexes"),
        ("reports", "0013_cells_without_keys"),
    ]

    operations = [
        migrations.RunSQL(PLACES, migrations.RunSQL.noop),
        migrations.RunSQL(MOVED, migrations.RunSQL.noop),
        migrations.RunPython(end_lines_one_way, migrations.RunPython.noop),
    ]
