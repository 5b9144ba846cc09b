
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('jobs', '0003_words'),
    ]

    operations = [
        migrations.AlterField(
            model_name='run',
            name='kind',
            field=models.CharField(choices=[('coding', 'Code passages to themes'), ('recode', 'Re-check past observations'), ('roll_up', 'Count marked cells'), ('recount', 'Count everything again'), ('compose', 'Draft a briefing'), ('group', 'Look for emerging themes'), ('learn', 'Learn from what people decided'), ('import', 'Import old observations')], max_length=10),
        ),
    ]
