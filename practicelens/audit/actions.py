from practicelens.audit.models import Entry


def record(*, by, action, what, unit):
    """Write one line of who did what to which row; raise rather than leave it out."""
    return Entry.objects.create(
        by=by, action=action, what=what._meta.verbose_name, object_pk=str(what.pk), unit=unit
    )
