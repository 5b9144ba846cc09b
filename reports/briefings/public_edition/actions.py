"""Making the public edition of an issue: once, and never changed."""

from django.utils import timezone

from practicelens.audit.actions import record
from practicelens.audit.models import Entry
from practicelens.refusals import AlreadySo, NotNow
from reports.briefings.actions import locked_briefing
from reports.briefings.content import fingerprint
from reports.briefings.public_edition.making import public
from reports.briefings.schema import check_content
from reports.models import PublicEdition


def make(*, briefing, by, at=None):
    """Freeze what the public reads of an issue that no later one took the place of."""
    with locked_briefing(briefing) as held:
        if PublicEdition.objects.filter(briefing=held).exists():
            raise AlreadySo("The public edition is made already.")
        if not held.is_issued:
            raise NotNow("It is not issued yet, so there is nothing to make a public edition of.")
        if is_replaced(held):
            raise NotNow("This issue was replaced. Make the public edition of the later version.")
        made = public(held.content, held.sha256)
        check_content(made.content)
        edition = PublicEdition.objects.create(
            briefing=held,
            content=made.content,
            sha256=fingerprint(made.content),
            left_out=[list(each) for each in made.left_out],
            made_by=by,
            made_at=at or timezone.now(),
        )
        record(by=by, action=Entry.Action.MADE, what=edition, unit=held.unit)
    return edition


def is_replaced(briefing):
    later = getattr(briefing, "superseded_by", None)
    return later is not None and later.is_issued
