"""The audit log, as an information governance lead reads it."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from practicelens.audit.actions import record_log_read
from practicelens.audit.models import Entry
from practicelens.people.log_forms import LogFilter
from practicelens.people.permissions import Act

ENTRIES_ON_A_PAGE = 50


@require_safe
def log(request):
    """Who read and who did what, newest first. It names rows, never what is written in them.

    Reading it is on record too, from the next page on.
    """
    if not request.user.can(Act.READ_LOG):
        raise Http404
    form = LogFilter(request.GET)
    shown = form.filter(Entry.objects.visible_to(request.user)).for_list()
    page = Paginator(shown, ENTRIES_ON_A_PAGE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    record_log_read(by=request.user, unit=request.user.organisation)
    return render(request, "audit/log.html", {"page": page, "form": form})
