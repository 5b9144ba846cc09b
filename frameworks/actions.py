"""Changes of state of a framework version."""

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.formats import date_format

from frameworks.models import FrameworkVersion
from practicelens.audit.actions import record
from practicelens.audit.models import Entry


class NotReady(Exception):
    """The version can't be published yet; `left` lists in words what stops it."""

    def __init__(self, left):
        super().__init__(" ".join(left))
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


def locked(version):
    """The row as it is now, held with its framework's other versions until the change is done."""
    rows = FrameworkVersion.objects.filter(framework=version.framework_id)
    held = rows.select_for_update(of=("self",)).select_related("framework__unit", "scale")
    return next(row for row in held.order_by("number") if row.pk == version.pk)


def what_stops(version, change_note, effective_on):
    """What has to be put right before a draft can be published, in words."""
    left = []
    if not change_note.strip():
        left.append("Write the change note.")
    if not version.causes.exists():
        left.append("Choose at least one cause.")
    return (
        left
        + what_is_empty(version)
        + what_is_undescribed(version)
        + too_early(version, effective_on)
    )


def what_is_empty(version):
    domains = list(version.domains.annotate(size=Count("criteria")).order_by("position"))
    if not domains:
        return ["Add a domain."]
    return [f"Domain {domain} has no criterion." for domain in domains if not domain.size]


def what_is_undescribed(version):
    levels = version.scale.levels.count()
    criteria = version.criteria.annotate(described=Count("level_descriptions"))
    return [
        f"Describe every level of {criterion}."
        for criterion in criteria.filter(described__lt=levels).order_by("position")
    ]


def too_early(version, effective_on):
    """A version follows the ones before it: it can't start on or before the day they did."""
    later = version.framework.versions.filter(
        published_at__isnull=False, effective_on__gte=effective_on
    )
    return [
        f"Version {each.number} holds from {date_format(each.effective_on, 'j F Y')}: choose a later day."
        for each in later.order_by("number")
    ]
