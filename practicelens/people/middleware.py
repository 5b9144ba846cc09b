"""What holds for every page: nothing private is stored by browsers, nothing typed is lost."""

from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import urlencode

from practicelens.people.reach import remembering


def read_utf8_alone(get_response):
    """What says that its letters are not UTF-8 is not read: pages send that, and nothing else can
    be trusted to come to text."""

    def middleware(request):
        charset = request.content_params.get("charset", "utf-8").lower()
        if charset != "utf-8":
            return HttpResponse("Send it as UTF-8.", status=415, content_type="text/plain")
        return get_response(request)

    return middleware


def never_store(get_response):
    """Pages of somebody signed in are never kept by the browser or by anything on the way."""

    def middleware(request):
        response = get_response(request)
        if request.user.is_authenticated and "Cache-Control" not in response:
            response["Cache-Control"] = "no-store, private"
        return response

    return middleware


def read_reach_once(get_response):
    """Who may do what, and where, is read once for each person that a request asks about."""

    def middleware(request):
        with remembering():
            return get_response(request)

    return middleware


def keep_what_was_typed(get_response):
    """A form sent after the session ran out is kept, and offered again after signing in.

    Only views that say `keeps_typed = True` take part. The text waits in the new, still anonymous
    session, which signing in carries over; the page it was for then shows it to be saved.
    """

    def middleware(request):
        if request.method != "POST" or request.user.is_authenticated:
            return get_response(request)
        try:
            view = resolve(request.path_info).func
        except Resolver404:
            return get_response(request)
        if not getattr(view, "keeps_typed", False):
            return get_response(request)
        sign_in = f"{reverse('account_login')}?{urlencode({'next': request.path})}"
        if request.headers.get("X-Autosave"):
            return JsonResponse({"sign_in_url": sign_in}, status=401)
        typed = request.POST.copy()
        typed.pop("csrfmiddlewaretoken", None)
        request.session["typed"] = {"path": request.path, "data": typed.urlencode()}
        return redirect(sign_in)

    return middleware


def keeps_typed(view):
    """Marks a view whose form must survive an expired session."""
    view.keeps_typed = True
    return view


def take_typed(request):
    """What was typed into this page before the session ran out, once, as a QueryDict or None."""
    kept = request.session.get("typed")
    if not kept or kept["path"] != request.path:
        return None
    del request.session["typed"]
    return QueryDict(kept["data"])
