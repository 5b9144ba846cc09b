"""What leaders were asked and what they decided, for everybody who works where it was asked."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from practicelens.people.models import know_zones
from practicelens.people.permissions import Act
from reports.briefings.recommendations import told_where
from reports.models import VerdictDecision

PER_PAGE = 20


@require_safe
def decided(request):
    """Asked, decided and changed: whole, the newest first, with both dates."""
    if not request.user.can(Act.READ_DECISIONS):
        raise Http404
    page = Paginator(told_where(request.user), PER_PAGE).get_page(request.GET.get("page"))
    know_zones(each.briefing.unit for each in page)
    verdicts = (
        VerdictDecision.objects.visible_to(request.user).for_list() if page.number == 1 else []
    )
    context = {
        "page": page,
        "verdicts": verdicts,
        "is_observed": request.user.can(Act.BE_OBSERVED),
    }
    return render(request, "reports/decided.html", context)
