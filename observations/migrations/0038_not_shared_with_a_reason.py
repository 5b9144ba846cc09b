from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("observations", "0037_drafts_are_to_be_shared")]

    operations = [
        migrations.AddConstraint(
            model_name='observation',
            constraint=models.CheckConstraint(condition=models.Q(('submitted_at', None), ('practitioner', None), ('shared_at__isnull', False), models.Q(('not_shared_because', ''), _negated=True), _connector='OR'), name='observations_observation_not_shared_with_a_reason', violation_error_message='Say why it is not shared.'),
        ),
        migrations.AddConstraint(
            model_name='observation',
            constraint=models.CheckConstraint(condition=models.Q(('submitted_at', None), models.Q(('not_shared_because', 'other'), ('not_shared_words', ''), _negated=True), _connector='OR'), name='observations_observation_other_reason_has_words', violation_error_message='Say in your own words why it is not shared.'),
        ),
    ]
