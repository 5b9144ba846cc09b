"""The background worker. The rows say what is to be done; a message only says "look now"."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "practicelens.settings")

app = Celery("practicelens", task_cls="practicelens.jobs.working:WorkersTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
