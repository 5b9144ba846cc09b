from allauth.account.adapter import DefaultAccountAdapter

from practicelens.people.kept_words import waiting_for


class Entrance(DefaultAccountAdapter):
    """People are added by a system admin, never by themselves."""

    def is_open_for_signup(self, request):
        return False

    def post_login(self, request, user, **more):
        request.session.pop("words_are_safe", None)
        if waiting_for(request).exists():
            request.session["words_wait"] = True
        return super().post_login(request, user, **more)
