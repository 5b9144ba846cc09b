"""What frameworks share: lenses, causes and scales. An organisation makes its own, or copies ours."""

from django.db import transaction
from django.db.models import Max

from frameworks import history
from frameworks.codes import code_from
from frameworks.models import Cause, Change, Lens, Level, Prompt, Scale

KINDS = {"lenses": Lens, "causes": Cause, "scales": Scale}


class InUse(Exception):
    """Something uses the row, so it can't be deleted, or a scale can't be changed."""


def free_code(model, name, unit):
    """A code for a row of the unit: its name, with a number if another has that there."""
    # One that was deleted may come back, with its code.
    deletions = Change.objects.filter(
        verb=Change.Verb.DELETED,
        part_of=model._meta.model_name,
        unit__organisation=unit.organisation_id,
    )
    taken = set(model.objects.within(unit).values_list("code", flat=True))
    taken |= set(deletions.values_list("before__rows__0__fields__code", flat=True))
    return code_from(name, taken, otherwise=model._meta.model_name)


@transaction.atomic
def make(*, form, unit, by):
    """Add what a valid form of a lens, cause or scale holds, for a unit."""
    row = form.instance
    row.unit, row.code = unit, free_code(type(row), row.name, unit)
    if isinstance(row, Cause):
        row.position = last_place() + 1
    history.add(row=row, part_of=row, by=by)
    form.save()
    return row


@transaction.atomic
def make_ours(*, row, unit, by):
    """A copy for a unit, with its prompts or levels, which its admins can change."""
    fields = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in ("id", "code", "address", "unit", "revision")
    }
    copied = type(row)(
        **fields, unit=unit, code=free_code(type(row), f"{row.code}-{unit.code}", unit)
    )
    history.add(row=copied, part_of=copied, by=by)
    if isinstance(row, Lens):
        for prompt in row.prompts.asked().order_by("position"):
            Prompt.objects.create(lens=copied, text=prompt.text, position=prompt.position)
    if isinstance(row, Scale):
        for level in row.levels.order_by("position"):
            copy_level(level, copied)
    return copied


def copy_level(level, scale):
    Level.objects.create(
        scale=scale,
        position=level.position,
        code=level.code,
        name=level.name,
        description=level.description,
    )


@transaction.atomic
def save(*, form, base, by):
    """Save a valid form of a row that was read at revision `base`; a settled scale is refused."""
    row = history.locked_row(form.instance)
    if is_settled(row):
        raise InUse
    return history.save(form=form, base=base, part_of=form.instance, by=by)


@transaction.atomic
def delete(*, row, by):
    """Delete a row that nothing uses; the Change puts it back."""
    if is_used(history.locked_row(row)):
        raise InUse
    return history.delete(row=row, part_of=row, by=by)


@transaction.atomic
def restore(*, change, by):
    """Put back what was deleted, with its prompts or levels; None if it is back already."""
    model = {each._meta.model_name: each for each in KINDS.values()}[change.part_of]
    return history.restore(
        change=change, part_of=model(pk=change.part_of_pk, unit=change.unit), by=by
    )


def is_settled(row):
    """Whether it is a scale that a published version uses, or that something was rated by."""
    if not isinstance(row, Scale):
        return False
    published = row.framework_versions.filter(published_at__isnull=False)
    return published.exists() or row.levels.filter(ratings__isnull=False).exists()


def is_used(row):
    """Whether a version uses it; a lens also by themes and passages, a cause by ratings."""
    if row.framework_versions.exists():
        return True
    if isinstance(row, Lens):
        return row.themes.exists() or row.prompts.filter(passages__isnull=False).exists()
    return isinstance(row, Cause) and row.ratings.exists()


def deletions_by(user, kind):
    """The deletions of a kind by admins of what the person keeps, undone ones among them."""
    name = KINDS[kind]._meta.model_name
    deletions = Change.objects.visible_to(user).filter(verb=Change.Verb.DELETED, part_of=name)
    return deletions.for_list()


def last_place():
    return Cause.objects.aggregate(last=Max("position"))["last"] or 0
