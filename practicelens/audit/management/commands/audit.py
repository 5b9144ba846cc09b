from django.core.management.base import BaseCommand, CommandError

from practicelens.audit.verifying import verify

FAULTS_TOLD = 50


class Command(BaseCommand):
    help = "Looks whether the audit log is whole. Stops with an error if it is not."

    def add_arguments(self, parser):
        parser.add_argument(
            "--verify", action="store_true", required=True, help="work every hash out again"
        )
        parser.add_argument(
            "--seal",
            action="append",
            default=[],
            metavar="NUMBER:HASH",
            help="the end of the chain as this command told it before; may be given more than once",
        )

    def handle(self, *, seal, **options):
        found = verify(*seal)
        if found.faults:
            raise CommandError("\n".join(told(found)))
        self.stdout.write(f"The audit log is whole: {found.entries} entries.")
        self.stdout.write(f"Keep this elsewhere, to show later that nothing was cut: {found.seal}")


def told(found):
    yield f"The audit log is not whole: {len(found.faults)} faults in {found.entries} entries."
    yield from found.faults[:FAULTS_TOLD]
    if len(found.faults) > FAULTS_TOLD:
        yield f"And {len(found.faults) - FAULTS_TOLD} more."
