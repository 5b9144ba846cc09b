"""Starting to use a codebook's draft changes: on record, and past observations are re-checked."""

from django.db import transaction

from frameworks.themes import editing
from practicelens.audit.actions import record
from practicelens.audit.models import Entry
from practicelens.jobs.names import Task
from practicelens.jobs.nudges import nudge


@transaction.atomic
def start_using(*, codebook, why, as_seen, by):
    """New observations are coded by the changes; what past ones would change is shown first."""
    editing.start_using(codebook=codebook, why=why, as_seen=as_seen, by=by)
    record(by=by, action=Entry.Action.PUBLISHED, what=codebook, unit=codebook.unit)
    nudge(Task.RECODE)
