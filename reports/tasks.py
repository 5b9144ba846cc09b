"""The background tasks of reports. Every one finds its work from the rows, so twice is once."""

from celery import shared_task

from practicelens.jobs.names import Task
from reports import briefings
from reports.jobs import sweeping


@shared_task(name=Task.ROLL_UP)
def roll_up():
    sweeping.roll_up()


@shared_task(name=Task.SWEEP)
def sweep():
    sweeping.sweep()


@shared_task(name=Task.DO_ASKED)
def do_asked():
    sweeping.do_asked()


@shared_task(name=Task.COMPOSE_DUE)
def compose_due_briefings():
    briefings.compose_due()
