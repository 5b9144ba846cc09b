from django.db import migrations, models

TELLS_OF = {
    "condition": "A condition for practice: it helps, or gets in the way",
    "system": "A system or a process: a condition that also costs time",
    "family": "The family’s voice and part",
    "good work": "Good work worth telling",
}


def tells_of():
    return models.CharField(
        choices=list(TELLS_OF.items()),
        default="condition",
        max_length=10,
        verbose_name="what it tells of",
    )


def is_one_of_them(model):
    return models.CheckConstraint(
        condition=models.Q(("tells_of__in", list(TELLS_OF))), name=f"frameworks_{model}_tells_of"
    )


class Migration(migrations.Migration):
    dependencies = [("frameworks", "0015_standards_that_follow")]

    operations = [
        operation
        for model in ("theme", "themedraft")
        for operation in (
            migrations.AddField(model, "tells_of", tells_of()),
            migrations.AddConstraint(model, is_one_of_them(model)),
        )
    ]
