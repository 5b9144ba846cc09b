"""The one task that is nobody's work."""

from celery import shared_task

from practicelens.jobs.names import Task


@shared_task(name=Task.ANSWER)
def answer():
    """Does nothing; done, it shows that background work goes on where beat asks it for nothing."""
