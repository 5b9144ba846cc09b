"""Kinds of work, settings and roles are each organisation's own lists; nothing recorded is lost.

Every observation keeps the labels that it was written with, and what its kind of work was about.
An organisation in Aotearoa New Zealand was offered England's kinds of work: those that it used and
is not offered now stand as retired in lists of its own.
"""

import django.contrib.postgres.fields
from django.db import migrations, models
from django.utils import timezone

KINDS = {
    "home_visit": ("Home visit", "family"),
    "direct_work": ("Direct work with a child", "family"),
    "family_meeting": ("Family meeting or hui", "meeting"),
    "conference": ("Child protection conference", "meeting"),
    "core_group": ("Core group", "meeting"),
    "care_review": ("Child in care review", "review"),
    "strategy": ("Strategy discussion", "professionals"),
    "supervision": ("Supervision", "supervision"),
    "group_supervision": ("Group supervision", "supervision"),
    "duty": ("Duty and first contact", "duty"),
    "court": ("Court and pre-proceedings", "court"),
    "partner_meeting": ("Meeting with partner agencies", "meeting"),
    "file_reading": ("Reading a file", "record"),
}
SETTINGS = {
    "home": "Family home",
    "office": "Office",
    "school": "School or nursery",
    "health": "Health setting",
    "court": "Court",
    "community": "Somewhere in the community",
    "phone": "Phone or video",
    "other": "Somewhere else",
}
ROLES = {
    "child": "Child or young person",
    "mother": "Mother",
    "father": "Father",
    "carer": "Carer",
    "wider_family": "Wider family",
    "advocate": "Advocate",
    "interpreter": "Interpreter",
    "social_worker": "Social worker",
    "manager": "Manager",
    "chair": "Chair",
    "health": "Health",
    "school": "School",
    "police": "Police",
    "housing": "Housing",
    "other_professional": "Other professional",
}
ABOUTS = ["family", "meeting", "review", "professionals", "supervision", "duty", "court", "record"]

# Each observation names one kind, one setting at most, and the roles of it and of its parts.
KEEP = """
UPDATE observations_observation AS observation
   SET is_about = kind.about,
       labels = jsonb_build_object(
           'kind_of_work', jsonb_build_object(observation.kind_of_work, kind.label),
           'setting', CASE observation.setting WHEN '' THEN '{}'::jsonb
               ELSE jsonb_build_object(observation.setting, %(settings)s::jsonb -> observation.setting)
               END,
           'role', coalesce((
               SELECT jsonb_object_agg(named.role, %(roles)s::jsonb -> named.role)
                 FROM (SELECT unnest(observation.present) AS role
                       UNION SELECT who FROM observations_voice WHERE observation_id = observation.id
                       UNION SELECT unnest(ARRAY[asked_first, account]) FROM observations_meetingfacts
                              WHERE observation_id = observation.id
                       UNION SELECT share.role FROM observations_talkshare AS share
                               JOIN observations_meetingfacts AS facts ON facts.id = share.meeting_id
                              WHERE facts.observation_id = observation.id) AS named
                WHERE named.role <> ''), '{}'::jsonb))
  FROM jsonb_to_recordset(%(kinds)s::jsonb) AS kind (code text, label text, about text)
 WHERE kind.code = observation.kind_of_work
"""


def keep_words(apps, schema_editor):
    from psycopg.types.json import Jsonb

    kinds = [
        {"code": code, "label": label, "about": about} for code, (label, about) in KINDS.items()
    ]
    named = {"kinds": Jsonb(kinds), "settings": Jsonb(SETTINGS), "roles": Jsonb(ROLES)}
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(KEEP, named)


def keep_kinds_used_in_aotearoa(apps, schema_editor):
    unit_model = apps.get_model("people", "Unit")
    observation = apps.get_model("observations", "Observation")
    tops = unit_model.objects.filter(parent=None, jurisdiction="aotearoa")
    for top in tops.order_by("pk"):
        used = observation.objects.filter(unit__organisation=top).values_list(
            "kind_of_work", flat=True
        )
        write_lists(apps, top, set(used.distinct()))


def write_lists(apps, unit, used):
    """What is shipped there, and what was used and is not in it; nothing where all is in it."""
    from frameworks.lists.shipped import shipped

    entry = apps.get_model("frameworks", "ListEntry")
    offered = shipped()["children-aotearoa"].entries
    gone = sorted(used - {each.code for each in offered})
    if not gone or entry.objects.filter(unit=unit).exists():
        return
    rows = [
        entry(
            unit=unit,
            of=each.of,
            code=each.code,
            label=each.label,
            about=each.about,
            position=position,
        )
        for position, each in enumerate(offered, start=1)
    ]
    for position, code in enumerate(gone, start=len(rows) + 1):
        label, about = KINDS[code]
        told = {"of": "kind_of_work", "code": code, "label": label, "about": about}
        rows.append(entry(unit=unit, position=position, retired_at=timezone.now(), **told))
    entry.objects.bulk_create(rows)


class Migration(migrations.Migration):
    dependencies = [
        ("frameworks", "0025_lists"),
        ("observations", "0028_arrivals"),
        ("people", "0015_words"),
    ]

    operations = [
        migrations.AddField(
            "observation",
            "is_about",
            models.CharField(
                "what the kind of work is about",
                max_length=15,
                editable=False,
                default="",
                choices=[
                    ("family", "Work with a person or a family"),
                    ("meeting", "A meeting with the family"),
                    ("review", "A review of a plan, with the family"),
                    ("professionals", "A meeting of professionals"),
                    ("supervision", "Supervision"),
                    ("duty", "Duty and first contact"),
                    ("court", "Court, and getting ready for it"),
                    ("record", "A plan or a record, read"),
                ],
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "observation",
            "labels",
            models.JSONField(default=dict, db_default={}, editable=False),
        ),
        migrations.RunPython(keep_words, migrations.RunPython.noop),
        migrations.RunPython(keep_kinds_used_in_aotearoa, migrations.RunPython.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddConstraint(
            "observation",
            models.CheckConstraint(
                condition=models.Q(is_about__in=ABOUTS),
                name="observations_observation_is_about_something",
            ),
        ),
        migrations.AlterField(
            "observation", "kind_of_work", models.CharField("kind of work", max_length=20)
        ),
        migrations.AlterField("observation", "setting", models.CharField(max_length=20, blank=True)),
        migrations.AlterField(
            "observation",
            "present",
            django.contrib.postgres.fields.ArrayField(
                models.CharField(max_length=20),
                default=list,
                blank=True,
                verbose_name="who was there",
            ),
        ),
        migrations.AlterField(
            "meetingfacts", "asked_first", models.CharField(max_length=20, blank=True)
        ),
        migrations.AlterField(
            "meetingfacts",
            "account",
            models.CharField("whose account of risk prevailed", max_length=20, blank=True),
        ),
        migrations.AlterField("talkshare", "role", models.CharField(max_length=20)),
        migrations.AlterField("voice", "who", models.CharField(max_length=20, blank=True)),
        migrations.RemoveIndex("observation", "observations_last_seen"),
        migrations.AddIndex(
            "observation",
            models.Index(
                condition=models.Q(is_counted=True),
                fields=["unit", "is_about", "observed_on"],
                name="observations_last_seen",
            ),
        ),
    ]
