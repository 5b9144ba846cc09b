from django.db import migrations, models
from django.db.models.functions import Lower

WORK = [
    "family",
    "meeting",
    "review",
    "professionals",
    "supervision",
    "duty",
    "court",
    "record",
]
ROLE = ["person", "parent", "wider_family", "worker", "chair", "other"]
LISTS = {"kind_of_work": "Kinds of work", "setting": "Settings", "role": "Roles in the room"}


class Migration(migrations.Migration):
    dependencies = [
        ("frameworks", "0024_one_framework_over_a_unit"),
        ("people", "0015_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="ListEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("of", models.CharField(choices=list(LISTS.items()), max_length=15)),
                ("code", models.SlugField(max_length=20)),
                ("label", models.CharField(max_length=60)),
                (
                    "about",
                    models.CharField(
                        blank=True, max_length=15, verbose_name="what it is about"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("retired_at", models.DateTimeField(editable=False, null=True)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=models.deletion.PROTECT,
                        related_name="list_entries",
                        to="people.unit",
                    ),
                ),
            ],
            options={"verbose_name_plural": "list entries"},
        ),
        migrations.AddConstraint(
            "listentry",
            models.UniqueConstraint(
                fields=["unit", "of", "code"], name="frameworks_listentry_code_once"
            ),
        ),
        migrations.AddConstraint(
            "listentry",
            models.UniqueConstraint(
                models.F("unit"),
                models.F("of"),
                Lower("label"),
                condition=models.Q(retired_at=None),
                name="frameworks_listentry_label_once",
                violation_error_message="The list has this entry already.",
            ),
        ),
        migrations.AddConstraint(
            "listentry",
            models.CheckConstraint(
                condition=models.Q(of="kind_of_work", about__in=WORK)
                | models.Q(of="role", about__in=ROLE)
                | models.Q(of="setting", about=""),
                name="frameworks_listentry_about_of_its_list",
            ),
        ),
        migrations.AddConstraint(
            "listentry",
            models.CheckConstraint(
                condition=~models.Q(code="") & ~models.Q(label=""),
                name="frameworks_listentry_has_code_and_label",
            ),
        ),
    ]
