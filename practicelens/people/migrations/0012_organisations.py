"""Each unit knows its organisation, and each person belongs to one.

A unit's organisation is found by the database and never changes, so that a short code is of one
unit within an organisation. Whoever is here already belongs to where they hold a role, held one
last or waits for one; without any of these, to where the log says that they were added, or else to
the first organisation.
"""

import django.db.models.deletion
from django.db import migrations, models

FILL_UNITS = """
UPDATE people_unit SET organisation_id = reach.above_id
FROM people_unit_reach reach JOIN people_unit top ON top.id = reach.above_id
WHERE reach.below_id = people_unit.id AND top.parent_id IS NULL
"""

FIND = """
CREATE FUNCTION people_unit_finds_its_organisation() RETURNS trigger AS $$
DECLARE
    above people_unit;
BEGIN
    IF NEW.parent_id IS NULL THEN
        NEW.organisation_id := NEW.id;
    ELSE
        SELECT * INTO above FROM people_unit WHERE id = NEW.parent_id;
        NEW.organisation_id := above.organisation_id;
        IF NEW.jurisdiction = '' THEN
            NEW.jurisdiction := above.jurisdiction;
        END IF;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.organisation_id <> OLD.organisation_id THEN
        RAISE EXCEPTION 'A unit stays in its organisation.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER people_unit_finds_its_organisation BEFORE INSERT OR UPDATE ON people_unit
FOR EACH ROW EXECUTE FUNCTION people_unit_finds_its_organisation();
"""
DO_NOT_FIND = """
DROP TRIGGER people_unit_finds_its_organisation ON people_unit;
DROP FUNCTION people_unit_finds_its_organisation();
"""

FILL_PEOPLE = """
UPDATE people_user SET organisation_id = coalesce(
    (
        SELECT unit.organisation_id FROM people_role role JOIN people_unit unit ON unit.id = role.unit_id
        WHERE role.user_id = people_user.id
        ORDER BY role.ended_at IS NULL DESC, role.ended_at DESC, role.given_at, role.id LIMIT 1
    ),
    (
        SELECT unit.organisation_id
        FROM people_rolerequest asked JOIN people_unit unit ON unit.id = asked.unit_id
        WHERE asked.user_id = people_user.id ORDER BY asked.id LIMIT 1
    ),
    (
        SELECT unit.organisation_id FROM audit_entry entry JOIN people_unit unit ON unit.id = entry.unit_id
        WHERE entry.what = 'user' AND entry.action = 'made' AND entry.object_pk = people_user.id::text
        ORDER BY entry.id LIMIT 1
    ),
    (SELECT id FROM people_unit WHERE parent_id IS NULL ORDER BY id LIMIT 1)
)
"""

AT_ONCE = migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0011_zones"),
        ("audit", "0006_before_and_after"),
    ]

    operations = [
        migrations.AddField(
            "unit",
            "organisation",
            models.ForeignKey(
                "people.unit",
                on_delete=django.db.models.deletion.DO_NOTHING,
                editable=False,
                blank=True,
                null=True,
                related_name="units",
            ),
        ),
        migrations.RunSQL(FILL_UNITS, migrations.RunSQL.noop),
        AT_ONCE,
        migrations.RunSQL(FIND, DO_NOT_FIND),
        migrations.AlterField(
            "unit",
            "organisation",
            models.ForeignKey(
                "people.unit",
                on_delete=django.db.models.deletion.DO_NOTHING,
                editable=False,
                blank=True,
                related_name="units",
            ),
        ),
        migrations.AlterField("unit", "code", models.SlugField("short code")),
        migrations.AlterField(
            "unit",
            "jurisdiction",
            models.CharField(
                max_length=20,
                blank=True,
                choices=[
                    ("england", "England"),
                    ("wales", "Wales"),
                    ("scotland", "Scotland"),
                    ("northern_ireland", "Northern Ireland"),
                    ("aotearoa", "Aotearoa New Zealand"),
                ],
            ),
        ),
        migrations.AddConstraint(
            "unit",
            models.UniqueConstraint(
                fields=["organisation", "code"],
                name="people_unit_code_once",
                violation_error_message="Another unit has this short code.",
            ),
        ),
        migrations.AddConstraint(
            "unit",
            models.UniqueConstraint(
                fields=["code"],
                condition=models.Q(parent=None),
                name="people_unit_code_of_an_organisation_once",
                violation_error_message="Another organisation has this short code.",
            ),
        ),
        migrations.AddConstraint(
            "unit",
            models.CheckConstraint(
                condition=~models.Q(jurisdiction=""),
                name="people_unit_has_a_jurisdiction",
                violation_error_message="Choose the jurisdiction.",
            ),
        ),
        migrations.AddField(
            "user",
            "organisation",
            models.ForeignKey(
                "people.unit",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="people",
                editable=False,
                null=True,
            ),
        ),
        migrations.RunSQL(FILL_PEOPLE, migrations.RunSQL.noop),
        AT_ONCE,
        migrations.AlterField(
            "user",
            "organisation",
            models.ForeignKey(
                "people.unit",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="people",
                editable=False,
            ),
        ),
    ]
