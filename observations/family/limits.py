"""How often someone can try who has no sign-in: counted for an hour, by a fingerprint of the place."""

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from practicelens.people.addresses import address_of

# A hospital or an office is one place; nobody types so many cards from paper in an hour.
MOST = 120
SECONDS = 60 * 60


def is_too_often(request):
    """Count one more try; whether there were too many. No address is kept, a keyed print of it is."""
    place = salted_hmac("observations.family.place", address_of(request), algorithm="sha256")
    key = f"family-{place.hexdigest()}"
    if cache.add(key, 1, SECONDS):
        return False
    count = (cache.get(key) or 0) + 1
    cache.set(key, count, SECONDS)
    return count > MOST
