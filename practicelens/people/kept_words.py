"""Words that are sent after a session has ended are kept for whoever wrote them.

A form says for whom its page was made, by a stamp that only this server can make. So it is known
whose words they are, whoever is signed in by then. Without a stamp the session that has just ended
says it, if the database still has it.
"""

from datetime import timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import signing
from django.urls import Resolver404, resolve
from django.utils import timezone

from practicelens.people.models import KeptWords, User
from practicelens.people.two_windows import WINDOW

STAMP = "written_for"  # the field with the stamp
TAKEN = "kept_words"  # the field that says which kept words a form was filled in with
NOT_TYPED = ("csrfmiddlewaretoken", STAMP, TAKEN, WINDOW)
LONGEST = 1_000_000  # bytes of one form
AT_A_TIME = 5  # of one person
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


def stamp_for(user):
    return signing.TimestampSigner(salt=STAMP).sign(str(user.pk))


def writer_of(request):
    """Whose page the form stood on, if it was made a short while ago; else None."""
    stamp = request.POST.get(STAMP)
    pk = pk_of(stamp, SHORT_WHILE) if stamp else pk_of_ended_session(request)
    return User.objects.filter(pk=pk, is_active=True).first() if pk else None


def pk_of(stamp, max_age=None):
    """Whom a stamp names; None if we did not make it, or so long ago."""
    try:
        return signing.TimestampSigner(salt=STAMP).unsign(stamp, max_age=max_age)
    except signing.BadSignature:
        return None


def pk_of_ended_session(request):
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    lately = Session.objects.filter(expire_date__gt=timezone.now() - SHORT_WHILE)
    session = lately.filter(session_key=key).first()
    return session.get_decoded().get("_auth_user_id") if session else None


def keep(*, writer, request):
    """Keep what was sent, once; raise where it is too long or too much waits already."""
    data = typed_in(request)
    if sum(len(value.encode("utf-8", "replace")) for _, value in parts_of(data)) > LONGEST:
        raise NotKept("It is too long to be kept here.")
    known = KeptWords.objects.visible_to(writer)
    found = {"writer": writer, "path": request.path, "sha256": digest(data)}
    if not known.filter(**found).exists():
        if known.count() >= AT_A_TIME:
            raise NotKept(f"{AT_A_TIME} forms that you typed wait to be saved already.")
        KeptWords.objects.update_or_create(
            **found, defaults={"data": data.urlencode(), "over_at": KeptWords().over_at}
        )


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
