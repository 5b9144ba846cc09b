"""What holds for every page: nothing private is stored by browsers, nothing typed is lost."""

from contextlib import suppress

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict, UnreadablePostError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from practicelens.audit.actions import record_refused
from practicelens.line_ends import one_line_end
from practicelens.people import kept_words
from practicelens.people.belonging import organisation_of
from practicelens.people.reach import remembering

COME_BACK = (
    "This is what you typed before you were signed out. It is not saved yet: look it over, then "
    "press the button to save it."
)


def read_utf8_alone(get_response):
    """What says that its letters are not UTF-8 is not read: pages send that, and nothing else can
    be trusted to come to text."""

    def middleware(request):
        charset = request.content_params.get("charset", "utf-8").lower()
        if charset != "utf-8":
            return HttpResponse("Send it as UTF-8.", status=415, content_type="text/plain")
        return get_response(request)

    return middleware


def end_lines_one_way(get_response):
    """Each text of a form comes to its view with one kind of line end, whatever sent it."""

    def middleware(request):
        if request.method == "POST":
            with suppress(UnreadablePostError):  # then nothing was sent, and that is refused
                request.POST = with_one_line_end(request.POST)
        return get_response(request)

    return middleware


def with_one_line_end(sent):
    """The same form; the one that was sent where it has no line to end."""
    if not any("\r" in value for _, values in sent.lists() for value in values):
        return sent
    read = sent.copy()
    for name, values in sent.lists():
        read.setlist(name, one_line_end(values))
    read._mutable = False
    return read


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


def record_refusals(get_response):
    """Whoever asks for what they may not have is on record, whether it is there or not."""

    def middleware(request):
        response = get_response(request)
        refused = response.status_code in (403, 404) and request.user.is_authenticated
        if refused and request.resolver_match:
            record_refused(
                by=request.user,
                page=request.resolver_match.view_name[:60],
                object_pk="/".join(map(str, request.resolver_match.kwargs.values()))[:40],
                unit=organisation_of(request.user),
            )
        return response

    return middleware


def keep_what_was_typed(get_response):
    """A form sent after its writer's session ended is kept for them, and for nobody else.

    Only views that say `keeps_typed = True` take part. After signing in the page it was for shows
    it, not saved yet; once it is saved, it is no longer kept.
    """

    def middleware(request):
        if request.method != "POST" or not kept_words.takes_part(request):
            return get_response(request)
        if not request.user.is_authenticated:
            return sent_by_nobody(request, get_response)
        if is_of_another(request):
            return sent_for_another(request)
        request.kept_words = taken(request)
        response = get_response(request)
        if request.kept_words and was_saved(request, response):
            request.kept_words.delete()
        return response

    return middleware


def sent_by_nobody(request, get_response):
    """Kept for its writer, where a page of ours sent it; else it goes the way of any other."""
    sign_in = f"{reverse('account_login')}?{urlencode({'next': request.path})}"
    if request.headers.get("X-Autosave"):
        return JsonResponse({"sign_in_url": sign_in}, status=401)
    if not kept_words.from_our_own_origin(request):
        return get_response(request)
    refusal = kept_or_why_not(request)
    if refusal:
        return render(request, "people/not_kept.html", {"because": refusal}, status=403)
    request.session["words_are_safe"] = True
    return redirect(sign_in)


def sent_for_another(request):
    """A page that was made for one person is sent while another is signed in."""
    if request.headers.get("X-Autosave"):
        return JsonResponse({"sign_in_url": reverse("account_login")}, status=401)
    own = kept_words.from_our_own_origin(request)
    refusal = kept_or_why_not(request) if own else "It was not sent by a page of PracticeLens."
    return render(request, "people/words_of_another.html", {"because": refusal}, status=403)


def kept_or_why_not(request):
    """Keep it for its writer; returns a sentence where that can't be done."""
    writer = kept_words.writer_of(request)
    if writer is None:
        return "The page was opened too long ago to tell whose words they are."
    try:
        kept_words.keep(writer=writer, request=request)
    except kept_words.NotKept as refused:
        return str(refused)
    return ""


def is_of_another(request):
    stamp = request.POST.get(kept_words.STAMP)
    return bool(stamp) and kept_words.pk_of(stamp) != str(request.user.pk)


def taken(request):
    """The kept words that this form was filled in with, if it was."""
    pk = request.POST.get(kept_words.TAKEN, "")
    known = kept_words.waiting_for(request)
    return known.filter(pk=pk).first() if pk.isdecimal() and len(pk) < 19 else None


def was_saved(request, response):
    """Forms that were saved lead on; those that save themselves are answered 200."""
    return response.status_code in ((200,) if request.headers.get("X-Autosave") else (302, 303))


def keeps_typed(view):
    """Marks a view whose form must survive an expired session."""
    view.keeps_typed = True
    return view


def take_typed(request):
    """What was typed into this page before the session ended, as a QueryDict or None.

    It stays kept until the form that it is shown in is saved.
    """
    request.kept_words = kept_words.waiting_for(request).filter(path=request.path).first()
    if request.kept_words is None:
        return None
    messages.info(request, COME_BACK)
    return QueryDict(request.kept_words.data)
