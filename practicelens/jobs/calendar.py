"""Beat, the calendar of background work."""

from celery.beat import PersistentScheduler
from django.db import connection

from practicelens.jobs.heartbeats import finished
from practicelens.jobs.models import Part


class Scheduler(PersistentScheduler):
    """Writes down each message that the broker took: beat and broker work."""

    def apply_async(self, *args, **kwargs):
        result = super().apply_async(*args, **kwargs)
        finished(Part.BEAT)
        connection.close()  # the next one is a minute away
        return result
