"""The link by which somebody sets a password: it works once, and only for a few days."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string


def link_for(user, request):
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    return get_adapter(request).get_reset_password_from_key_url(key)


def days():
    return settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60)


def send(user, link):
    """Mail the link; False if the mail could not be sent, and then it has to be passed on."""
    words = {"user": user, "link": link, "days": days()}
    text = render_to_string("people/set_password_mail.txt", words)
    try:
        send_mail("PracticeLens: set your password", text, None, [user.email])
    except OSError:
        return False
    return True
