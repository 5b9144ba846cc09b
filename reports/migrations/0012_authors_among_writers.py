from django.db import migrations

AUTHORS = """
INSERT INTO reports_briefing_writers (briefing_id, user_id)
SELECT id, written_by_id FROM reports_briefing WHERE written_by_id IS NOT NULL
ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    """Whoever began a briefing wrote in it; who else did was not kept before."""

    dependencies = [("reports", "0011_briefing_writers")]

    operations = [migrations.RunSQL(AUTHORS, migrations.RunSQL.noop)]
