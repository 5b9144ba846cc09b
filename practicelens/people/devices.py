"""A device that was set up for writing without a signal goes by a number, for longer than a session.

What its browser stores may be cleared; by the number the server then knows what was lost.
"""

from uuid import UUID

from django.conf import settings

A_YEAR = 365 * 24 * 60 * 60
DEVICE = "device"


def device_of(request):
    """The number that the device goes by; None where it was never set up."""
    try:
        return UUID(request.COOKIES.get(cookie_name(), ""))
    except ValueError:
        return None


def know_device(response, device):
    response.set_cookie(
        cookie_name(),
        str(device),
        max_age=A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def cookie_name():
    return f"__Host-{DEVICE}" if settings.SESSION_COOKIE_SECURE else DEVICE
