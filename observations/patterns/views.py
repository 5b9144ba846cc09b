"""The page of an observer's own pattern."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_safe

from observations.patterns.counting import MOSTLY, pattern_of
from practicelens.people.permissions import Act


@require_safe
def my_pattern(request):
    """How many they made, where, how observed, and what mostly stays not seen: theirs alone."""
    if not request.user.can(Act.WRITE_OBSERVATIONS):
        raise PermissionDenied
    context = {"pattern": pattern_of(request.user), "mostly": round(100 * MOSTLY)}
    return render(request, "observations/my_pattern.html", context)
