"""The background tasks of observations. Every one finds its work from the rows, so twice is once."""

from celery import shared_task

from observations import background, mails
from observations.models import Observation
from observations.notes import coding
from practicelens.jobs.names import Task


@shared_task(name=Task.CODE)
def code(pk):
    """Safe to run twice: what is coded already is left alone."""
    for observation in Observation.objects.filter(pk=pk):
        coding.code(observation=observation)


@shared_task(name=Task.RECODE)
def recode():
    background.recode_some()


@shared_task(name=Task.LEARN)
def learn():
    background.learn_asked()


@shared_task(name=Task.ASK_TO_LEARN)
def ask_to_learn():
    background.learn_every_night()


@shared_task(name=Task.LOOK_FOR_EMERGING)
def look_for_emerging():
    background.look_for_emerging()


@shared_task(name=Task.LOOK_EVERY_WEEK)
def look_every_week():
    background.look_every_week()


@shared_task(name=Task.IMPORT)
def import_some():
    """Safe to run twice: what is read or in already is left alone."""
    background.import_some()


@shared_task(name=Task.REMIND)
def remind():
    """Safe to run twice, and late: whoever was reminded is not reminded again."""
    mails.remind_due()


# Their names of before, for one release: a message or a calendar may still have them.
for was, task in {
    "reports.recode": recode,
    "reports.learn": learn,
    "reports.ask_to_learn": ask_to_learn,
    "reports.look_for_emerging": look_for_emerging,
    "reports.look_every_week": look_every_week,
}.items():
    shared_task(name=was)(task.run)
