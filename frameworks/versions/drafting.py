"""Building a draft: its domains and criteria are added, moved, doubled, deleted, put back.

Codes such as 2 and 2.3 follow the place; a code that someone typed otherwise stays.
"""

import re
from collections import defaultdict

from django.db import transaction
from django.db.models import ProtectedError

from frameworks import history
from frameworks.codes import OTHER_PAGES, code_from
from frameworks.languages import saying
from frameworks.models import (
    Cause,
    Change,
    Criterion,
    Crosswalk,
    Domain,
    Example,
    FirstFor,
    Framework,
    FrameworkVersion,
    LevelDescription,
    Lineage,
    Prompt,
)

FOLLOWS = {Domain: re.compile(r"[0-9]+"), Criterion: re.compile(r"[0-9]+\.[0-9]+")}


class HasDraft(Exception):
    """The framework has a draft already."""


class Tried(Exception):
    """Observations of a trial rate it, so it can't be deleted while they are kept."""


@transaction.atomic
def make(*, name, description, unit, scale, by):
    """A new framework with an empty first draft."""
    framework = Framework(name=name, description=description, unit=unit, code=free_code(name, unit))
    history.add(row=framework, part_of=framework, by=by)
    version = FrameworkVersion(framework=framework, number=1, scale=scale)
    history.add(row=version, part_of=version, by=by)
    version.causes.set(Cause.objects.filter(unit=None))
    return version


def free_code(name, unit):
    """A code for a framework of the unit: its name, with a number if another has that there."""
    there = Framework.objects.filter(unit__organisation=unit.organisation_id)
    taken = OTHER_PAGES.union(there.values_list("code", flat=True))
    return code_from(name, taken, otherwise="framework")


@transaction.atomic
def start(*, framework, by):
    """A draft of the next version: a copy of the newest published one, each criterion the same.

    Its words in a second language come with it.
    """
    framework = history.locked_row(framework)
    if framework.versions.drafts().exists():
        raise HasDraft
    earlier = framework.versions.order_by("-number").first()
    version = FrameworkVersion(
        framework=framework, number=earlier.number + 1, scale_id=earlier.scale_id
    )
    history.add(row=version, part_of=version, by=by)
    version.causes.set(earlier.causes.all())
    version.lenses.set(earlier.lenses.all())
    for domain in earlier.domains.order_by("position"):
        copy_domain(domain, version)
    if earlier.shown_first_id:
        version.shown_first = Criterion.objects.get(
            version=version, continues_from__earlier=earlier.shown_first_id
        )
        version.save(update_fields=["shown_first"])
    saying.copy(earlier=earlier, later=version)
    return version


def copy_domain(domain, version):
    copied = copy_of(domain, version=version)
    for criterion in domain.criteria.order_by("position"):
        later = copy_criterion(criterion, domain=copied, version=version)
        Lineage.objects.create(
            version=version, kind=Lineage.Kind.SAME, earlier=criterion, later=later
        )
    return copied


def copy_criterion(criterion, **fields):
    """A criterion with its levels, prompts, examples, ties to clauses, and where it comes first."""
    copied = copy_of(criterion, **fields)
    for model in (LevelDescription, Prompt, Example, Crosswalk, FirstFor):
        rows = model.objects.filter(criterion=criterion).order_by("pk")
        model.objects.bulk_create(like(row, criterion=copied) for row in rows)
    return copied


def copy_of(row, **fields):
    """A new row like this one, save for the fields given."""
    made = like(row, **fields)
    made.save(force_insert=True)
    return made


def like(row, **fields):
    """A new row like this one, save for the fields given, and not saved."""
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key and field.name not in (*fields, "revision")
    }
    return type(row)(**values, **fields)


@transaction.atomic
def add_domain(*, version, name, about, by):
    place = version.domains.count() + 1
    domain = Domain(version=version, name=name, about=about, position=place, code=str(place))
    return history.add(row=domain, part_of=version, by=by)


@transaction.atomic
def add_criterion(*, form, by):
    """Add what a valid CriterionForm holds, at the end of its domain."""
    criterion = form.instance
    criterion.version = criterion.domain.version
    criterion.position = criterion.version.criteria.count() + 1
    place = criterion.domain.criteria.count() + 1
    criterion.code = follow(criterion, f"{criterion.domain.code}.{place}")
    history.add(row=criterion, part_of=criterion.version, by=by)
    form.save()
    renumber(criterion.version)
    criterion.refresh_from_db()
    return criterion


