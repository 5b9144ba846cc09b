"""How suggestions are made: for everybody who signs in."""

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from observations.engine import sentence_model
from reports.how import today


@require_safe
def how(request):
    context = {
        "books": today(request.user),
        "reads_meaning": bool(sentence_model()),
        "threshold": settings.SMALL_COUNT_THRESHOLD,
    }
    return render(request, "reports/how.html", context)
