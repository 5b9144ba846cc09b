"""The names that the field uses: early sign, reply, review session, redaction."""

from django.conf import settings
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("observations", "0013_sections_by_key_of_domain"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameModel("WeakSignal", "EarlySign"),
        migrations.RenameModel("SignalStep", "EarlySignStep"),
        migrations.RenameField("EarlySignStep", "signal", "early_sign"),
        migrations.RenameModel("Answer", "Reply"),
        migrations.RenameField("Reply", "answered_at", "replied_at"),
        migrations.RenameModel("Sitting", "ReviewSession"),
        migrations.RenameField("Card", "sitting", "review_session"),
        migrations.RenameModel("Identifier", "Redaction"),
    ]
