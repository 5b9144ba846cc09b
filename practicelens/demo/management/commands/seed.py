from datetime import date

from django.core.management.base import BaseCommand

from practicelens.demo import seeding
from practicelens.demo.refusing import refuse_outside_a_demonstration


class Command(BaseCommand):
    help = "Fill an empty database with a made-up service and eighteen months of observations."

    def add_arguments(self, parser):
        parser.add_argument(
            "--until", type=date.fromisoformat, help="the story's last day (today by default)"
        )
        parser.add_argument(
            "--sign-ins", action="store_true", help="only tell who can sign in, and change nothing"
        )

    def handle(self, *args, until, sign_ins, **options):
        refuse_outside_a_demonstration()
        if sign_ins:
            self.stdout.write(seeding.sign_ins())
            return
        try:
            seeding.seed(until=until)
        except seeding.NotEmpty:
            self.stdout.write("There is data already; nothing was changed.")
