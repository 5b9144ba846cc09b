"""The background tasks of people. Every one finds its work from the rows, so twice is once."""

from celery import shared_task

from practicelens.jobs.names import Task
from practicelens.people import actions, kept_words, two_windows, waiting
from practicelens.people.sessions import SessionStore


@shared_task(name=Task.END_ROLES)
def end_roles():
    """Whoever has left holds no role after their last day."""
    actions.end_roles_of_who_left()


@shared_task(name=Task.FORGET)
def forget():
    """What is over is gone from the database: sessions, kept words, windows, wrong tries."""
    SessionStore.clear_expired()
    kept_words.forget_what_is_over()
    two_windows.forget_old_windows()
    waiting.forget_old_tries()
