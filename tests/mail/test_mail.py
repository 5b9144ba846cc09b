"""Mail waits in the database: nobody waits for the mail server, and nothing is lost or doubled."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.db import transaction
from django.utils import timezone

from practicelens.jobs import nudges
from practicelens.jobs.names import Task
from practicelens.mail.actions import send_waiting, write
from practicelens.mail.models import Letter
from practicelens.mail.tasks import send
from reports.jobs import sweeping
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def marian():
    return UserFactory(name="Marian Osei", email="marian@example.org")


def letter(*people):
    write(to=people, subject="PracticeLens: something waits", text="Sign in and look.")


class Dead(locmem.EmailBackend):
    def open(self):
        raise ConnectionRefusedError


class Picky(locmem.EmailBackend):
    """Takes no mail for Marian."""

    def send_messages(self, messages):
        if messages[0].to == ["marian@example.org"]:
            raise smtplib.SMTPRecipientsRefused({})
        return super().send_messages(messages)


@pytest.fixture
def server(settings):
    def server(kind):
        settings.EMAIL_BACKEND = f"{kind.__module__}.{kind.__qualname__}"

    return server


def a_while_later():
    Letter.objects.update(try_after=timezone.now())


def test_mail_is_sent_once_to_each_and_then_gone(marian):
    letter(marian, UserFactory(email="tom@example.org"))

    assert send_waiting() == 2
    assert send_waiting() == 0

    assert sorted(sent.to for sent in mail.outbox) == [["marian@example.org"], ["tom@example.org"]]
    assert mail.outbox[0].subject == "PracticeLens: something waits"
    assert not Letter.objects.exists()


def test_the_worker_is_nudged_once_the_transaction_is_in(
    marian, monkeypatch, django_capture_on_commit_callbacks
):
    nudged = []
    monkeypatch.setattr(nudges, "send", lambda *asked: nudged.append(asked))

    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        letter(marian)
        assert nudged == []

    assert nudged == [(Task.SEND_MAIL,)]


def test_the_task_and_the_sweep_send_what_waits(marian):
    letter(marian)
    send()
    assert len(mail.outbox) == 1

    letter(marian)
    sweeping.sweep()
    assert len(mail.outbox) == 2


def test_a_mail_server_that_is_down_holds_nothing_up_and_loses_nothing(marian, server):
    letter(marian)
    server(Dead)
    sweeping.sweep()
    assert Letter.objects.count() == 1

    server(locmem.EmailBackend)
    assert send_waiting() == 0, "it is asked again after a while"
    a_while_later()
    assert send_waiting() == 1


def test_one_mail_that_is_refused_stops_no_other(marian, server):
    letter(marian, UserFactory(email="tom@example.org"))
    server(Picky)

    assert send_waiting() == 1
    assert Letter.objects.get().to == marian


def test_what_can_t_be_sent_for_days_is_given_up(marian, server, caplog):
    letter(marian)
    server(Dead)
    send_waiting()
    Letter.objects.update(made_at=timezone.now() - timedelta(days=3))
    a_while_later()

    send_waiting()

    assert not Letter.objects.exists()
    assert "Mail that waited for 3 days was given up: 1." in caplog.text
    assert "marian" not in caplog.text


def test_whoever_may_no_longer_sign_in_gets_no_mail(marian):
    letter(marian)
    marian.is_active = False
    marian.save()

    send_waiting()

    assert mail.outbox == []
    assert not Letter.objects.exists()
