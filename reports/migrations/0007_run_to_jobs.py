from django.db import migrations


class Migration(migrations.Migration):
    """The ledger moves to jobs; its table stays as it is."""

    dependencies = [("reports", "0006_runs_asked_for")]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name="Run")])
    ]
