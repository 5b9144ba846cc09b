"""Fetching what a person may see, and may do."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from observations.models import Observation


def visible_observation(request, key):
    """The observation, or 404 to those who may not see it."""
    return get_object_or_404(Observation.objects.visible_to(request.user).for_reading(), key=key)


def own_draft(request, key):
    """A draft that the person may write in; 403 to those who may only see it."""
    observation = visible_observation(request, key)
    if not observation.can_be_edited_by(request.user):
        raise PermissionDenied
    return observation
