"""Changes of state of a framework version."""

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from frameworks import checking, keeping
from frameworks.models import FrameworkVersion
from practicelens.audit.actions import record
from practicelens.audit.models import Entry


class NotReady(Exception):
    """The version can't be published yet; `left` lists what stops it, as [Left]."""

    def __init__(self, left):
        super().__init__("; ".join(each.words for each in left))
        self.left = left


class NotNow(Exception):
    """The version is not in a state in which this can be done."""


@transaction.atomic
def publish(*, version, by, change_note, effective_on):
    """Put a draft in force from a day on; the version before it retires on that day."""
    version = locked(version)
    if version.published_at:
        raise NotNow(f"{version} is published already.")
    left = what_stops(version, change_note, effective_on)
    if left:
        raise NotReady(left)
    version.change_note, version.effective_on = change_note, effective_on
    version.published_at, version.published_by = timezone.now(), by
    version.save()
    version.framework.versions.live(effective_on).exclude(pk=version.pk).update(
        retired_on=effective_on
    )
    record(by=by, action=Entry.Action.PUBLISHED, what=version, unit=version.framework.unit)
    return version


@transaction.atomic
def retire(*, version, by, on):
    """Take a published version out of force from a day on."""
    version = locked(version)
    if version.published_at is None or version.retired_on or on <= version.effective_on:
        raise NotNow(f"{version} can't be retired on {date_format(on, 'j F Y')}.")
    version.retired_on = on
    version.save(update_fields=["retired_on"])
    record(by=by, action=Entry.Action.CHANGED, what=version, unit=version.framework.unit)
    return version


@transaction.atomic
def open_outside(*, form, base, by):
    """Save whether anyone with the address may read the framework; the audit log says who did."""
    was_changed = form.has_changed()
    framework = keeping.save(form=form, base=base, part_of=form.instance, by=by)
    if was_changed:
        record(by=by, action=Entry.Action.CHANGED, what=framework, unit=framework.unit)
    return framework


def locked(version):
    """The row as it is now, held with its framework's other versions until the change is done."""
    rows = FrameworkVersion.objects.filter(framework=version.framework_id)
    held = rows.select_for_update(of=("self",)).select_related("framework__unit", "scale")
    return next(row for row in held.order_by("number") if row.pk == version.pk)


def what_stops(version, change_note, effective_on):
    """What has to be put right before a draft can be published, as [Left]."""
    return [
        *checking.what_stops(version),
        *checking.what_publication_lacks(version, change_note, effective_on),
    ]
