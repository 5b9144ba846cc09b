"""Standards that an organisation types or loads, and which criteria speak to their clauses."""

from collections import defaultdict

from django.db import transaction

from frameworks import history
from frameworks.models import Change, Clause, Criterion, Crosswalk, FrameworkVersion, Standard
from frameworks.shared import actions
from frameworks.starters import loading


class InUse(Exception):
    """Something still uses a standard, so that it can't be deleted; says what."""


# Words that are in addresses where a standard's code would.
RESERVED = {"new", "load"}


def free_code(name, unit):
    code = actions.free_code(Standard, name, unit)
    return f"{code}-standard" if code in RESERVED else code


@transaction.atomic
def make(*, form, unit, by):
    """Add what a valid StandardForm holds, for a unit."""
    standard = form.instance
    standard.unit, standard.code = unit, free_code(standard.name, unit)
    history.add(row=standard, part_of=standard, by=by)
    form.save()
    return standard


@transaction.atomic
def make_ours(*, standard, unit, by):
    """A copy with its clauses, which the unit's admins can change. Ties stay with the first."""
    fields = ["name", "body", "in_force_from", "in_force_until", "source", "note", "followed_by"]
    copied = Standard(
        unit=unit,
        code=free_code(f"{standard.code}-{unit.code}", unit),
        **{name: getattr(standard, name) for name in fields},
    )
    history.add(row=copied, part_of=copied, by=by)
    Clause.objects.bulk_create(
        Clause(standard=copied, number=each.number, name=each.name, position=each.position)
        for each in standard.clauses.order_by("position")
    )
    return copied


@transaction.atomic
def load(*, top, unit, by):
    """Add the standard of a file that was read and that fits."""
    code = top.get("followed_by", None)
    follower = Standard.objects.for_unit(unit).by_code()[code] if code else None
    owned = {"unit": unit, "code": free_code(top["name"], unit), "followed_by": follower}
    standard = loading.standard_from(top, **owned)
    history.write_down(Change.Verb.ADDED, standard, standard, by, after=history.values_of(standard))
    return standard


@transaction.atomic
def delete(*, standard, by):
    """Delete a standard that nothing uses; the Change puts it back, with its ties."""
    standard = history.locked_row(standard)
    if words := held_by(standard):
        raise InUse(words)
    return history.delete(row=standard, part_of=standard, by=by)


def held_by(standard):
    """What still uses a standard, and what to do, in words; "" where nothing does.

    A draft's ties keep nothing: they go with it, and come back with it.
    """
    tied = FrameworkVersion.objects.published().filter(
        criteria__crosswalks__clause__standard=standard
    )
    earlier = standard.follows.order_by("name").first()
    if version := tied.select_related("framework").order_by("framework__name", "number").first():
        return f"Criteria of {version} are linked to its clauses: unlink them first."
    if earlier:
        return f"{earlier} says that it is replaced by it: change that first."
    return ""


@transaction.atomic
def restore(*, change, by):
    """Put a standard back with its clauses, and with the ties of criteria that are still there."""
    standard = Standard(pk=change.part_of_pk, unit=change.unit)
    return history.restore(change=change, part_of=standard, by=by)


def deletions_by(user):
    """The deletions of standards by admins of what the person keeps, undone ones among them."""
    deletions = Change.objects.visible_to(user).filter(verb=Change.Verb.DELETED)
    return deletions.filter(part_of=Standard._meta.model_name).for_list()


# Which criteria speak to which clauses


def matrix(version, standard):
    """(clauses, [(criterion, [(clause, whether it is tied)])]) in order."""
    clauses = list(standard.clauses.order_by("position"))
    tied = ties(version, standard)
    criteria = version.criteria.select_related("domain").order_by("position")
    rows = [
        (criterion, [(clause, (criterion.pk, clause.pk) in tied) for clause in clauses])
        for criterion in criteria
    ]
    return clauses, rows


def ties(version, standard):
    """{(criterion, clause)} of the ties that are kept."""
    kept = Crosswalk.objects.filter(criterion__version=version, clause__standard=standard)
    return set(kept.values_list("criterion_id", "clause_id"))


def gaps(clauses, rows):
    """(clauses that no criterion speaks to, criteria tied to no clause)."""
    spoken_to = {clause.pk for _, cells in rows for clause, is_tied in cells if is_tied}
    return (
        [clause for clause in clauses if clause.pk not in spoken_to],
        [criterion for criterion, cells in rows if not any(is_tied for _, is_tied in cells)],
    )


@transaction.atomic
def tie(*, version, standard, read_as, ticked, by):
    """Add and take away the ties that someone ticked and unticked since they read the page.

    Only those: a tie that another admin has changed since stays as they left it. Returns how many
    were changed.
    """
    FrameworkVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    history.locked_row(standard)  # so that nobody deletes it first
    tied = ties(version, standard)
    allowed = {
        (criterion.pk, clause.pk)
        for criterion, cells in matrix(version, standard)[1]
        for clause, _ in cells
    }
    wanted = (tied | ticked - read_as) - (read_as - ticked)
    wanted &= allowed
    changed = defaultdict(set)
    for criterion, clause in tied ^ wanted:
        changed[criterion].add(clause)
    write(standard, tied, wanted)
    write_down(version, standard, changed, tied, wanted, by)
    return sum(map(len, changed.values()))


def write(standard, tied, wanted):
    for criterion, clause in tied - wanted:
        Crosswalk.objects.filter(criterion=criterion, clause=clause).delete()
    Crosswalk.objects.bulk_create(
        Crosswalk(criterion_id=criterion, clause_id=clause) for criterion, clause in wanted - tied
    )


def write_down(version, standard, changed, tied, wanted, by):
    numbers = dict(standard.clauses.order_by("position").values_list("pk", "number"))
    key = f"linked to, of {standard.name}"
    for criterion in Criterion.objects.filter(pk__in=changed).order_by("position"):
        before, after = (
            [number for pk, number in numbers.items() if (criterion.pk, pk) in kept]
            for kept in (tied, wanted)
        )
        history.write_down(
            Change.Verb.CHANGED, criterion, version, by, before={key: before}, after={key: after}
        )
