"""Messages that wake the worker. Losing one costs a minute: the sweep finds the rows."""

import logging

from django.db import transaction
from kombu.exceptions import OperationalError

from practicelens.celery import app

log = logging.getLogger(__name__)


def nudge(task, *args):
    """Once the transaction is in, ask for a task by name; without a broker, only log it."""
    transaction.on_commit(lambda: send(task, *args), robust=True)


def send(task, *args):
    try:
        app.send_task(task, args)
    except (OperationalError, OSError) as error:
        log.warning("The broker did not take %s (%s); the sweep will do it.", task, error)
