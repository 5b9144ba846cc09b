from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reports.jobs.sweeping import last_finished

# The sweep runs every minute; a few missed ones mean that nothing is being done.
QUIET_FOR = timedelta(minutes=5)


@login_not_required
@never_cache
@require_safe
def health(request):
    """200 while the database answers and background work has finished lately; else 503."""
    try:
        last = last_finished()
    except DatabaseError:
        return said("The database does not answer.", status=503)
    if last is None:
        return said("The site answers. Background work has not finished anything yet.", status=503)
    if timezone.now() - last > QUIET_FOR:
        return said("The site answers. No background work has finished lately.", status=503)
    return said("All is well.")


def said(words, status=200):
    return HttpResponse(f"{words}\n", content_type="text/plain; charset=utf-8", status=status)
