"""Saving what an admin chose of a draft's lineage, and what they confirmed."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from frameworks import history
from frameworks.models import Change, Lineage
from frameworks.versions.lineage import Kind, Mapping, Ties


@dataclass(frozen=True)
class Chosen:
    """What a page sent: the ties, and the criteria whose lineage is right, by pk.

    `the_same` confirms every criterion whose words are those of the one it comes from.
    """

    ties: Ties
    right: set = field(default_factory=set)
    dropped: set = field(default_factory=set)
    the_same: bool = False


@transaction.atomic
def settle(*, version, chosen, base, by):
    """Save the ties with the kinds that follow from them; returns what is to be looked at again.

    That is [criterion] which were said to be right while another choice made them something else.
    """
    version = history.locked_row(version)
    mapping = Mapping(version)
    if mapping.fingerprint() != base:
        raise history.Meanwhile(version, history.history_of(version).first())
    kinds = mapping.kinds(chosen.ties)
    again = turned(mapping, chosen, kinds)
    right = {pair for pair, kind in kinds.items() if is_right(pair, kind, chosen)}
    right -= {(earlier, later) for earlier, later in kinds if later in again}
    before = said(mapping, mapping.stored.values())
    rows = [row_of(version, mapping, pair, kinds[pair], pair in right, by) for pair in kinds]
    version.lineage.all().delete()
    Lineage.objects.bulk_create(rows)
    write_down(mapping, before, said(mapping, rows), rows, by)
    return [mapping.news[pk] for pk in mapping.news if pk in again]


def is_right(pair, kind, chosen):
    earlier, later = pair
    if later is None:
        return earlier in chosen.dropped
    return later in chosen.right or (chosen.the_same and kind == Kind.SAME)


def turned(mapping, chosen, kinds):
    """The criteria left as they were shown that are now another kind: nobody has seen that yet."""
    shown = mapping.suggested
    shown_kinds = mapping.kinds(shown)
    found = set()
    for later, earliers in chosen.ties.came.items():
        is_left = set(shown.came[later]) == set(earliers) and all(
            shown.carries.get(pk) == chosen.ties.carries.get(pk) for pk in earliers
        )
        if is_left and any(kinds[pk, later] != shown_kinds[pk, later] for pk in earliers):
            found.add(later)
    return found & chosen.right


def row_of(version, mapping, pair, kind, right, by):
    """A row; one that was confirmed as just this keeps when and by whom."""
    earlier, later = pair
    held = mapping.stored.get(pair)
    row = Lineage(version=version, kind=kind, earlier_id=earlier, later_id=later)
    if right and held and held.confirmed_at and held.kind == kind:
        row.confirmed_at, row.confirmed_by_id = held.confirmed_at, held.confirmed_by_id
    elif right:
        row.confirmed_at, row.confirmed_by = timezone.now(), by
    return row


def said(mapping, rows):
    """{code and name: what it comes from, and whether that is confirmed}, for the history."""
    told = {}
    for row in rows:
        name = named(mapping, row)
        words = row.get_kind_display()
        if row.earlier_id in mapping.olds and row.later_id:
            words = f"{words}: {mapping.olds[row.earlier_id].code}"
        words += ", confirmed" if row.confirmed_at else ", to be confirmed"
        told.setdefault(name, []).append(words)
    return {name: "; ".join(sorted(each)) for name, each in told.items()}


def named(mapping, row):
    """1.2, or 1.2 of version 1 for one that is dropped."""
    if row.later_id in mapping.news:
        return mapping.news[row.later_id].code
    return f"{mapping.olds[row.earlier_id].code} of version {mapping.earlier.number}"


def write_down(mapping, before, after, rows, by):
    changed = [name for name in before | after if before.get(name) != after.get(name)]
    if not changed:
        return
    history.write_down(
        Change.Verb.CHANGED,
        rows[0],
        mapping.version,
        by,
        before={name: before.get(name) for name in changed},
        after={name: after.get(name) for name in changed},
        named=f"Where the criteria of {mapping.version} come from",
    )
