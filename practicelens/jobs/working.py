"""What every background task is."""

from celery import Task, states

from practicelens.jobs.heartbeats import finished
from practicelens.jobs.models import Part


class WorkersTask(Task):
    """Writes down that it went through: background work goes on."""

    def after_return(self, status, *args, **kwargs):
        if status == states.SUCCESS:
            finished(Part.WORKER)
