import time
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from practicelens.demo import main_job, seeding
from practicelens.demo.refusing import refuse_outside_a_demonstration
from practicelens.local.words import step
from practicelens.people.models import Unit, User


class Command(BaseCommand):
    help = (
        "Take one observation all the way: written through the forms, coded and counted in the background "
        "that is running, composed into this month's briefing, approved by a second person and "
        "issued. An empty database is filled first."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--out",
            type=Path,
            default=settings.BASE_DIR / ".local" / "briefing",
            help="the folder for the paper (.local/briefing by default)",
        )

    def handle(self, *args, out, **options):
        refuse_outside_a_demonstration()
        self.took = []
        if not Unit.objects.exists():
            seeding.seed()
        author = User.objects.get(email="marian@harrowmere.example")
        unit = Unit.objects.get(code="harrowmere")
        with self.timed("Writing and submitting the observation"):
            observation = main_job.write_note()
        with self.timed("Coding and counting, in the background"):
            self.wait(observation)
        with self.timed("Composing the briefing"):
            briefing = main_job.compose(unit, author)
        with self.timed("Approving and issuing it"):
            briefing = main_job.issue(main_job.approve(briefing, author), author)
        with self.timed("Drawing the page and the PDF"):
            papers = main_job.write_papers(briefing, out)
        self.tell(papers)

    @contextmanager
    def timed(self, name):
        began = time.monotonic()
        with step(name):
            yield
        self.took.append((name, time.monotonic() - began))

    def wait(self, observation):
        try:
            main_job.wait_for_worker(observation)
        except main_job.NoWorker as error:
            raise CommandError(
                f"The background job did not code and count the observation in {main_job.WORKER_HAS} seconds. "
                "Look whether one is running; the observation is kept, and the sweep will find it."
            ) from error

    def tell(self, papers):
        for name, seconds in self.took:
            self.stdout.write(f"{name:<36}{seconds:6.1f} s")
        for paper in papers:
            self.stdout.write(str(paper))
