"""Putting mail in line, and sending what waits."""

import logging
from datetime import timedelta

from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone

from practicelens.jobs.names import Task
from practicelens.jobs.nudges import nudge
from practicelens.mail.models import Letter

log = logging.getLogger(__name__)

# A mail server that does not answer, or refuses a mail, is asked again after a while.
AGAIN_IN = timedelta(minutes=10)
GIVEN_UP_AFTER = timedelta(days=3)


@transaction.atomic
def write(*, to, subject, text):
    """Put a mail in line for each of these people. Nobody waits for the mail server."""
    Letter.objects.bulk_create(Letter(to=person, subject=subject, text=text) for person in to)
    nudge(Task.SEND_MAIL)


def send_waiting():
    """Send what waits; returns how many were taken. Twice at once sends nothing twice."""
    waiting = list(Letter.objects.due().values_list("pk", flat=True))
    if not waiting:
        return 0
    server = get_connection()
    try:
        server.open()
    except OSError as error:  # refusals of the server are errors of this kind as well
        log.warning("The mail server does not answer (%s); %s wait.", error, len(waiting))
        put_off(Letter.objects.filter(pk__in=waiting))
        return 0
    try:
        return sum(send(pk, server) for pk in waiting)
    finally:
        server.close()


@transaction.atomic
def send(pk, server):
    """Send one, unless another process has it; returns whether it was taken."""
    letters = Letter.objects.due().select_for_update(of=["self"], skip_locked=True)
    letter = letters.filter(pk=pk).select_related("to").first()
    if letter is None:
        return False
    try:
        if letter.to.is_active:
            EmailMessage(
                letter.subject, letter.text, to=[letter.to.email], connection=server
            ).send()
    except OSError as error:
        log.warning("The mail server refused letter %s (%s).", pk, type(error).__name__)
        put_off(Letter.objects.filter(pk=pk))
        return False
    letter.delete()
    return True


def put_off(letters):
    """Try these later; those that have waited for days are given up."""
    now = timezone.now()
    given_up, _ = letters.filter(made_at__lte=now - GIVEN_UP_AFTER).delete()
    if given_up:
        log.error("Mail that waited for %s days was given up: %s.", GIVEN_UP_AFTER.days, given_up)
    letters.update(try_after=now + AGAIN_IN)
