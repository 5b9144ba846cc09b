
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0013_conversation_agreed'),
    ]

    operations = [
        migrations.AlterField(
            model_name='entry',
            name='action',
            field=models.CharField(choices=[('read', 'Read'), ('read_passages', 'Read passages of'), ('made', 'Made'), ('changed', 'Changed'), ('received', 'Sent from a device'), ('missed', 'Was told of words lost on a device of'), ('submitted', 'Submitted'), ('imported', 'Imported'), ('shared', 'Shared'), ('took_back', 'Took back the sharing of'), ('answered', 'Answered'), ('agreed', 'Agreed to the conversation about'), ('withdrew', 'Withdrew'), ('published', 'Published'), ('approved', 'Approved'), ('issued', 'Issued'), ('decided', 'Decided'), ('released', 'Released a quotation'), ('downloaded', 'Downloaded'), ('masked', 'Replaced a name'), ('unmasked', 'Put a name back'), ('kept', 'Kept words that may be a name'), ('refused', 'Was refused'), ('signed_in', 'Signed in'), ('not_signed_in', 'Failed to sign in'), ('linked', 'Gave a link to'), ('asked', 'Asked for'), ('ended', 'Ended')], max_length=20),
        ),
    ]
