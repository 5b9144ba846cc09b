"""How a briefing is fetched: through what the person can see, then by what they can do."""

from contextlib import contextmanager

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from practicelens.people.refusals import Refusal
from practicelens.refusals import NotNow
from reports.briefings import actions, writing
from reports.models import Briefing


def seen_briefing(request, key):
    """A briefing that the person can see, with all that its page tells of it, or 404."""
    visible = Briefing.objects.visible_to(request.user)
    return get_object_or_404(
        visible.select_related("unit", "supersedes", "superseded_by", "written_by", "approved_by"),
        key=key,
    )


def briefing_alone(request, key):
    """A briefing that the person can see, or 404.

    What belongs to it is fetched where it is asked for: most who are refused, and most forms, need
    little of it, and planning one query for all of it is the dearest part of a refusal.
    """
    return get_object_or_404(Briefing.objects.visible_to(request.user), key=key)


def written_briefing(request, key):
    """One that the person writes: 404 to strangers, 403 to those who can only read it."""
    briefing = briefing_alone(request, key)
    if not briefing.can_be_written_by(request.user):
        raise PermissionDenied
    return briefing


def looked_over(request, key):
    """One that the person writes, approves or issues: 404 to strangers, 403 to those who only read it."""
    briefing = briefing_alone(request, key)
    if not briefing.is_looked_over_by(request.user):
        raise PermissionDenied
    return briefing


def draft(request, key):
    """One that the person can change now; 403 once it is sent, approved or issued."""
    briefing = written_briefing(request, key)
    if briefing.sent_at or not briefing.can_be_edited_by(request.user):
        request.refusal = refusal_of(briefing)
        raise PermissionDenied
    return briefing


def refusal_of(briefing):
    """Why nothing more is written in it, for whoever typed something."""
    became = "issued" if briefing.is_issued else "sent for approval"
    because = f"This briefing was {became} meanwhile, so nothing more can be saved in it."
    return Refusal(because, [("See how the briefing stands", briefing.get_absolute_url())])


@contextmanager
def holding(request, key):
    """A draft, locked while something is done to it; 403 if it was sent since."""
    found = draft(request, key)
    with refused_once_sent(), actions.held_draft(found) as held:
        yield held


@contextmanager
def refused_once_sent():
    """403 where it is no draft any more, or what was to be changed is gone from it."""
    try:
        yield
    except NotNow:
        raise PermissionDenied from None


@contextmanager
def changing(request, key):
    """Hold the draft while the person writes in it; 403 where it takes no writing any more."""
    found = draft(request, key)
    with refused_once_sent(), writing.being_written(found, request.user) as held:
        yield held
