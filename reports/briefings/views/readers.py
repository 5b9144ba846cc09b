"""Who has opened an issued briefing, for whoever wrote, approved or issued it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.briefings.reading import not_opened_by, opened_by
from reports.briefings.views.finding import seen_briefing


@require_safe
def readers(request, key):
    """Who opened it and when, and who of its readers has not."""
    found = seen_briefing(request, key)
    if not found.is_issued:
        raise Http404
    if not found.tells_its_readers_to(request.user):
        raise PermissionDenied
    opened = opened_by(found)
    context = {
        "briefing": found,
        "opened": opened,
        "not_opened": not_opened_by(found, opened),
    }
    return render(request, "reports/readers.html", context)
