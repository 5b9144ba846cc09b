"""What is so on every page: nothing private is stored by browsers, nothing typed is lost."""

from contextlib import suppress
from functools import wraps

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict, UnreadablePostError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from practicelens.audit.actions import record_refused
from practicelens.line_ends import one_line_end
from practicelens.people import kept_words
from practicelens.people.kept_words import Why
from practicelens.people.models import KeptWords
from practicelens.people.reach import remembering
from practicelens.people.refusals import NOT_YOURS, Refusal
from practicelens.people.where_words_go import TakesThem

COME_BACK = "This is what you typed. {} It is not saved yet: look it over, then press the button to save it."
NOT_OURS = "It was not sent by a page of PracticeLens."


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
    """What was sent, with one kind of line end in every text."""
    if not any("\r" in value for _, values in sent.lists() for value in values):
        return sent
    read = sent.copy()
    for name, values in sent.lists():
        read.setlist(name, one_line_end(values))
    read._mutable = False
    return read


def never_store(get_response):
    """Pages of someone signed in are never kept by the browser or by anything on the way."""

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


def keep_their_time(get_response):
    """Times and days on the page are those of whoever reads it: of the units they have a role in."""

    def middleware(request):
        with timezone.override(request.user.zone if request.user.is_authenticated else None):
            return get_response(request)

    return middleware


def record_refusals(get_response):
    """Whoever asks for what they can't have is on record, whether it is there or not."""

    def middleware(request):
        response = get_response(request)
        refused = response.status_code in (403, 404) and request.user.is_authenticated
        if refused and request.resolver_match:
            record_refused(
                by=request.user,
                page=request.resolver_match.view_name[:60],
                object_pk="/".join(map(str, request.resolver_match.kwargs.values()))[:40],
                unit_id=request.user.organisation_id,
            )
        return response

    return middleware


def keep_what_was_typed(get_response):
    """Nothing typed is lost on its way to its page.

    A form sent after its writer's session ended is kept for them, and for nobody else; so is one
    that its page refuses for good. Only views that say `keeps_typed` take part. Their page shows it
    again, not saved yet; once it is saved, it is no longer kept.
    """

    def middleware(request):
        if request.method != "POST" or not kept_words.takes_part(request):
            return get_response(request)
        if not request.user.is_authenticated:
            return sent_by_nobody(request, get_response)
        if is_of_another(request):
            return sent_for_another(request)
        request.kept_words = kept_words.kept_of(request, kept_words.waiting_for(request))
        response = get_response(request)
        if is_refused_for_good(request, response):
            return refused_with_words(request, response.status_code)
        if was_in_vain(request):
            go_to = [("See how it stands", response.url)] if response.status_code == 302 else []
            told = Refusal(request.not_done, go_to)
            request.refusal = getattr(request, "refusal", told)
            list(messages.get_messages(request))  # said on the page that is shown instead
            return refused_with_words(request, 409)
        if was_saved(request, response) and request.kept_words.exists():  # mostly there is nothing
            request.kept_words.delete()
        return response

    return middleware


def sent_by_nobody(request, get_response):
    """Kept for its writer, where a page of ours sent it; else it goes the way of any other."""
    sign_in = f"{reverse('account_login')}?{urlencode({'next': request.path})}"
    own = kept_words.from_our_own_origin(request)
    if kept_words.is_by_script(request):
        refusal = kept_or_why_not(request) if own else NOT_OURS
        if not refusal:
            request.session["words_are_safe"] = True
        return told_to_sign_in(sign_in, refusal)
    if not own:
        return get_response(request)
    refusal = kept_or_why_not(request)
    if refusal:
        return render(request, "people/not_kept.html", {"because": refusal}, status=403)
    request.session["words_are_safe"] = True
    return redirect(sign_in)


def sent_for_another(request):
    """A page that was made for one person is sent while another is signed in."""
    own = kept_words.from_our_own_origin(request)
    refusal = kept_or_why_not(request) if own else NOT_OURS
    if kept_words.is_by_script(request):
        return told_to_sign_in(reverse("account_login"), refusal)
    return render(request, "people/words_of_another.html", {"because": refusal}, status=403)


