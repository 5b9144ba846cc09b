"""Links that are given to people: to set a password, and to confirm a new address.

They go by mail. Only where mail is off are they shown on screen, to whoever asked for them.
"""

from datetime import timedelta

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core import signing
from django.db.models.functions import Now
from django.urls import reverse

from practicelens.audit.models import Entry
from practicelens.people import actions, telling
from practicelens.people.models import AddressChange

ADDRESS = "address"  # what the links to confirm one are signed for
ON_SCREEN = "shown on screen, since mail is off"
# Whoever asks again at once has the mail already, or will.
NOT_AGAIN_WITHIN = timedelta(minutes=2)


def days():
    return settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60)


def password_link(user, request):
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    return get_adapter(request).get_reset_password_from_key_url(key)


def give_password_link(*, user, link, by):
    """Mail it, and put on record that it was given and how; returns whether it went.

    Where mail is off it goes on screen, before whoever gives it.
    """
    if telling.mail_is_off():
        actions.record_link(user=user, by=by, way=ON_SCREEN if by else "none, since mail is off")
        return bool(by)
    words = {
        "roles": user.roles.held().select_related("unit").order_by("pk"),
        "waiting": user.role_requests.filter(settled_at=None).select_related("unit").order_by("pk"),
    }
    told = telling.mail("set_password", [user.email], user=user, link=link, days=days(), **words)
    actions.record_link(user=user, by=by, way=f"by mail to {telling.in_words(told)}")
    return bool(told)


def send_again(user, link):
    """For whoever says that they have forgotten their password: no mail after mail."""
    lately = Entry.objects.filter(
        action=Entry.Action.LINKED, what="user", object_pk=user.pk, at__gt=Now() - NOT_AGAIN_WITHIN
    )
    if lately.exists():
        telling.knock()
    else:
        give_password_link(user=user, link=link, by=None)


def address_link(asked, request):
    key = signing.dumps(asked.pk, salt=ADDRESS)
    return request.build_absolute_uri(reverse("people:confirm_address", args=[key]))


def send_address_link(asked, link):
    """Mail it to the new address, and put on record how it was given; returns whether it went.

    Where mail is off it goes on screen, before whoever asked for the change.
    """
    if telling.mail_is_off():
        told, way = [asked.email], ON_SCREEN
    else:
        words = {"asked": asked, "link": link, "days": days()}
        told = telling.mail("confirm_address", [asked.email], **words)
        way = f"by mail to {telling.in_words(told)}"
    actions.record_link(user=asked.user, by=asked.asked_by, way=f"{way}, to confirm an address")
    return bool(told)


def asked_by_link(key):
    """The change of address that a link is for; None if we did not make it, or too long ago."""
    try:
        pk = signing.loads(key, salt=ADDRESS, max_age=settings.PASSWORD_RESET_TIMEOUT)
    except signing.BadSignature:
        return None
    return AddressChange.objects.select_related("user", "asked_by").filter(pk=pk).first()
