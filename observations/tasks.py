"""What the worker does with observations."""

from celery import shared_task

from observations import actions
from observations.models import Observation


@shared_task(name="observations.code")
def code(pk):
    """Safe to run twice: what is coded already is left alone."""
    for observation in Observation.objects.filter(pk=pk):
        actions.code(observation=observation)
