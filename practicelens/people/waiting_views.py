"""Roles that wait for a second person, as that person meets them."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from practicelens.people import actions
from practicelens.people.models import RoleRequest
from practicelens.people.permissions import Act


@require_safe
def waiting(request):
    """What waits in the part of whoever could be the second person, or asked for it."""
    if not (request.user.can(Act.KEEP_PEOPLE) or request.user.can(Act.READ_LOG)):
        raise Http404
    rows = [
        {"asked": asked, "may_agree": asked.can_be_agreed_by(request.user)}
        for asked in RoleRequest.objects.visible_to(request.user).for_list()
    ]
    return render(request, "people/waiting.html", {"rows": rows})


@require_POST
def agree(request, pk):
    return settled(request, pk, actions.agree, "They have the role now.")


@require_POST
def turn_down(request, pk):
    return settled(request, pk, actions.turn_down, "The role is not given.")


def settled(request, pk, action, done):
    asked = get_object_or_404(RoleRequest.objects.visible_to(request.user), pk=pk)
    return settled_anew(request, asked, action, done)


@reauthentication_required
def settled_anew(request, asked, action, done):
    """Once the password has been given again: whoever found a screen left open agrees to nothing."""
    try:
        action(asked=asked, by=request.user)
    except actions.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return redirect("people:waiting")
