"""The page that opens without a signal, what it is given, and what it sends."""

from functools import wraps
from uuid import uuid4

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from observations.models import Observation
from observations.notes.views.drafting import copy_url, psw_only
from observations.offline import actions, shell
from observations.offline.items import LONGEST_ITEM, Holding, Item, Raised, Refused, read_as
from observations.offline.kit import Kit
from practicelens.people.devices import device_of, know_device
from practicelens.people.safeguarding import actions as safeguarding
from practicelens.refusals import AlreadySo

# By the second a worker knows the page from one of some hotel's network.
OURS = {"Cache-Control": "no-store", "Offline-Page": "1"}


@login_not_required
@require_safe
def page(request):
    """The same for everybody, with nobody's data: what is shown is read on the device."""
    return HttpResponse(shell.page(), headers=OURS)


@login_not_required
@require_safe
def worker(request):
    """The service worker, for all pages: it keeps the one page and its files.

    Asked for `sending` it is a module that also sends what waits, when the browser says that it can.
    """
    context = {
        "version": shell.version(),
        "page": reverse("observations:offline"),
        "files": shell.files(),
        "sending": static("js/offline/sending.js") if "sending" in request.GET else "",
    }
    response = render(
        request, "observations/offline/worker.js", context, content_type="text/javascript"
    )
    response["Service-Worker-Allowed"] = "/"
    response["Cache-Control"] = "no-store"
    return response


@login_not_required
@require_safe
def manifest(request):
    response = JsonResponse(shell.manifest(), content_type="application/manifest+json")
    response["Cache-Control"] = "no-store"
    return response


@login_not_required
@require_safe
def state(request):
    """Who is signed in, and the token that whatever they send now must carry."""
    if not request.user.is_authenticated:
        return JsonResponse({"person": None, "sign_in_url": reverse("account_login")})
    return JsonResponse({"person": str(request.user.pk), "token": get_token(request)})


def told_in_json(view):
    """Answers a script: 401 to who is not signed in, 403 to who may not, 422 with a reason."""

    @login_not_required
    @wraps(view)
    def answer(request):
        if not request.user.is_authenticated:
            return JsonResponse({"sign_in_url": reverse("account_login")}, status=401)
        try:
            return view(request)
        except PermissionDenied:
            said = "You don’t write observations any more. It stays on this device."
            return JsonResponse({"error": said}, status=403)
        except Refused as refused:
            return JsonResponse({"error": str(refused)}, status=422)

    return answer


@require_safe
@told_in_json
def kit(request):
    psw_only(request)
    response = JsonResponse(Kit(request.user).as_json())
    know_device(response, device_of(request) or uuid4())
    return response


@require_POST
@told_in_json
def send(request):
    """201 for what is new, 200 for what came before, 409 where it was changed elsewhere as well."""
    psw_only(request)
    if len(request.body) > LONGEST_ITEM:
        return JsonResponse({"error": "It is too long to be sent in one piece."}, status=413)
    item = read_as(Item, request.body)
    of_this_person(request, item.person)
    received = actions.receive(by=request.user, item=item)
    if received.is_closed:
        request.session["words_wait"] = True
    return JsonResponse(told_of(received), status=status_of(received))


def of_this_person(request, person):
    if person != str(request.user.pk):
        raise Refused("Someone else wrote this. It is sent once they sign in.")


def status_of(received):
    if received.copies or received.is_closed:
        return 409
    return 201 if received.is_new else 200


def told_of(received):
    observation = received.observation
    said = {"id": str(observation.key), "url": observation.get_absolute_url()}
    if received.copies:
        return said | {"conflict_url": copy_url(received.copies[0])}
    if received.is_closed:
        return said | {"conflict_url": reverse("people:kept")}
    left = len(actions.left_in(observation))
    return said | {"state": str(observation.state.label), "left": left}


@require_POST
@told_in_json
def held(request):
    """A device says what it holds; it is told what it held before and has lost."""
    psw_only(request)
    holding = read_as(Holding, request.body)
    of_this_person(request, holding.person)
    device = device_of(request) or uuid4()
    lost = actions.hold(by=request.user, device=device, holding=holding)
    there = Observation.objects.visible_to(request.user).filter(key__in=[each.key for each in lost])
    urls = {each.key: each.get_absolute_url() for each in there}
    response = JsonResponse({"lost": [told_of_loss(each, urls) for each in lost]})
    know_device(response, device)
    return response


@require_POST
@told_in_json
def raised(request):
    """That a concern was raised on a device without a signal: once, however often it is sent."""
    item = read_as(Raised, request.body)
    of_this_person(request, item.person)
    at = actions.moment_of(item.at, item.sent_at, timezone.now())
    code = 201
    try:
        safeguarding.raise_concern(by=request.user, key=item.id, at=at)
    except AlreadySo:
        code = 200
    return JsonResponse({"id": str(item.id)}, status=code)


def told_of_loss(each, urls):
    said = {"id": str(each.key), "began_at": each.began_at.isoformat()}
    return said | {"said_at": each.said_at.isoformat(), "url": urls.get(each.key, "")}
