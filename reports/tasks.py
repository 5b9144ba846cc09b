"""What the worker does. Every task finds its work from the rows, so twice is once."""

from celery import shared_task

from observations.learning import versions
from reports import briefings
from reports.jobs import sweeping


@shared_task(name="reports.roll_up")
def roll_up():
    sweeping.roll_up()


@shared_task(name="reports.sweep")
def sweep():
    sweeping.sweep()


@shared_task(name="reports.do_asked")
def do_asked():
    sweeping.do_asked()


@shared_task(name="reports.recode")
def recode():
    sweeping.recode_some()


@shared_task(name="reports.compose_due_briefings")
def compose_due_briefings():
    briefings.compose_due()


@shared_task(name="reports.look_for_emerging")
def look_for_emerging():
    sweeping.look_for_emerging()


@shared_task(name="reports.look_every_week")
def look_every_week():
    sweeping.look_every_week()


@shared_task(name="reports.learn")
def learn():
    sweeping.learn_asked()


@shared_task(name="reports.ask_to_learn")
def ask_to_learn():
    versions.ask_where_decided()
