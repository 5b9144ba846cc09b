"""What a briefing asks for is a recommendation, as committee papers call it."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("reports", "0007_run_to_jobs")]

    operations = [
        migrations.RenameModel("Ask", "Recommendation"),
        migrations.RenameField("Decision", "ask", "recommendation"),
    ]
