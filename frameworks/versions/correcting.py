"""Putting right a version that was published by mistake and that nobody has used yet.

The correction takes its place from its first day on: the mistaken one is retired on the day on which
it started, so it was never in force, and what was in force before stays so until the correction.
"""

from django.db import transaction

from frameworks import history
from frameworks.models import Change, FrameworkVersion, Lineage
from frameworks.versions.lineage import Kind
from practicelens.audit.actions import record
from practicelens.audit.models import Entry
from practicelens.refusals import NotNow

JOINING = (Kind.SAME, Kind.REWORDED)


def to_put_right(draft):
    """The version before a draft, if it may still be put right, or None."""
    before = draft.framework.versions.followed().filter(number__lt=draft.number)
    wrong = before.order_by("-number").first()
    return wrong if wrong and wrong.may_be_put_right else None


@transaction.atomic
def begin(*, draft, by):
    """Let a draft be the correction of the version before it; its criteria then come from one earlier.

    What was copied from the mistaken version comes from what that came from, to be confirmed.
    """
    draft = locked_draft(draft)
    wrong = to_put_right(draft)
    if wrong is None:
        raise NotNow
    if draft.corrects_id:
        return draft
    ties = ties_through(wrong, draft)
    draft.lineage.all().delete()
    Lineage.objects.bulk_create(
        Lineage(version=draft, earlier_id=earlier, later_id=later, kind=kind)
        for (earlier, later), kind in ties.items()
    )
    return become(draft, wrong, by)


@transaction.atomic
def leave(*, draft, by):
    """Let a correction be the next version again, after the one before it."""
    draft = locked_draft(draft)
    return become(draft, None, by) if draft.corrects_id else draft


def become(draft, wrong, by):
    before = {"puts_right": str(draft.corrects) if draft.corrects else None}
    draft.corrects = wrong
    draft.save(update_fields=["corrects"])
    after = {"puts_right": str(wrong) if wrong else None}
    history.write_down(Change.Verb.CHANGED, draft, draft, by, before=before, after=after)
    return draft


def ties_through(wrong, draft):
    """{(earlier, later): kind} of a draft's criteria, over those of the version that it puts right."""
    came = {}
    for step in wrong.lineage.filter(earlier__isnull=False, later__isnull=False):
        came.setdefault(step.later_id, []).append((step.earlier_id, step.kind))
    ties = {}
    for step in draft.lineage.filter(earlier__isnull=False, later__isnull=False).order_by("pk"):
        for earlier, kind in came.get(step.earlier_id, ()):
            ties.setdefault((earlier, step.later_id), both(kind, step.kind))
    return ties


def both(first, second):
    """The kind of two steps taken as one."""
    parted = [kind for kind in (first, second) if kind not in JOINING]
    if parted:
        return parted[0]
    return Kind.SAME if first == second == Kind.SAME else Kind.REWORDED


def make_way(*, version, by):
    """What a correction puts right was never in force, and what it followed goes on till it comes."""
    wrong = version.corrects
    if wrong is None:
        return
    day, was = wrong.effective_on, wrong.retired_on
    wrong.retired_on = day
    wrong.save(update_fields=["retired_on"])
    before_it = version.framework.versions.published().filter(effective_on__lt=day, retired_on=day)
    before_it.filter(followed_by=None).update(retired_on=None)
    before = {"retired_on": was and was.isoformat(), "put_right_by": None}
    after = {"retired_on": day.isoformat(), "put_right_by": str(version)}
    history.write_down(Change.Verb.CHANGED, wrong, wrong, by, before=before, after=after)
    record(by=by, action=Entry.Action.CHANGED, what=wrong, unit=version.framework.unit)


def locked_draft(draft):
    """The row as it is now, if it still is a draft, held until the change is done."""
    held = FrameworkVersion.objects.select_for_update(of=("self",)).select_related(
        "framework__unit"
    )
    found = held.get(pk=draft.pk)
    if found.published_at:
        raise NotNow
    return found