@transaction.atomic
def duplicate(*, criterion, by):
    """Copy a criterion, right after the first, for changing."""
    version = criterion.version
    doubled = copy_criterion(
        criterion,
        name=f"{criterion.name[:112]} (again)",
        code=f"{criterion.domain.code}.0",
        position=version.criteria.count() + 1,
    )
    rows = [row for row in in_order(criterion.domain) if row != doubled]
    place = rows.index(criterion) + 1
    renumber(version, {criterion.domain_id: [*rows[:place], doubled, *rows[place:]]})
    doubled.refresh_from_db()
    history.write_down(Change.Verb.ADDED, doubled, version, by)
    return doubled


@transaction.atomic
def move(*, row, to, by):
    """Put a domain, or a criterion in its domain, at a place counted from 1; returns the place."""
    version = history.locked_row(row.version)
    rows = (
        list(version.domains.order_by("position"))
        if isinstance(row, Domain)
        else in_order(row.domain)
    )
    was = rows.index(row) + 1
    to = max(1, min(to, len(rows)))
    if to == was:
        return to
    rows.insert(to - 1, rows.pop(was - 1))
    if isinstance(row, Domain):
        renumber(version, domains=rows)
    else:
        renumber(version, {row.domain_id: rows})
    change = {"before": {"place": was}, "after": {"place": to}}
    history.write_down(Change.Verb.MOVED, row, version, by, **change)
    return to


def in_order(domain):
    return list(domain.criteria.order_by("position"))


@transaction.atomic
def delete(*, row, by):
    """Delete a domain or a criterion with all that hangs on it; the Change puts it back."""
    version = row.version
    try:
        change = history.delete(row=row, part_of=version, by=by)
    except ProtectedError as error:
        raise Tried from error
    renumber(version)
    return change


@transaction.atomic
def restore(*, change, version, by):
    """Put back what was deleted, where it stood."""
    make_room(change, version)
    forget_lineage(change, version)
    row = history.restore(change=change, part_of=version, by=by)
    # Words of a scale that the draft has given up since.
    described = LevelDescription.objects.filter(criterion__version=version)
    described.exclude(level__scale=version.scale_id).delete()
    renumber(version)
    return row


def make_room(change, version):
    """Shift what took the places of the rows that come back, and its codes."""
    kept = {"frameworks.domain": Domain, "frameworks.criterion": Criterion}
    for each in change.before["rows"]:
        if model := kept.get(each["model"]):
            at = each["fields"]["position"]
            after = model.objects.filter(version=version, position__gte=at).order_by("-position")
            for row in after:
                row.position += 1
                row.code = f"+{row.pk}"[:10] if FOLLOWS[model].fullmatch(row.code) else row.code
            model.objects.bulk_update(after, ["position", "code"])


def forget_lineage(change, version):
    """What the old criteria were said to continue in since: an admin says it anew."""
    rows = change.before["rows"]
    ties = [row["fields"] for row in rows if row["model"] == "frameworks.lineage"]
    for row in ties:
        row.update(confirmed_at=None, confirmed_by=None)
    version.lineage.filter(earlier__in={row["earlier"] for row in ties} - {None}).delete()


def renumber(version, orders=None, domains=None):
    """Count positions anew, from 1 without gaps, and let the codes that follow the place follow.

    `orders` gives another order of the criteria of some domains, by the domain's pk.
    """
    domains = domains or list(version.domains.order_by("position"))
    held = defaultdict(list)
    for criterion in version.criteria.order_by("position"):
        held[criterion.domain_id].append(criterion)
    position = 0
    criteria = []
    for place, domain in enumerate(domains, start=1):
        domain.position = place
        domain.code = follow(domain, str(place))
        rows = (orders or {}).get(domain.pk) or held[domain.pk]
        for at, criterion in enumerate(rows, start=1):
            position += 1
            criterion.position = position
            criterion.code = follow(criterion, f"{domain.code}.{at}")
            criteria.append(criterion)
    Domain.objects.bulk_update(domains, ["position", "code"])
    Criterion.objects.bulk_update(criteria, ["position", "code"])


def follow(row, code):
    """The code of a place, unless someone gave the row a code of its own."""
    own = row.code and not row.code.startswith("+") and not FOLLOWS[type(row)].fullmatch(row.code)
    return row.code if own else code
