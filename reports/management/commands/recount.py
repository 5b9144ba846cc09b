import sys

from django.core.management.base import BaseCommand

from observations.models import DirtyCell
from reports.cells.rollup import differences
from reports.jobs.sweeping import recount


class Command(BaseCommand):
    help = "Count every cell again from the observations, or check that the stored cells are right."

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="change nothing; name each cell that differs"
        )

    def handle(self, *, check, **options):
        if check:
            self.compare()
            return
        recount()
        self.stdout.write("Counted.")

    def compare(self):
        """Named so because `check` is Django's: it runs before any command does its work."""
        if waiting := DirtyCell.objects.count():
            self.stdout.write(f"Marks waiting to be counted: {waiting}.")
        differing = differences()
        for difference in differing:
            self.stdout.write(str(difference))
        if differing:
            sys.exit(1)
        self.stdout.write("No cell differs.")
