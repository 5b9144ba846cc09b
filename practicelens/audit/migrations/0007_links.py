from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0006_before_and_after'),
    ]

    operations = [
        migrations.CreateModel(
            name='Link',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                ('entry_id', models.BigIntegerField(unique=True)),
                ('hash', models.BinaryField(max_length=32)),
            ],
        ),
    ]
