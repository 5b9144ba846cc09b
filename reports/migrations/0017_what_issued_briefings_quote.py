from django.db import migrations

# As `issue` marks them from here on: what quotes stand in an issued briefing, and lines of good work.
MARK = """
UPDATE observations_observation observation SET quoted_at = quoted.at
FROM (
    SELECT passage.observation_id AS id, min(told.issued_at) AS at
    FROM (
        SELECT evidence.passage_id, briefing.issued_at
        FROM reports_evidence evidence
        JOIN reports_finding finding ON finding.id = evidence.finding_id
        JOIN reports_briefing briefing ON briefing.id = finding.briefing_id
        WHERE evidence.is_quoted AND finding.dropped_at IS NULL
          AND briefing.issued_at IS NOT NULL
        UNION ALL
        SELECT (line ->> 'passage')::bigint, briefing.issued_at
        FROM reports_briefing briefing
        JOIN reports_section section
          ON section.briefing_id = briefing.id AND section.key = 'good_work'
        CROSS JOIN jsonb_array_elements(briefing.figures -> 'good_work') line
        WHERE briefing.issued_at IS NOT NULL
          AND position(line ->> 'text' IN section.text) > 0
    ) told
    JOIN observations_passage passage ON passage.id = told.passage_id
    GROUP BY passage.observation_id
) quoted
WHERE observation.id = quoted.id AND observation.quoted_at IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0016_words"),
        ("observations", "0031_right_of_reply_to_passages"),
    ]

    operations = [migrations.RunSQL(MARK, migrations.RunSQL.noop)]
