from datetime import timedelta

from django.db.models.functions import Now

from practicelens.audit.models import Entry

# For so long a line in the log stands for each time that the same person reads on.
READING = timedelta(hours=1)


def record(*, by, action, what, unit):
    """Write one line of who did what to which row; raise rather than leave it out."""
    return Entry.objects.create(
        by=by, action=action, what=what._meta.verbose_name, object_pk=str(what.pk), unit=unit
    )


def record_passages_read(*, by, what, places):
    """Write who read passages of which rows of the model `what`, in one insert; raise if it fails.

    `places` are (row's pk, unit's pk). A row has one line an hour for the same person, however
    many of its passages a page shows, and none where the line says that they read it whole.
    """
    units = {str(pk): unit for pk, unit in places}
    known = Entry.objects.filter(
        by=by,
        action__in=[Entry.Action.READ, Entry.Action.READ_PASSAGES],
        what=what._meta.verbose_name,
        object_pk__in=units,
        at__gt=Now() - READING,
    )
    for pk in known.values_list("object_pk", flat=True):
        units.pop(pk, None)
    Entry.objects.bulk_create(
        Entry(
            by=by,
            action=Entry.Action.READ_PASSAGES,
            what=what._meta.verbose_name,
            object_pk=pk,
            unit_id=unit,
        )
        for pk, unit in units.items()
    )
