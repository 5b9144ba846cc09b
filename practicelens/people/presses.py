"""Pressing twice is once, for every form there is.

A form that was taken is remembered for a while by a fingerprint of what was sent and by whom, with
the address that it led to. If the same is sent again and can't be done any more, since it is done,
it leads there and says so. Each drawing of a form has a number of its own (see stamped.py): what
comes twice from one drawing, at once or in quick succession, is done once, even if it makes
something.
"""

from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone

from practicelens.people import kept_words
from practicelens.people.models import Press
from practicelens.people.models.presses import PRESS
from practicelens.turns import in_turn

LEADS_ON = (302, 303)
# Two presses of one button, and a page that is slow to answer.
AT_ONCE = timedelta(seconds=15)
LONGEST = Press._meta.get_field("leads_to").max_length
DONE = "You pressed that before, and it was done then. This page says how things stand now."


def press_once(get_response):
    """Middleware. What saves itself or is asked while someone types, and what is not ours, is left alone."""

    def middleware(request):
        if not takes_part(request):
            return get_response(request)
        key, drawing = key_of(request), drawing_of(request)
        # A press is held until an earlier one of the same form, by the same person, is answered.
        with in_turn(f"{request.user.pk} {key}"):
            before = Press.objects.of(request.user, key)
            if before and is_same_drawing(before, drawing):
                return led_on(request, before)
            response = get_response(request)
            if was_done(request, response):
                Press.objects.remember(request.user, key, drawing, response.url)
            elif before and is_refusal(response, before.drawing == drawing and drawing):
                return led_on(request, before)
            elif before and response.status_code in LEADS_ON:
                request.not_done = ""  # it was done, by the press before
            return response

    return middleware


def takes_part(request):
    return (
        request.method == "POST"
        and request.user.is_authenticated
        and not kept_words.is_by_script(request)
        and request.headers.get("Accept") != "application/json"
        and not request.path.startswith("/accounts/")
    )


def key_of(request):
    """A fingerprint of what was sent where."""
    sent = [
        (name, value)
        for name, values in sorted(request.POST.lists())
        if name not in kept_words.NOT_TYPED
        for value in values
    ]
    print_ = sha256(repr((request.path, request.META["QUERY_STRING"], sent)).encode())
    for name, file in sorted(request.FILES.items()):
        print_.update(name.encode())
        for chunk in file.chunks():
            print_.update(chunk)
        file.seek(0)
    return print_.hexdigest()


def drawing_of(request):
    """The number of the form as it was drawn; None where it bears none."""
    try:
        return UUID(request.POST.get(PRESS, ""))
    except ValueError:
        return None


def is_same_drawing(before, drawing):
    return drawing and before.drawing == drawing and before.at > timezone.now() - AT_ONCE


def was_done(request, response):
    """Whether it was taken and led on, with nothing said to be in the way, and not to sign in again."""
    if getattr(request, "not_done", "") or response.status_code not in LEADS_ON:
        return False
    if len(response.url) > LONGEST:
        return False
    told = getattr(getattr(request, "_messages", None), "_queued_messages", [])
    is_in_the_way = any(each.level > messages.SUCCESS for each in told)
    return not is_in_the_way and not response.url.startswith("/accounts/")


def is_refusal(response, is_same):
    """Whether it can't be done any more; a form that is shown again may ask of another wish."""
    return response.status_code in ((200, 403, 404, 409, 422) if is_same else (403, 404, 409))


def led_on(request, before):
    request.not_done = ""  # it was done, by the press before
    messages.info(request, DONE)
    return redirect(before.leads_to)
