from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from practicelens.jobs.health import states
from practicelens.jobs.ledger import ask
from practicelens.jobs.models import Run
from practicelens.people.permissions import Act

RUNS_A_PAGE = 25


@require_safe
def runs(request):
    """The ledger: what ran or is asked for, on what, how long, and what came of it."""
    if not request.user.can(Act.SEE_RUNS):
        raise PermissionDenied
    pages = Paginator(Run.objects.visible_to(request.user).for_list(), RUNS_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {"page": page, "now": timezone.now(), "states": states()}
    context["is_under_way"] = any(run.ended_at is None for run in page.object_list)
    return render(request, "reports/runs.html", context)


@require_POST
def run_again(request, pk):
    """Ask for what a run did to be done again; the ledger says how far it is."""
    run = get_object_or_404(Run.objects.visible_to(request.user), pk=pk)
    asked, is_new = ask(run=run, by=request.user)
    said = "asked for. It begins within a minute." if is_new else "asked for already."
    messages.info(request, f"{asked.get_kind_display()}: {said}")
    return redirect("reports:runs")
