"""What the worker does with observations."""

from celery import shared_task

from observations.models import Observation
from observations.notes import coding


@shared_task(name="observations.code")
def code(pk):
    """Safe to run twice: what is coded already is left alone."""
    for observation in Observation.objects.filter(pk=pk):
        coding.code(observation=observation)
