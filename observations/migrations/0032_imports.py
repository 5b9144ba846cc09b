"""Old observations come in from files; what an old record does not say stays empty in them."""


import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('frameworks', '0026_first_for'),
        ('observations', '0031_right_of_reply_to_passages'),
        ('people', '0015_words'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('reading', 'Being read'), ('refused', 'Could not be read'), ('matching', 'Columns to match'), ('ready', 'Ready to import'), ('importing', 'Being imported'), ('done', 'Imported'), ('undoing', 'Being undone'), ('undone', 'Undone')], default='reading', max_length=10)),
                ('refused_because', models.CharField(blank=True, max_length=300)),
                ('headings', models.JSONField(default=list)),
                ('columns', models.JSONField(default=dict)),
                ('same', models.JSONField(default=dict)),
                ('values', models.JSONField(default=dict)),
                ('is_month_first', models.BooleanField(default=False, verbose_name='dates have the month first')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('started_at', models.DateTimeField(editable=False, null=True)),
                ('ended_at', models.DateTimeField(editable=False, null=True)),
                ('undone_at', models.DateTimeField(editable=False, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='ImportFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100)),
                ('digest', models.CharField(max_length=64)),
                ('content', models.BinaryField(default=bytes)),
            ],
            options={
                'verbose_name': 'file of an import',
                'verbose_name_plural': 'files of imports',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ImportMapping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shape', models.CharField(max_length=64)),
                ('columns', models.JSONField(default=dict)),
                ('same', models.JSONField(default=dict)),
                ('values', models.JSONField(default=dict)),
                ('is_month_first', models.BooleanField(default=False)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='ImportRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('texts', models.JSONField(default=list)),
                ('digest', models.CharField(max_length=64)),
                ('outcome', models.CharField(choices=[('waiting', 'Waits'), ('good', 'Can be imported'), ('problem', 'Has something to put right'), ('known', 'Is in already'), ('imported', 'Imported'), ('taken_out', 'Taken out again')], default='waiting', max_length=10)),
                ('problems', models.JSONField(default=list)),
                ('stays_because', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'verbose_name': 'row of an import',
                'verbose_name_plural': 'rows of imports',
            },
        ),
        migrations.RemoveConstraint(
            model_name='observation',
            name='observations_observation_submitted_whole',
        ),
        migrations.AddField(
            model_name='observation',
            name='is_imported',
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name='passage',
            name='heading',
            field=models.CharField(blank=True, db_default='', editable=False, max_length=200),
        ),
        migrations.AddConstraint(
            model_name='observation',
            constraint=models.CheckConstraint(condition=models.Q(('submitted_at', None), ('is_imported', True), models.Q(('minutes__isnull', False), models.Q(('part_of_day', ''), _negated=True), models.Q(('setting', ''), _negated=True), models.Q(('proximity', ''), _negated=True), models.Q(('mode', ''), _negated=True), models.Q(('family_asked', ''), _negated=True)), _connector='OR'), name='observations_observation_submitted_whole', violation_error_message='Say where, when and who before you submit.'),
        ),
        migrations.AddField(
            model_name='import',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='imports', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='import',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='imports', to='people.unit'),
        ),
        migrations.AddField(
            model_name='importfile',
            name='of',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='observations.import'),
        ),
        migrations.AddField(
            model_name='importmapping',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='import_mappings', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='importmapping',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='import_mappings', to='people.unit'),
        ),
        migrations.AddField(
            model_name='importrow',
            name='file',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='observations.importfile'),
        ),
        migrations.AddField(
            model_name='importrow',
            name='observation',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='imported_from', to='observations.observation'),
        ),
        migrations.AddField(
            model_name='importrow',
            name='of',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='observations.import'),
        ),
        migrations.AddField(
            model_name='importrow',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit'),
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('started_at__isnull', False), ('state__in', ['importing', 'done', 'undoing', 'undone'])), models.Q(('started_at__isnull', True), ('state__in', ['reading', 'refused', 'matching', 'ready'])), _connector='OR'), name='observations_import_begun_by_its_state'),
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'undone'), ('undone_at__isnull', False)), models.Q(models.Q(('state', 'undone'), _negated=True), ('undone_at', None)), _connector='OR'), name='observations_import_undone_by_its_state'),
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'refused'), ('refused_because', ''), _connector='XOR'), name='observations_import_refused_because'),
        ),
        migrations.AddIndex(
            model_name='importfile',
            index=models.Index(fields=['digest'], name='observations_import_file_again'),
        ),
        migrations.AddConstraint(
            model_name='importmapping',
            constraint=models.UniqueConstraint(fields=('organisation', 'shape'), name='observations_import_mapping_once_a_shape'),
        ),
        migrations.AddIndex(
            model_name='importrow',
            index=models.Index(fields=['of', 'outcome'], name='observations_import_row_left'),
        ),
        migrations.AddConstraint(
            model_name='importrow',
            constraint=models.UniqueConstraint(fields=('file', 'number'), name='observations_import_row_once_a_file'),
        ),
        migrations.AddConstraint(
            model_name='importrow',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome', 'imported')), fields=('organisation', 'digest'), name='observations_import_row_in_once'),
        ),
        migrations.AddConstraint(
            model_name='importrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('observation__isnull', False), ('outcome__in', ['imported', 'taken_out'])), models.Q(models.Q(('outcome__in', ['imported', 'taken_out']), _negated=True), ('observation', None)), _connector='OR'), name='observations_import_row_in_by_its_outcome'),
        ),
    ]
