"""Saving what admins change. Every change has its author and its time; none overwrites another.

A row's page says at which save it was read (`practicelens/people/two_windows.py`). What clashes is
refused with `Meanwhile`, so that the page can show what the other person wrote beside what was
typed.
"""

from django.core import serializers
from django.core.paginator import Paginator
from django.db import router, transaction
from django.db.models import Q
from django.db.models.deletion import Collector
from django.forms.models import model_to_dict
from django.utils import timezone

from frameworks.models import Change
from practicelens.people import two_windows
from practicelens.people.two_windows import Meanwhile


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

    The form may have fields that are in rows of their own (see `told`). Saving what is there
    already changes nothing and is written down nowhere.
    """
    row = form.instance
    held = locked_row(row)
    before = told(form, held)
    if two_windows.clashes(held, base) and form.has_changed():
        raise Meanwhile(held, last_change(held))
    row.revision = held.revision + 1
    form.save()
    two_windows.remember(row, base)
    after = told(form, row)
    if before != after:
        write_down(Change.Verb.CHANGED, row, part_of, by, before=before, after=after)
    return row


@transaction.atomic
def delete(*, row, part_of, by):
    """Delete a row with all that hangs on it; returns the Change from which it can be put back."""
    row = locked_row(row)
    change = write_down(Change.Verb.DELETED, row, part_of, by, before={"rows": rows_with(row)})
    row.delete()
    return change


@transaction.atomic
def restore(*, change, part_of, by):
    """Put back what a change deleted, with all that went with it. Twice is once.

    What hung on something else that is gone by then, such as a tie, stays away; if the row itself
    needs what is gone: HolderGone.
    """
    change = Change.objects.select_for_update().get(pk=change.pk)
    if change.verb != Change.Verb.DELETED or change.undone_at:
        return None
    rows = list(serializers.deserialize("python", change.before["rows"]))
    for each in without_what_hangs_in_the_air(rows):
        each.save()
    change.undone_at = timezone.now()
    change.save(update_fields=["undone_at"])
    row = rows[0].object
    write_down(Change.Verb.RESTORED, row, part_of, by)
    return row


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


def locked_row(row):
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


def without_what_hangs_in_the_air(rows):
    """The first row, pointing at nothing where it pointed at what is gone, and those that fit."""
    first, *others = rows
    gone = gone_meanwhile([each.object for each in rows])
    for field in foreign_keys(first.object):
        if field.null and (field.related_model, getattr(first.object, field.attname)) in gone:
            setattr(first.object, field.attname, None)
    if gone & held_up_by(first.object):
        raise HolderGone
    return [first, *(each for each in others if not gone & held_up_by(each.object))]


def gone_meanwhile(rows):
    """{(model, pk)} of what the rows point at, and what is neither among them nor there."""
    wanted = set().union(*map(held_up_by, rows)) - {(type(row), row.pk) for row in rows}
    there = {
        (model, pk)
        for model in {model for model, _ in wanted}
        for pk in model._base_manager.filter(
            pk__in=[pk for each, pk in wanted if each is model]
        ).values_list("pk", flat=True)
    }
    return wanted - there


def held_up_by(row):
    """{(model, pk)} of the rows that it points at."""
    pointers = {(field.related_model, getattr(row, field.attname)) for field in foreign_keys(row)}
    return {(model, pk) for model, pk in pointers if pk is not None}


def foreign_keys(row):
    return [field for field in row._meta.concrete_fields if field.many_to_one]


def in_making_order(rows):
    """Holders before what they hold: a domain, its criteria, then what hangs on them."""
    models = serializers.sort_dependencies([(None, [type(each) for each in rows])])
    return sorted(rows, key=lambda each: models.index(type(each)))
