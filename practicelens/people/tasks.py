"""The background tasks of people. Every one finds its work from the rows, so twice is once."""

from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore

from practicelens.jobs.names import Task
from practicelens.people import kept_words, waiting


@shared_task(name=Task.FORGET)
def forget():
    """What is over is gone from the database: sessions, words that were kept, wrong tries."""
    SessionStore.clear_expired()
    kept_words.forget_what_is_over()
    waiting.forget_old_tries()
