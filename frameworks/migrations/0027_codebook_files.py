import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def forget_files_of_codebooks(apps, schema_editor):
    """On the way back: a file that is not imported yet has nowhere to go."""
    apps.get_model("frameworks", "FileToImport").objects.exclude(codebook=None).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('frameworks', '0026_first_for'),
        ('people', '0016_kept_words_because'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='filetoimport',
            name='frameworks_file_goes_to_one_place',
        ),
        migrations.AddField(
            model_name='filetoimport',
            name='codebook',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='files_to_import', to='frameworks.codebook'),
        ),
        migrations.AddConstraint(
            model_name='filetoimport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('codebook', None), ('framework', None), ('unit__isnull', False)), models.Q(('codebook', None), ('framework__isnull', False), ('unit', None)), models.Q(('codebook__isnull', False), ('framework', None), ('unit', None)), _connector='OR'), name='frameworks_file_goes_to_one_place'),
        ),
        migrations.RunPython(migrations.RunPython.noop, forget_files_of_codebooks),
    ]
