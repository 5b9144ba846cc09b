"""Messages that wake the background process. A lost one costs a minute: rows are found anyway."""

import logging
from time import monotonic

from django.db import transaction
from kombu.exceptions import OperationalError

from practicelens.celery import app

log = logging.getLogger(__name__)

# A person waits for their page while a nudge is sent, so one that does not get through at once is
# given up, where the background process's own connection would go on trying.
IMPATIENT = {
    "socket_connect_timeout": 0.5,
    "socket_timeout": 0.5,
    "connect_retries_timeout": 0.5,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
}
LEAVE_ALONE = 10  # seconds, after the broker did not take a nudge
silent_until = {"broker": 0}


def nudge(task, *args):
    """Once the transaction is in, ask for a task by name; without a broker, only log it."""
    transaction.on_commit(lambda: send(task, *args), robust=True)


def send(task, *args):
    if monotonic() < silent_until["broker"]:
        return
    try:
        with app.connection_for_write(transport_options=IMPATIENT) as connection:
            app.send_task(task, args, connection=connection)
    except (OperationalError, OSError) as error:
        silent_until["broker"] = monotonic() + LEAVE_ALONE
        log.warning("The broker did not take %s (%s); the sweep will do it.", task, error)
