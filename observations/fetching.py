"""Fetching what a person can see, and may do."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect

from frameworks.languages.wordings import choose, read_by
from observations import life
from observations.life import Do
from observations.models import Observation
from observations.refusing import refusal_of, refusal_of_gone
from practicelens.people import kept_words
from practicelens.refusals import AlreadySo


def visible_observation(request, key, *, own_first=False):
    """The observation, or 404 to those who can't see it; who wrote in it before is told why.

    With `own_first` it is mostly the person's own, and is looked for there before it is elsewhere.

    What belongs to it is fetched where it is asked for: most pages need little of that, and
    planning one query for all of it is the dearest part of a refusal.
    """
    found = own_first and Observation.objects.written_by(request.user).filter(key=key).first()
    found = found or Observation.objects.visible_to(request.user).filter(key=key).first()
    if found is None:
        tell_who_wrote_in_it(request, key)
        raise Http404
    read_by(found.framework_version, request.user)
    return found


def with_all_that_is_read(request, observation):
    """The same observation, with everything that its page shows in one query."""
    whole = Observation.objects.for_reading().get(pk=observation.pk)
    read_by(whole.framework_version, request.user)
    return whole


def tell_who_wrote_in_it(request, key):
    """Say what became of it to whoever was on its page to write in it, and to nobody else."""
    if kept_words.was_made_to_write_in(request, key):
        gone = Observation.objects.filter(key=key).first()
        request.refusal = gone and refusal_of_gone(gone, request.user)


# What the button says that chooses a language, before its tag.
READ_IN = "read-in-"


def asks_to_read(request):
    """Whether a form was sent to be read in another language: it is saved, and shown again."""
    return request.POST.get("then", "").startswith(READ_IN)


def read_as_asked(request, observation):
    """Show it in the language that was chosen, if one was, from here on."""
    if asks_to_read(request):
        choose(user=request.user, tag=request.POST["then"].removeprefix(READ_IN))
        read_by(observation.framework_version, request.user)


class Closed(PermissionDenied):
    """An observation of one's own that is no longer a draft."""

    def __init__(self, observation):
        self.observation = observation


def asked_for(request, key, *acts, own_first=False):
    """The observation, if the person can do one of these with it now; 403 to those who only see it.

    Where it is so already, whoever asks once more is led to the observation, which says so.
    """
    observation = visible_observation(request, key, own_first=own_first)
    if any(observation.allows(do, request.user) for do in acts):
        kept_words.made_to_write_in(request, observation.key)
        return observation
    for do in acts:
        if life.is_so(observation, do, request.user):
            raise AlreadySo(life.MOVE[do].so, leads_to=observation)
    request.refusal = refusal_of(observation, request.user)
    if observation.observer_id == request.user.pk:
        raise Closed(observation)
    raise PermissionDenied


def own_draft(request, key):
    """A draft that the person can write in; 403 to those who can only see it."""
    return asked_for(request, key, Do.WRITE, own_first=True)


def closed_leads_on(view):
    """Whoever goes back to a page of their draft is led to what became of it. Nothing is saved."""

    @wraps(view)
    def lead_on(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except Closed as closed:
            if request.method not in ("GET", "HEAD"):
                request.refusal = refusal_of(closed.observation, request.user)
                raise
            return redirect(closed.observation)

    return lead_on
