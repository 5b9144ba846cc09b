import logging

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from practicelens.people.models import Role
from reports import sweeping
from reports.models import Run

log = logging.getLogger(__name__)

RUNS_A_PAGE = 25


@require_safe
def runs(request):
    """The ledger: what ran, on what, how long, and what came of it."""
    if not request.user.holds(Role.Kind.PSW, Role.Kind.SYSTEM_ADMIN):
        raise PermissionDenied
    pages = Paginator(Run.objects.visible_to(request.user).for_list(), RUNS_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    return render(request, "reports/runs.html", {"page": page})


@require_POST
def run_again(request, pk):
    """Do now what a run did; the page then shows the new run."""
    run = get_object_or_404(Run.objects.visible_to(request.user), pk=pk)
    try:
        sweeping.run_again(run.kind, asked_by=request.user)
    except Exception:
        log.exception("Run again failed.")
        messages.error(request, "It did not finish. The ledger says why.")
    else:
        messages.success(request, f"{run.get_kind_display()}: done.")
    return redirect("reports:runs")
