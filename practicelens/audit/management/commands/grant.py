from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

# What the product needs, and no more: it adds to the audit log, and never writes its chain.
GRANTS = """
GRANT USAGE ON SCHEMA public TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
ALTER DEFAULT PRIVILEGES IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role};
REVOKE ALL ON audit_entry, audit_link, django_migrations FROM {role};
GRANT SELECT, INSERT ON audit_entry TO {role};
GRANT SELECT ON audit_link, django_migrations TO {role};
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
"""
# Whoever may act as the owner can take the triggers off, whatever is granted.
ACTS_AS_OWNER = """
SELECT rolsuper OR pg_has_role(rolname, (SELECT relowner FROM pg_class WHERE oid = 'audit_entry'::regclass), 'MEMBER')
FROM pg_roles WHERE rolname = %s
"""


class Command(BaseCommand):
    help = (
        "Lets a database role run the product without owning anything: it can add to the audit log, "
        "and can't alter it. Run it under the role that owns the tables, after each migrate."
    )

    def add_arguments(self, parser):
        parser.add_argument("--to", required=True, metavar="ROLE", help="the role to let in")

    def handle(self, *, to, **options):
        with transaction.atomic(), connection.cursor() as cursor:
            check_role(cursor, to)
            cursor.execute(GRANTS.format(role=connection.ops.quote_name(to)))
        self.stdout.write(f"The role {to} can run PracticeLens, and can't alter the audit log.")


def check_role(cursor, name):
    cursor.execute(ACTS_AS_OWNER, [name])
    found = cursor.fetchone()
    if found is None:
        raise CommandError(f"There is no database role {name}. See docs/deploying.md.")
    if found[0]:
        raise CommandError(
            f"The role {name} owns the tables or may act as their owner, so it could alter the "
            "audit log. Name a role that owns nothing."
        )
