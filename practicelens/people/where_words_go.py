"""Where kept words can go now: only the page that they were typed into can say it.

It is asked as its writer would open it, up to the moment at which it fills its form with what was
typed. Whatever looking writes is taken back: nobody has opened it.
"""

from copy import copy

from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, QueryDict
from django.urls import Resolver404, resolve

from practicelens.people.refusals import NOT_YOURS, Refusal
from practicelens.refusals import NotNow

SEE = "See how it stands"


class TakesThem(Exception):
    """The page has come to where it shows what was typed: it need not be made any further."""


def with_places(request, kept):
    """Each of these kept words with `refusal`: None where their page takes them."""
    for each in kept:
        each.refusal = refusal_of(request, each)
    return kept


def refusal_of(request, kept):
    """None where their page takes the words; else why it does not, and where to see that."""
    try:
        asked, go_to = ask(request, kept.path)
    except TakesThem:
        return None
    known = getattr(asked, "refusal", None) or Refusal(NOT_YOURS, go_to)
    return Refusal(kept.because or known.because, known.go_to)


def ask(request, path):
    """The request that the page was asked by, and [(words, address)] of what it shows instead."""
    asked = as_if_looking(request, path)
    try:
        view = resolve(path)
        with transaction.atomic():
            answer = view.func(asked, *view.args, **view.kwargs)
            transaction.set_rollback(True)
    except (Resolver404, Http404, PermissionDenied):
        return asked, []
    except NotNow as refusal:
        return asked, [(SEE, address_of(refusal.leads_to))] if refusal.leads_to else []
    shown = {200: path, 302: answer.headers.get("Location")}.get(answer.status_code)
    return asked, [(SEE, shown)] if shown else []


def address_of(place):
    return place.get_absolute_url() if hasattr(place, "get_absolute_url") else place


def as_if_looking(request, path):
    asked = copy(request)
    asked.method, asked.path, asked.path_info = "GET", path, path
    asked.GET, asked.POST = QueryDict(), QueryDict()
    asked._messages = FallbackStorage(asked)  # what is said on that page is not said on this one
    asked.asks_where_words_go = True
    return asked
