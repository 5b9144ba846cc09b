"""A finding of a briefing that is started from an early sign."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from reports.briefings.early_signs import offered
from reports.briefings.suggesting import tell
from reports.briefings.views.finding import changing


@require_POST
def tell_early_sign(request, key, pk):
    """One sighting becomes a finding; one that waited is kept by that."""
    with changing(request, key) as held:
        early_sign = get_object_or_404(offered(held, request.user), pk=pk)
        made = tell(briefing=held, early_sign=early_sign, by=request.user)
    messages.success(request, "The finding is added, as seen once. Now look for the opposite.")
    return redirect("reports:finding", key, made.pk)
