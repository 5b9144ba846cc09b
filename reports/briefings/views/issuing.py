"""A briefing's way to leaders: sent, taken back, approved, issued, issued again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from practicelens.people.methods import shown_and_sent
from practicelens.refusals import NotNow
from reports.briefings import actions, build_content
from reports.briefings.views.finding import written_briefing


@require_POST
def send(request, key):
    """Send for approval; what is left is told on the briefing's own page."""
    briefing = written_briefing(request, key)
    try:
        actions.send_for_approval(briefing=briefing, by=request.user)
    except actions.NotReady as refusal:
        messages.error(request, left_words(refusal.left))
    except NotNow:
        messages.error(request, "It was sent before.")
    else:
        messages.success(request, "Sent for approval. Nobody can change it until it is taken back.")
    return redirect(briefing)


def left_words(left):
    if len(left) == 1:
        return f"One thing stops approval: {left[0][0]}."
    return f"{len(left)} things stop approval. The first: {left[0][0]}."


@require_POST
def take_back(request, key):
    briefing = written_briefing(request, key)
    try:
        actions.take_back(briefing=briefing, by=request.user)
    except NotNow:
        messages.error(request, "It can’t be taken back now.")
    else:
        messages.success(request, "It is a draft again.")
    return redirect(briefing)


@require_POST
def approve(request, key):
    """403 to whoever wrote some of it where there is somebody who wrote none."""
    briefing = written_briefing(request, key)
    try:
        actions.approve(briefing=briefing, by=request.user)
    except actions.NeedsAnother:
        raise PermissionDenied from None
    except actions.NotReady as refusal:
        messages.error(request, left_words(refusal.left))
    except NotNow:
        messages.error(request, "It can’t be approved now.")
    else:
        messages.success(request, "Approved. It can be issued.")
    return redirect(briefing)


@shown_and_sent
def issue(request, key):
    """Shows what will be frozen; then freezes it."""
    briefing = written_briefing(request, key)
    if request.method == "POST":
        return freeze(request, briefing)
    if briefing.is_issued or not briefing.approved_at:
        return redirect(briefing)
    content = build_content(briefing)
    return render(request, "reports/issue.html", {"briefing": briefing, "content": content})


def freeze(request, briefing):
    try:
        actions.issue(briefing=briefing, by=request.user)
    except actions.NotReady as refusal:
        messages.error(request, left_words(refusal.left))
    except NotNow:
        messages.error(request, "Only an approved briefing can be issued, and only once.")
    else:
        messages.success(request, "Issued. Leaders can read it now.")
    return redirect(briefing)


@shown_and_sent
def reissue(request, key):
    """Asks first: a new version supersedes this one and shows the difference."""
    briefing = written_briefing(request, key)
    if request.method != "POST":
        return render(request, "reports/reissue.html", {"briefing": briefing})
    try:
        later = actions.reissue(briefing=briefing, by=request.user)
    except NotNow:
        messages.error(request, "There is a later version already, or it was never issued.")
        return redirect(briefing)
    messages.success(request, "A new version is drafted, with all that this one says.")
    return redirect(later)
