"""Words that are not saved where they belong are kept for whoever wrote them.

That is so where a session ended, where a form waits for its button, where someone else saved
meanwhile, and where what was written in is closed by now. A form says for whom its page was made,
by a stamp that only this server can make. So it is known whose words they are, whoever is signed in
by then. Without a stamp the session that has just ended says it, if the database still has it.
"""

from datetime import timedelta
from hashlib import sha256
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import signing
from django.db.models import Q
from django.http import JsonResponse
from django.urls import Resolver404, resolve
from django.utils import timezone

from practicelens.people.models import KeptWords, User
from practicelens.people.models.kept_words import when_over
from practicelens.people.models.presses import PRESS
from practicelens.people.two_windows import WINDOW, window_of

Why = KeptWords.Why
STAMP = "written_for"  # the field with the stamp
TAKEN = "kept_words"  # the field that says which kept words a form was filled in with
NOT_TYPED = ("csrfmiddlewaretoken", STAMP, TAKEN, WINDOW, PRESS)
LONGEST = 1_000_000  # bytes of one form
AT_A_TIME = 5  # of one person, sent by nobody who is signed in
AT_A_TIME_SIGNED_IN = 50  # and of any other kind
# A page that was left open over a weekend still gives its words back.
SHORT_WHILE = timedelta(days=3)


class NotKept(Exception):
    """The words can't be kept, and these words say why."""


def takes_part(request):
    """Whether the address is that of a form that must survive an ended session."""
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return False
    return getattr(view, "keeps_typed", False)


def from_our_own_origin(request):
    """Whether a page of ours sent this, as browsers say it; what says nothing is not believed."""
    said = request.headers.get("Origin") or origin_of(request.headers.get("Referer", ""))
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    return said == f"{request.scheme}://{request.get_host()}" and site == "same-origin"


def origin_of(address):
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}"


def stamp_for(user, about=""):
    """For whom a page is made, and what it was written in, if its view says so."""
    return signing.TimestampSigner(salt=STAMP).sign(f"{user.pk} {about}".strip())


def writer_of(request):
    """Whose page the form stood on, if it was made a short while ago; else None."""
    stamp = request.POST.get(STAMP)
    pk = pk_of(stamp, SHORT_WHILE) if stamp else pk_of_ended_session(request)
    return User.objects.filter(pk=pk, is_active=True).first() if pk else None


def pk_of(stamp, max_age=None):
    """Whom a stamp names; None if we did not make it, or so long ago."""
    try:
        said = signing.TimestampSigner(salt=STAMP).unsign(stamp, max_age=max_age)
    except signing.BadSignature:
        return None
    return said.partition(" ")[0]


def made_to_write_in(request, about):
    """Say that the page is made for someone who may write in this, so that its form can tell."""
    request.made_to_write_in = str(about)


def was_made_to_write_in(request, about):
    """Whether the form stood on a page that was made for who sends it, to write in this."""
    try:
        stamp = request.POST.get(STAMP, "")
        said = signing.TimestampSigner(salt=STAMP).unsign(stamp, max_age=SHORT_WHILE)
    except signing.BadSignature:
        return False
    return said == f"{request.user.pk} {about}"


def pk_of_ended_session(request):
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    lately = Session.objects.filter(expire_date__gt=timezone.now() - SHORT_WHILE)
    session = lately.filter(session_key=key).first()
    return session.get_decoded().get("_auth_user_id") if session else None


def keep(*, writer, request, why, because=""):
    """Keep what was sent, once a window; raise where it is too long or too much waits already.

    `because` is what its page said, where it refused it for good.
    """
    data = typed_in(request)
    if sum(len(value.encode("utf-8", "replace")) for _, value in parts_of(data)) > LONGEST:
        raise NotKept("It is too long to be kept here.")
    known = KeptWords.objects.visible_to(writer)
    there = kept_of(request, known).first()
    if there is None:
        refuse_too_many(known, why)
        there = KeptWords(writer=writer, path=request.path)
    there.window, there.data, there.why = window_sent(request), data.urlencode(), why
    there.because, there.kept_at, there.over_at = because, timezone.now(), when_over()
    # Under its window, where another request of the same window came first.
    KeptWords.objects.filter(writer=writer, path=request.path, window=there.window).exclude(
        pk=there.pk
    ).delete()
    there.save()


def refuse_too_many(known, why):
    signed_out = known.filter(why=Why.SIGNED_OUT)
    is_signed_out = why == Why.SIGNED_OUT
    most = AT_A_TIME if is_signed_out else AT_A_TIME_SIGNED_IN
    if (signed_out if is_signed_out else known).count() >= most:
        raise NotKept(f"{most} forms that you typed wait to be saved already.")


def kept_of(request, known):
    """What is kept of the form that is sent: of its window, or what its page was filled in with."""
    taken = request.POST.get(TAKEN, "")
    taken = int(taken) if taken.isascii() and taken.isdecimal() and len(taken) < 19 else None
    is_it = Q(window=window_sent(request)) | Q(pk=taken)
    return known.filter(is_it, path=request.path).order_by("pk")


def window_sent(request):
    """The window that a form names; of one that names none, a name made of what was typed."""
    return window_of(request.POST.get(WINDOW)) or UUID(digest(typed_in(request))[:32])


def keep_for_signed_in(request, why, because=""):
    """Keep what someone who is signed in sent; returns a sentence where that can't be done."""
    try:
        keep(writer=request.user, request=request, why=why, because=because)
    except NotKept as refused:
        return str(refused)
    request.session["words_wait"] = True
    request.kept_words = KeptWords.objects.none()  # what answers this request saves nothing
    return ""


def hold(request, until=""):
    """What a page answers its script that keeps a form until its button is pressed.

    `until` says what else must happen first, where it is not the button alone.
    """
    refusal = keep_for_signed_in(request, Why.NOT_SENT)
    if refusal:
        return JsonResponse({"error": refusal}, status=422)
    said = {"kept_at": f"{timezone.localtime():%H:%M}"}
    return JsonResponse(said | {"until": until} if until else said)


def is_by_script(request):
    """Whether a page sent its form by itself, as it was typed."""
    return request.method == "POST" and "X-Autosave" in request.headers


def typed_in(request):
    data = request.POST.copy()
    for name in NOT_TYPED:
        data.pop(name, None)
    return data


def parts_of(data):
    return [(name, value) for name, values in data.lists() for value in values]


def digest(data):
    return sha256(data.urlencode().encode()).hexdigest()


def waiting_for(request):
    """What is kept for the person who is signed in, the oldest first."""
    return KeptWords.objects.visible_to(request.user).order_by("kept_at", "pk")


def forget_what_is_over():
    KeptWords.objects.over().delete()
