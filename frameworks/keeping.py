"""Saving what admins change. Every change has its author and its time; none overwrites another.

A row's page carries the `revision` that was read with it. Saving on top of a newer one is refused
with `Meanwhile`, so that the page can show what the other person wrote beside what was typed.
"""

from django.core import serializers
from django.core.paginator import Paginator
from django.db import router, transaction
from django.db.models import Q
from django.db.models.deletion import Collector
from django.forms.models import model_to_dict
from django.utils import timezone

from frameworks.models import Change


class Meanwhile(Exception):
    """Somebody else saved the row after it was read; `row` is how it stands, `change` says who."""

    def __init__(self, row, change):
        super().__init__(f"{row} was changed meanwhile.")
        self.row, self.change = row, change


class HolderGone(Exception):
    """What is to be put back stood in something that was deleted after it."""


@transaction.atomic
def add(*, row, part_of, by):
    """Save a new row of a version, codebook or standard."""
    row.save(force_insert=True)
    write_down(Change.Verb.ADDED, row, part_of, by, after=values_of(row))
    return row


@transaction.atomic
def save(*, form, base, part_of, by):
    """Save a valid form of a row that was read at revision `base`; returns the row.

    The form may have fields that stand in rows of their own (see `told`). Saving what is there already changes nothing and is written down nowhere.
    """
    row = form.instance
    held = locked(row)
    before = told(form, held)
    if held.revision != base and form.has_changed():
        raise Meanwhile(held, last_change(held))
    row.revision = held.revision + 1
    form.save()
    after = told(form, row)
    if before != after:
        write_down(Change.Verb.CHANGED, row, part_of, by, before=before, after=after)
    return row


@transaction.atomic
def delete(*, row, part_of, by):
    """Delete a row with all that hangs on it; returns the Change from which it can be put back."""
    row = locked(row)
    change = write_down(Change.Verb.DELETED, row, part_of, by, before={"rows": rows_with(row)})
    row.delete()
    return change


@transaction.atomic
def restore(*, change, part_of, by):
    """Put back what a change deleted, with all that went with it. Twice is once.

    What hung on something that has gone since stays away; if that is the row itself: HolderGone.
    """
    change = Change.objects.select_for_update().get(pk=change.pk)
    if change.verb != Change.Verb.DELETED or change.undone_at:
        return None
    rows = list(serializers.deserialize("python", change.before["rows"]))
    there = set()
    if not is_held(rows[0].object, there):
        raise HolderGone
    for each in rows:
        if is_held(each.object, there):
            each.save()
    change.undone_at = timezone.now()
    change.save(update_fields=["undone_at"])
    row = rows[0].object
    write_down(Change.Verb.RESTORED, row, part_of, by)
    return row


def is_held(row, there):
    """Whether all that a row needs is there; what is found to be is added to `there`.

    What it may do without, such as a theme its lens, it lets go.
    """
    for field in filter(lambda field: field.is_relation, row._meta.concrete_fields):
        model, pk = field.related_model, getattr(row, field.attname)
        if pk is None or (model, pk) in there:
            continue
        if model._base_manager.filter(pk=pk).exists():
            there.add((model, pk))
        elif field.null:
            setattr(row, field.attname, None)
        else:
            return False
    return True


def write_down(verb, row, part_of, by, before=None, after=None, named=""):
    """Keep what was done to a row; `named` calls it otherwise than the row calls itself."""
    return Change.objects.create(
        unit=keeper_of(part_of),
        part_of=part_of._meta.model_name,
        part_of_pk=part_of.pk,
        what=row._meta.verbose_name,
        object_pk=row.pk,
        named=(named or str(row))[:250],
        verb=verb,
        before=before or {},
        after=after or {},
        by=by,
    )


def keeper_of(part_of):
    """The unit whose admins keep a version, a codebook, a standard, a scale, a lens or a cause."""
    return part_of.unit if hasattr(part_of, "unit") else part_of.framework.unit


def history_of(part_of):
    """Every change to a version, codebook or standard and to its parts, newest first."""
    return Change.objects.filter(part_of=part_of._meta.model_name, part_of_pk=part_of.pk).for_list()


def pages_of(framework, versions, asked):
    """A page of the history of a framework and of its versions."""
    changes = Change.objects.filter(
        Q(part_of="frameworkversion", part_of_pk__in=versions.values("pk"))
        | Q(part_of="framework", part_of_pk=framework.pk)
    )
    return Paginator(changes.for_list(), 50).get_page(asked.get("page"))


def last_change(row):
    return Change.objects.filter(what=row._meta.verbose_name, object_pk=row.pk).for_list().first()


def locked(row):
    return type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)


def told(form, row):
    """A row's values of the fields that a form changed, also those in rows of their own.

    A form with such fields has `beside(row)`, which gives all of them.
    """
    beside = form.beside(row) if hasattr(form, "beside") else {}
    changed = {name: beside[name] for name in form.changed_data if name in beside}
    return values_of(row, form.changed_data) | changed


def values_of(row, fields=None):
    """The values of a row's own fields, ready for JSON."""
    values = model_to_dict(row, fields)
    return {
        name: [each.pk for each in value] if isinstance(value, list) and is_rows(value) else value
        for name, value in values.items()
    }


def is_rows(values):
    return bool(values) and hasattr(values[0], "pk")


def rows_with(row):
    """A row and all that is deleted with it, in the order in which they can be made again."""
    collector = Collector(using=router.db_for_write(type(row)), origin=row)
    collector.collect([row])
    found = [each for rows in collector.data.values() for each in rows]
    found += [each for rows in collector.fast_deletes for each in rows]
    found.sort(key=lambda each: each != row)
    return serializers.serialize("python", in_making_order(found))


def in_making_order(rows):
    """Holders before what they hold: a domain, its criteria, then what hangs on them."""
    models = serializers.sort_dependencies([(None, [type(each) for each in rows])])
    return sorted(rows, key=lambda each: models.index(type(each)))
