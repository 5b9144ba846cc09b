import logging
import signal
from threading import Event

from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection

from practicelens.jobs.names import Task
from practicelens.jobs.nudges import send
from reports.jobs.sweeping import sweep

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Do whatever the background jobs have left undone: code, count, close lost runs. Needs no broker."

    def add_arguments(self, parser):
        parser.add_argument(
            "--every", type=float, metavar="SECONDS", help="go on sweeping, so often, till stopped"
        )

    def handle(self, *, every, **options):
        if every is None:
            sweep()
            return
        stopped = Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stopped.set())
        while not stopped.is_set():
            self.sweep_or_say_why_not()
            send(Task.ANSWER)  # a worker that is asked for nothing looks like a dead one
            stopped.wait(every)

    def sweep_or_say_why_not(self):
        """A database that is away for a while must not end the loop."""
        try:
            sweep()
        except DatabaseError:
            log.exception("The sweep failed; the next one tries again.")
        finally:
            connection.close()
