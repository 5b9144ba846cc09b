"""After wrong passwords whoever tries waits, longer each time.

It is counted by person and place together: someone elsewhere can try as often as they like, and
the person themself waits for nothing. A browser in which they signed in before is a place of its
own, so that nobody in the same office can make them wait either. There is no lock.
"""

from datetime import timedelta
from hashlib import sha256
from math import ceil

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils.timezone import now

from practicelens.people.addresses import address_of
from practicelens.people.models import SignInTries

FREE = 5  # wrong passwords before the first wait
FIRST_WAIT = 5  # seconds; each further wrong password doubles it
LONGEST_WAIT = 300
FORGOTTEN_AFTER = timedelta(days=1)

COOKIE = "known_browser"
COOKIE_LASTS = 90 * 24 * 60 * 60


class Wait(Exception):
    """The next try is too early by so many seconds."""

    def __init__(self, seconds):
        super().__init__(seconds)
        self.seconds = seconds


def place_of(request, email):
    """The fingerprint of who is tried and from where."""
    known = known_browser(request)
    where = known if known and known[0] == email else ("address", address_of(request))
    return sha256("\n".join([email, *where]).encode()).hexdigest()


def cookie_name():
    """With the same prefix as the session's cookie has, where that is for this host alone."""
    return settings.SESSION_COOKIE_NAME.replace("sessionid", COOKIE)


def known_browser(request):
    """[email, a number of its own], of a browser in which that person signed in before; else None."""
    try:
        found = signing.loads(
            request.COOKIES.get(cookie_name(), ""), salt=COOKIE, max_age=COOKIE_LASTS
        )
    except signing.BadSignature:
        return None
    return found


def stamp_of_browser(email, number):
    return signing.dumps([email, number], salt=COOKIE)


@transaction.atomic
def begin(key):
    """Count a try as wrong before it is looked at, so that many at once are many; or raise Wait."""
    moment = now()
    begun = {"last_at": moment, "next_at": moment}
    SignInTries.objects.get_or_create(key=key, defaults=begun)
    tries = SignInTries.objects.select_for_update().get(key=key)
    if tries.last_at < moment - FORGOTTEN_AFTER:
        tries.wrong = 0
    elif tries.next_at > moment:
        raise Wait(ceil((tries.next_at - moment).total_seconds()))
    tries.wrong += 1
    tries.last_at, tries.next_at = moment, moment + wait_after(tries.wrong)
    tries.save()


def wait_after(wrong):
    doublings = min(wrong - FREE, 20)
    seconds = min(FIRST_WAIT * 2**doublings, LONGEST_WAIT) if doublings >= 0 else 0
    return timedelta(seconds=seconds)


def was_right(key):
    SignInTries.objects.filter(key=key).delete()


def forget_old_tries():
    SignInTries.objects.filter(last_at__lt=now() - FORGOTTEN_AFTER).delete()
