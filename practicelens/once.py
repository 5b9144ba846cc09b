"""Pressing twice is once: what is so already is said on the page that the first press led to.

An action that can't be done raises NotNow; if what it was asked for is so already, AlreadySo. Its
view does it by `press`, which leads to the same page either way and tells there how things are. A
view that meets either before it can do anything raises it with where it leads, and LeadOn does the
rest.
"""

from django.contrib import messages
from django.shortcuts import redirect, render

from practicelens.people.refusals import not_done
from practicelens.refusals import AlreadySo, NotNow


def press(request, to, said, do, /, **given):
    """Do it, tell how it went, and lead on to `to`: a row or an address, or what makes one of the
    result.

    `said` is said of what was done: words, or what makes words of the result.
    """
    try:
        result = do(**given)
    except NotNow as refusal:
        tell(request, refusal)
        if refusal.leads_to:
            return redirect(refusal.leads_to)
        result = None
    else:
        words = said(result) if callable(said) else said
        messages.success(request, words)
    return redirect(to(result) if callable(to) else to)


def tell(request, refusal):
    """Say why nothing was done, and keep what was typed. What is so already is no fault."""
    if isinstance(refusal, AlreadySo):
        request.not_done = str(refusal)
        messages.info(request, str(refusal))
    else:
        not_done(request, str(refusal))


class LeadOn:
    """Middleware: no press that came too late is a fault. The page says what a view lets through."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, NotNow):
            return None
        if exception.leads_to is None:
            request.not_done = str(exception)
            return render(request, "not_now.html", {"words": str(exception)}, status=409)
        tell(request, exception)
        return redirect(exception.leads_to)
