"""Who came in and who did not, for the audit log."""

from practicelens.audit.actions import record
from practicelens.audit.models import Entry
from practicelens.people.models import User


def record_sign_in(*, user):
    record(by=user, action=Entry.Action.SIGNED_IN, what=user, unit=user.organisation)


def record_failure(*, email):
    """A wrong password, by whoever it was. What was typed is not written down: it may be a secret."""
    user = User.objects.filter(email=email.strip().lower()).first() or User()
    unit = user.organisation if user.pk else None
    record(by=None, action=Entry.Action.NOT_SIGNED_IN, what=user, unit=unit)


def record_password(*, user, by):
    """A password was chosen: by who is signed in, or by whoever held a link."""
    known = by if by.is_authenticated else None
    way = "signed in" if known else "by a link"
    record(
        by=known,
        action=Entry.Action.CHANGED,
        what=user,
        unit=user.organisation,
        changes={"password": [None, way]},
    )
