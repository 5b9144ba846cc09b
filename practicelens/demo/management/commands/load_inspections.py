from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from practicelens.demo import inspections
from practicelens.demo.refusing import refuse_outside_a_demonstration
from practicelens.local.words import step
from practicelens.people.models import User


class Command(BaseCommand):
    help = (
        "Load paragraphs of published inspection reports as observations, to try coding, search "
        "and counting on real text. The file has one JSON object a line, with authority, "
        "inspected_on (2024-05-31), section, grade, overall, kind, number and text. Each authority "
        "becomes a team under 'Inspected authorities', each inspection a submitted observation "
        "(reading a file), each paragraph a passage; grades are left aside. A background job then codes "
        "them. What was loaded before is not loaded again."
    )

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, help="the file of paragraphs")
        parser.add_argument("--observer", required=True, help="the email of whoever read them")

    def handle(self, *args, path, observer, **options):
        refuse_outside_a_demonstration()
        user = User.objects.filter(email__iexact=observer).first()
        if user is None:
            raise CommandError(f"Nobody here has the email {observer}.")
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        with step("Loading inspections"), path.open() as lines:
            loaded = inspections.load(lines, user)
        self.stdout.write(
            f"{loaded.authorities} authorities, {loaded.observations} inspections and "
            f"{loaded.passages} paragraphs were added."
        )
