from datetime import timedelta

from django.db.models.functions import Now

from practicelens.audit.models import Entry

# For so long a line in the log is for each time that the same person reads on, writes on, or is
# refused the same thing.
READING = timedelta(hours=1)


def record(*, by, action, what, unit, changes=None):
    """Write one line of who did what to which row; raise rather than leave it out.

    `changes` says by name what was there before and what is there now. It is for people,
    roles, units and settings, and never for what is written in observations.
    """
    return Entry.objects.create(
        by=by,
        action=action,
        what=what._meta.verbose_name,
        object_pk=str(what.pk or ""),
        unit=unit,
        changes=changes or {},
    )


def as_it_stands(row, *names):
    """The values of these fields as the log writes them down."""
    return {name: written(getattr(row, name)) for name in names}


def written(value):
    return value if isinstance(value, (bool, int, type(None))) else str(value)


def changed(before, row):
    """What differs from how the row stood before: by name, the former value and the present one."""
    now = as_it_stands(row, *before)
    return {name: [before[name], now[name]] for name in before if before[name] != now[name]}


def record_writing(*, by, what, unit):
    """Write, once an hour, that someone changes the words of a row: a page saves them as one types."""
    asked = {
        "by": by,
        "action": Entry.Action.CHANGED,
        "what": what._meta.verbose_name,
        "object_pk": str(what.pk),
    }
    if not Entry.objects.filter(**asked, at__gt=Now() - READING).exists():
        Entry.objects.create(**asked, unit=unit)


def record_refused(*, by, page, object_pk, unit_id):
    """Write, once an hour, that someone asked for what they can't have."""
    asked = {"by": by, "action": Entry.Action.REFUSED, "what": page, "object_pk": object_pk}
    if not Entry.objects.filter(**asked, at__gt=Now() - READING).exists():
        Entry.objects.create(**asked, unit_id=unit_id)


def record_log_read(*, by, unit):
    """Write, once an hour, that someone reads the log itself."""
    read = {"by": by, "action": Entry.Action.READ, "what": "audit log", "object_pk": str(unit.pk)}
    if not Entry.objects.filter(**read, at__gt=Now() - READING).exists():
        Entry.objects.create(**read, unit=unit)


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
