"""Two observers of one occasion: one pair to talk about, and what many pairs say."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from observations.models import Pair
from observations.pairs import actions
from practicelens.audit.actions import record
from practicelens.audit.models import Entry
from practicelens.people.permissions import Act
from reports.pairs import agreement, in_words, over_all, questions, read

PAIRS_A_PAGE = 25


@require_safe
def pairs(request):
    """The pairs one can read, and what they say together: no names, since it is no mark."""
    if not request.user.can(Act.READ_OBSERVATIONS):
        raise Http404
    found = Pair.objects.visible_to(request.user).for_list()
    criteria, themes = agreement(found)
    page = Paginator(found, PAIRS_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "reports/pairs.html", {"page": page, "criteria": criteria, "themes": themes}
    )


@require_safe
def pair(request, pk):
    """Both observations side by side, for the two observers and for those who can read both."""
    found = seen_pair(request, pk)
    for observation in found.observations:
        record(by=request.user, action=Entry.Action.READ, what=observation, unit=observation.unit)
    comparison = read(found, request.user)
    context = {
        "pair": found,
        "comparison": comparison,
        "in_words": in_words(comparison),
        "over_all": over_all(comparison),
        "questions": questions(comparison),
        "may_undo": found.can_be_undone_by(request.user),
    }
    return render(request, "reports/pair.html", context)


@require_POST
def unpair(request, pk):
    """Take the two apart; nothing in either observation changes."""
    found = seen_pair(request, pk)
    if not found.can_be_undone_by(request.user):
        raise PermissionDenied
    own = next(
        observation
        for observation in found.observations
        if observation.observer_id == request.user.pk
    )
    actions.unpair(pair=found, by=request.user)
    messages.success(request, "The two observations are apart again.")
    return redirect(own)


def seen_pair(request, pk):
    return get_object_or_404(Pair.objects.visible_to(request.user).for_reading(), pk=pk)
