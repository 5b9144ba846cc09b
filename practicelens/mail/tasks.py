from celery import shared_task

from practicelens.jobs.names import Task
from practicelens.mail import actions


@shared_task(name=Task.SEND_MAIL)
def send():
    """Finds what waits from the rows, so twice is once."""
    actions.send_waiting()
