"""What makes a link to set a password good for one person, as they are now."""

from django.contrib.auth.tokens import PasswordResetTokenGenerator


class SetPasswordLinks(PasswordResetTokenGenerator):
    """Good until it is used, the address changes, or the person is disabled."""

    def _make_hash_value(self, user, timestamp):
        return f"{super()._make_hash_value(user, timestamp)}{user.signed_out_at}"