def told_to_sign_in(address, refusal):
    """What a script hears: where to sign in, and whether the words are kept until then."""
    said = {"sign_in_url": address, "is_kept": not refusal, "because": refusal}
    return JsonResponse(said, status=401)


def kept_or_why_not(request):
    """Keep it for its writer; returns a sentence where that can't be done."""
    writer = kept_words.writer_of(request)
    if writer is None:
        return "The page was opened too long ago to tell whose words they are."
    try:
        kept_words.keep(writer=writer, request=request, why=Why.SIGNED_OUT)
    except kept_words.NotKept as refused:
        return str(refused)
    return ""


def is_of_another(request):
    stamp = request.POST.get(kept_words.STAMP)
    return bool(stamp) and kept_words.pk_of(stamp) != str(request.user.pk)


def is_refused_for_good(request, response):
    """Whether the page is gone or closed to the person, and its own form was sent to it."""
    is_closed = response.status_code in (403, 404) and not getattr(request, "token_failed", False)
    return is_closed and kept_words.from_our_own_origin(request)


def was_in_vain(request):
    """Whether what was sent can't be done any more, as the view says by `request.not_done`."""
    return bool(getattr(request, "not_done", "")) and kept_words.from_our_own_origin(request)


def refused_with_words(request, status):
    """The refusal as it was, with why, what was typed, and where it is kept."""
    refusal = getattr(request, "refusal", None) or Refusal(NOT_YOURS)
    not_kept = kept_words.keep_for_signed_in(request, Why.REFUSED, refusal.because)
    if kept_words.is_by_script(request):
        go_to = [{"words": words, "url": url} for words, url in refusal.go_to]
        said = {"error": refusal.because, "is_kept": not not_kept, "go_to": go_to}
        said["kept_url"] = reverse("people:kept")
        return JsonResponse(said, status=status)
    words = KeptWords(data=kept_words.typed_in(request).urlencode()).words
    context = {"refusal": refusal, "words": words, "not_kept": not_kept}
    return render(request, "people/words_refused.html", context, status=status)


def was_saved(request, response):
    """Forms that were saved lead on; those that save themselves are answered 200."""
    by_script = kept_words.is_by_script(request)
    return response.status_code in ((200,) if by_script else (302, 303))


def keeps_typed(view):
    """Marks a view whose form must survive an expired session.

    Its page saves the form by script as it is typed: it is kept until the button is pressed, unless
    the view `saves_itself`.
    """

    @wraps(view)
    def held(request, *args, **kwargs):
        is_held = kept_words.is_by_script(request) and not getattr(view, "saves_itself", False)
        if request.method == "POST" and is_held:
            return kept_words.hold(request)
        return view(request, *args, **kwargs)

    held.keeps_typed = True
    return held


def saves_itself(view):
    """Marks a view that answers its page's script itself: it saves what it can, and says so."""
    view.saves_itself = True
    return view


def sent_or_kept(request):
    """What was sent now; else what was typed into this page before and is not saved; else None."""
    return (request.POST or None) if request.method == "POST" else take_typed(request)


def status_of(request, form):
    """The status of a form's page; of kept words nobody has pressed the button yet."""
    if request.method == "POST":
        return 422
    if form.is_bound:
        form.errors.clear()
    return 200


def take_typed(request):
    """What was typed into this page and is not saved, as a QueryDict or None.

    It stays kept until the form that it is shown in is saved.
    """
    if getattr(request, "asks_where_words_go", False):
        raise TakesThem
    kept = kept_words.waiting_for(request).filter(path=request.path).first()
    if kept is None:
        return None
    request.kept_words = kept_words.waiting_for(request).filter(pk=kept.pk)
    messages.info(request, COME_BACK.format(kept.get_why_display()))
    return QueryDict(kept.data)
