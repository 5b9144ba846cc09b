"""Changes of state of a framework version."""

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from frameworks import history
from frameworks.models import Change, FrameworkVersion
from frameworks.versions import checking, correcting, trials
from practicelens.audit.actions import record
from practicelens.audit.models import Entry
from practicelens.refusals import NotNow

BEFORE = {"state": "Draft", "effective_on": None, "change_note": ""}


class NotReady(Exception):
    """The version can't be published yet; `left` lists what stops it, as [Left]."""

    def __init__(self, left):
        super().__init__("; ".join(each.words for each in left))
        self.left = left


class TrialNotes(Exception):
    """There are more trial observations to be erased than were agreed to: `count` of them."""

    def __init__(self, count):
        super().__init__(f"{trials.in_words(count)} would be erased.")
        self.count = count


@transaction.atomic
def publish(*, version, by, change_note, effective_on, erasing=0):
    """Put a draft in force from a day on; the version before it retires on that day.

    A correction takes the place of what it puts right, which then was never in force.

    Observations of its trial are erased, since what they rate is now asked in earnest: at most as
    many as `erasing` says, or none and TrialNotes is raised.
    """
    version = locked_version(version)
    if version.published_at:
        raise NotNow(f"{version} is published already.")
    left = what_stops(version, change_note, effective_on)
    if left:
        raise NotReady(left)
    if (count := trials.observations_of(version).count()) > erasing:
        raise TrialNotes(count)
    trials.close(version=version, by=by)
    correcting.make_way(version=version, by=by)
    # The one before goes first: no two are ever in force on one day.
    version.framework.versions.live(effective_on).update(retired_on=effective_on)
    version.change_note, version.effective_on = change_note, effective_on
    version.published_at, version.published_by = timezone.now(), by
    version.save()
    now = {"state": version.state, "effective_on": effective_on, "change_note": change_note}
    history.write_down(Change.Verb.CHANGED, version, version, by, before=BEFORE, after=now)
    record(by=by, action=Entry.Action.PUBLISHED, what=version, unit=version.framework.unit)
    return version


@transaction.atomic
def retire(*, version, by, on, followed_by=None):
    """Take a published version out of force from a day on; another framework may take its place."""
    version = locked_version(version)
    if version.published_at is None or version.retired_on or on <= version.effective_on:
        raise NotNow(f"{version} can't be retired on {date_format(on, 'j F Y')}.")
    version.retired_on, version.followed_by = on, followed_by
    version.save(update_fields=["retired_on", "followed_by"])
    before = {"retired_on": None, "followed_by": None}
    after = {"retired_on": on, "followed_by": followed_by and followed_by.name}
    history.write_down(Change.Verb.CHANGED, version, version, by, before=before, after=after)
    record(by=by, action=Entry.Action.CHANGED, what=version, unit=version.framework.unit)
    return version


def announce_due():
    """Write down of each version that came into force that it did; returns how many there were."""
    due = FrameworkVersion.objects.to_announce().order_by("effective_on", "pk")
    return sum(announce(version=version) for version in due)


@transaction.atomic
def announce(*, version):
    """Write down that a version came into force, once; it is so whether or not it is written."""
    version = locked_version(version)
    if version.announced_at:
        return False
    version.announced_at = timezone.now()
    version.save(update_fields=["announced_at"])
    by = version.published_by
    before, after = {"state": "Published, not yet in use"}, {"state": "In use"}
    history.write_down(Change.Verb.CHANGED, version, version, by, before=before, after=after)
    record(by=by, action=Entry.Action.CHANGED, what=version, unit=version.framework.unit)
    return True


def tell(*, version, user):
    """Remember that a person has seen that the version came into force."""
    version.told.add(user)


@transaction.atomic
def open_outside(*, form, base, by):
    """Save whether anyone with the address may read the framework; the audit log says who did."""
    changes = {name: [form.initial[name], form.cleaned_data[name]] for name in form.changed_data}
    framework = history.save(form=form, base=base, part_of=form.instance, by=by)
    if changes:
        record(
            by=by,
            action=Entry.Action.CHANGED,
            what=framework,
            unit=framework.unit,
            changes=changes,
        )
    return framework


def locked_version(version):
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
