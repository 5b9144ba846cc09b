from allauth.account.adapter import DefaultAccountAdapter


class ClosedSignUp(DefaultAccountAdapter):
    """People are added by a system admin, never by themselves."""

    def is_open_for_signup(self, request):
        return False
