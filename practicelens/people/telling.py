"""Mail to people about what others did to their account, or ask them to agree to."""

from contextlib import suppress

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string

from practicelens.people.models import User
from practicelens.people.permissions import Act

# Where nobody gets mail, links are shown on screen to whoever asks for them.
OFF = [f"django.core.mail.backends.{name}.EmailBackend" for name in ("dummy", "console")]


def mail_is_off():
    return settings.EMAIL_BACKEND in OFF


def mail(template, addresses, **words):
    """Send one mail to each address; returns those it went to. The first line is the subject."""
    if mail_is_off():
        return []
    subject, _, text = render_to_string(f"mail/{template}.txt", words).partition("\n")
    letters = [EmailMessage(subject, text.lstrip(), to=[each]) for each in addresses]
    try:
        get_connection().send_messages(letters)
    except OSError:
        return []
    return addresses


def in_words(told):
    """Who was told, as the log says it."""
    failed = "nobody: mail is off" if mail_is_off() else "nobody: the mail failed"
    return ", ".join(told) or failed


def knock():
    """Take the time that a mail would take, so that nobody can tell whether one was sent."""
    with suppress(OSError):
        connection = get_connection()
        connection.open()
        connection.close()


def governance_of(user):
    """The information governance leads of someone's organisation, and of wherever they hold a role.

    Never they themselves.
    """
    leads = User.objects.who_may(Act.READ_LOG, user.organisation)
    for role in user.roles.held().select_related("unit"):
        leads = leads | User.objects.who_may(Act.READ_LOG, role.unit)
    return leads.exclude(pk=user.pk).distinct()


def of_address_asked(asked):
    """The address in use and the governance leads hear of it at once."""
    others = [lead.email for lead in governance_of(asked.user)]
    return mail("address_asked", [asked.user.email, *others], asked=asked)


def of_address_changed(user, former):
    others = [lead.email for lead in governance_of(user)]
    return mail("address_changed", [former, *others], user=user, former=former)


def of_role_asked(asked, others):
    return mail("role_asked", [other.email for other in others], asked=asked)
