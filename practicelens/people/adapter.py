from secrets import token_urlsafe

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError

from practicelens.people import entrance, invitations, telling, waiting
from practicelens.people.addresses import address_of
from practicelens.people.kept_words import waiting_for

WAIT = "Too many wrong passwords from here. Wait {}, then try again. Nobody else has to wait"


class Entrance(DefaultAccountAdapter):
    """People are added by a system admin, never by themselves; each sign-in is on record."""

    def is_open_for_signup(self, request):
        return False

    def get_client_ip(self, request):
        return address_of(request)

    def pre_authenticate(self, request, **credentials):
        """In place of the package's own limits, which anybody could make hold someone else."""
        try:
            waiting.begin(self.place(request, credentials))
        except waiting.Wait as wait:
            raise ValidationError(WAIT.format(in_words(wait.seconds)), code="wait") from wait

    def authenticate(self, request, **credentials):
        user = super().authenticate(request, **credentials)
        if user:
            waiting.was_right(self.place(request, credentials))
        return user

    def place(self, request, credentials):
        return waiting.place_of(request, credentials.get("email", "").strip().lower())

    def _rollback_login_failed_rl_usage(self):
        """The package's own counters are not used."""

    def authentication_failed(self, request, **credentials):
        entrance.record_failure(email=credentials.get("email", ""))

    def post_login(self, request, user, **more):
        request.session.pop("words_are_safe", None)
        if waiting_for(request).exists():
            request.session["words_wait"] = True
        entrance.record_sign_in(user=user)
        response = super().post_login(request, user, **more)
        self.know_browser(request, response, user)
        return response

    def know_browser(self, request, response, user):
        known = waiting.known_browser(request)
        number = known[1] if known and known[0] == user.email else token_urlsafe(16)
        response.set_cookie(
            waiting.cookie_name(),
            waiting.stamp_of_browser(user.email, number),
            max_age=waiting.COOKIE_LASTS,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )

    def set_password(self, user, password):
        super().set_password(user, password)
        entrance.record_password(user=user, by=self.request.user)

    def send_mail(self, template_prefix, email, context):
        """The package has a mail of its own only for who is not known here: nothing is sent."""
        telling.knock()

    def send_password_reset_mail(self, user, email, context):
        """A mail that can't be sent is no fault of the page: whoever asked sees the same."""
        invitations.send_again(user, context["password_reset_url"])


def in_words(seconds):
    if seconds < 60:
        return f"{seconds} second{'' if seconds == 1 else 's'}"
    minutes = -(-seconds // 60)
    return f"{minutes} minute{'' if minutes == 1 else 's'}"
