"""A briefing's way to leaders: sent, taken back, approved, issued, issued again."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from practicelens.once import press
from practicelens.people.methods import shown_and_sent
from reports.briefings import actions, build_content
from reports.briefings.views.finding import looked_over, written_briefing


@require_POST
def send(request, key):
    """Send for approval; what is left is on the briefing's own page."""
    briefing = written_briefing(request, key)
    said = "Sent for approval. Nobody can change it until it is taken back."
    given = {"briefing": briefing, "by": request.user}
    return press(request, briefing, said, actions.send_for_approval, **given)


@require_POST
def take_back(request, key):
    """By those who write it, and by whoever is asked to approve it: it goes back to be changed."""
    briefing = looked_over(request, key)
    if not briefing.can_be_taken_back_by(request.user):
        raise PermissionDenied
    said = "It is a draft again."
    return press(request, briefing, said, actions.take_back, briefing=briefing, by=request.user)


@require_POST
def approve(request, key):
    """403 to whoever wrote some of it where there is someone who wrote none, or approves nothing here."""
    briefing = looked_over(request, key)
    said = "Approved. It can be issued."
    try:
        return press(request, briefing, said, actions.approve, briefing=briefing, by=request.user)
    except actions.NeedsAnother:
        raise PermissionDenied from None


@shown_and_sent
def issue(request, key):
    """Shows what will be frozen; then freezes it. 403 to those who leave that to others here."""
    briefing = looked_over(request, key)
    if not briefing.issuers().filter(pk=request.user.pk).exists():
        raise PermissionDenied
    if request.method == "POST":
        return freeze(request, briefing)
    if not briefing.can_be_issued_by(request.user):
        return redirect(briefing)
    content = build_content(briefing)
    return render(request, "reports/issue.html", {"briefing": briefing, "content": content})


def freeze(request, briefing):
    said = "Issued. Leaders can read it now."
    try:
        return press(request, briefing, said, actions.issue, briefing=briefing, by=request.user)
    except actions.NeedsAnother:  # another was named meanwhile
        raise PermissionDenied from None


@shown_and_sent
def reissue(request, key):
    """Asks first: a new version supersedes this one and shows the difference."""
    briefing = written_briefing(request, key)
    if request.method != "POST":
        return render(request, "reports/reissue.html", {"briefing": briefing})
    said = "A new version is drafted, with all that this one says."
    given = {"briefing": briefing, "by": request.user}
    return press(request, lambda later: later or briefing, said, actions.reissue, **given)
