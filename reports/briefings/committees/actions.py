from django.db import IntegrityError, transaction

from practicelens.audit.actions import as_it_stands, changed, record
from practicelens.audit.models import Entry
from practicelens.refusals import AlreadySo
from reports.models import CommitteeDate

FIELDS = ("committee", "meets_on", "papers_on")


@transaction.atomic
def add(*, unit, by, committee, meets_on, papers_on):
    """One more date; the same one twice is refused."""
    given = {"committee": committee, "meets_on": meets_on, "papers_on": papers_on}
    try:
        with transaction.atomic():
            made = CommitteeDate.objects.create(unit=unit, **given)
    except IntegrityError as error:
        raise AlreadySo("This date of this committee is there already.") from error
    changes = changed(dict.fromkeys(FIELDS), made)
    record(by=by, action=Entry.Action.MADE, what=made, unit=unit, changes=changes)
    return made


@transaction.atomic
def remove(*, committee_date, by):
    """Nothing is due for it any more; the log keeps what it was."""
    row = CommitteeDate.objects.select_for_update(of=("self",)).filter(pk=committee_date.pk).first()
    if row is None:
        raise AlreadySo("It is removed already.")
    was = as_it_stands(row, *FIELDS)
    changes = {name: [value, None] for name, value in was.items()}
    record(by=by, action=Entry.Action.ENDED, what=row, unit=row.unit, changes=changes)
    row.delete()
