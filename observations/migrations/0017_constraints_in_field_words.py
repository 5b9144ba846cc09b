from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("observations", "0016_states_in_field_words")]

    operations = [
        migrations.AddConstraint(
            model_name='card',
            constraint=models.UniqueConstraint(fields=('review_session', 'mention'), name='observations_card_once_a_review_session'),
        ),
        migrations.AddConstraint(
            model_name='earlysign',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'added'), ('theme__isnull', False)), models.Q(models.Q(('state', 'added'), _negated=True), ('theme', None)), _connector='OR'), name='observations_early_sign_added_to_a_theme'),
        ),
        migrations.AddConstraint(
            model_name='earlysign',
            constraint=models.CheckConstraint(condition=models.Q(('because', ''), ('state', 'closed'), _negated=True), name='observations_early_sign_closed_with_a_reason', violation_error_message='Say why it can be closed.'),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=models.CheckConstraint(condition=models.Q(('verdict', 'disagreed'), ('words', ''), _negated=True), name='observations_answer_dispute_has_words', violation_error_message='Say in your own words what you see differently.'),
        ),
    ]
