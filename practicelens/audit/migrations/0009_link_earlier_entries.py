from django.db import migrations

# In the order in which they were written; what is written from now on is linked by the database.
LINK = """
DO $$
DECLARE
    entry audit_entry;
    place bigint := 0;
    earlier bytea := '';
BEGIN
    FOR entry IN SELECT * FROM audit_entry ORDER BY id LOOP
        place := place + 1;
        earlier := audit_hash(earlier, place, entry);
        INSERT INTO audit_link (number, entry_id, hash) VALUES (place, entry.id, earlier);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0008_chain")]

    operations = [migrations.RunSQL(LINK, migrations.RunSQL.noop)]
