import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("observations", "0014_field_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='card',
            name='observations_card_once_a_sitting',
        ),
        migrations.RemoveConstraint(
            model_name='earlysign',
            name='observations_signal_joined_to_a_theme',
        ),
        migrations.RemoveConstraint(
            model_name='earlysign',
            name='observations_signal_parked_with_a_reason',
        ),
        migrations.RemoveConstraint(
            model_name='reply',
            name='observations_answer_dispute_has_words',
        ),
        migrations.AlterField(
            model_name='earlysign',
            name='state',
            field=models.CharField(choices=[('open', 'Waiting'), ('kept', 'Kept open'), ('added', 'Added to a theme'), ('closed', 'Closed')], default='open', max_length=10),
        ),
        migrations.AlterField(
            model_name='earlysign',
            name='theme',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='early_signs', to='frameworks.theme'),
        ),
        migrations.AlterField(
            model_name='earlysignstep',
            name='what',
            field=models.CharField(choices=[('found', 'Found'), ('kept', 'Kept open'), ('added', 'Added to a theme'), ('closed', 'Closed'), ('undone', 'Opened again'), ('seen_again', 'Seen again, and open again')], max_length=10),
        ),
        migrations.AlterField(
            model_name='redaction',
            name='observation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='redactions', to='observations.observation'),
        ),
        migrations.AlterField(
            model_name='redaction',
            name='passage',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='redactions', to='observations.passage'),
        ),
        migrations.AlterField(
            model_name='redaction',
            name='voice',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='redactions', to='observations.voice'),
        ),
        migrations.AlterField(
            model_name='reply',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='reply',
            name='observation',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='reply', to='observations.observation'),
        ),
        migrations.AlterField(
            model_name='reply',
            name='verdict',
            field=models.CharField(choices=[('agreed', 'Agreed'), ('disagreed', 'Disagreed')], max_length=10),
        ),
        migrations.AlterField(
            model_name='reviewsession',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='review_sessions', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='earlysign',
            name='passage',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='early_signs', to='observations.passage'),
        ),
    ]
