"""What the worker does. Every task finds its work from the rows, so twice is once."""

from celery import shared_task

from reports import briefings, sweeping


@shared_task(name="reports.roll_up")
def roll_up():
    sweeping.roll_up()


@shared_task(name="reports.sweep")
def sweep():
    sweeping.sweep()


@shared_task(name="reports.recode")
def recode():
    sweeping.recode_some()


@shared_task(name="reports.compose_due_briefings")
def compose_due_briefings():
    briefings.compose_due()
