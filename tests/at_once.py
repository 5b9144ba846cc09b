"""Two presses at the same moment, in two threads, as two windows or an impatient finger send them."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection
from django.test import Client


def at_once(person, address, sent):
    """Where both of two presses led."""
    answers = answers_at_once([(person, sent), (person, sent)], address)
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url == answers[1].url
    return answers[0].url


def answers_at_once(pressed, address):
    """What was answered to each [(person, what they sent)], all sent at the same moment."""
    clients = [Client() for _ in pressed]
    for client, (person, _) in zip(clients, pressed, strict=True):
        client.force_login(person)
    together = Barrier(len(pressed))

    def press(client, sent):
        try:
            together.wait(timeout=60)
            return client.post(address, sent)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(pressed)) as all_of_them:
        return list(all_of_them.map(press, clients, [sent for _, sent in pressed]))
