"""What every task of the worker is."""

from celery import Task, states

from practicelens.jobs.heartbeats import finished
from practicelens.jobs.models import Part


class WorkersTask(Task):
    """Writes down that it went through: the worker works."""

    def after_return(self, status, *args, **kwargs):
        if status == states.SUCCESS:
            finished(Part.WORKER)
