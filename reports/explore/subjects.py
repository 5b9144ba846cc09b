"""What figures can be about: criteria with their earlier wordings, themes, and clauses of standards.

Papers tell names alone. A name is found again among the published versions and the codebooks that the
person can read; one that is not found there is a choice by itself.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.text import slugify

from frameworks.models import Clause, Criterion, FrameworkVersion, Standard, Theme
from reports.summaries.lines import read_line


@dataclass(frozen=True)
class Subject:
    """One choice: what stands in the address, what it is called, and the names that it was told by."""

    key: str
    label: str
    names: frozenset
    pks: tuple = ()  # of each wording, the newest last
    of: frozenset = frozenset()  # the frameworks that a criterion is of


def by_label(subjects):
    return {each.key: each for each in sorted(subjects, key=lambda each: each.label)}


def names_of(rows, fits):
    return {row.line.about for row in rows if getattr(row.line, fits)}


def criteria_of(user, rows):
    """{key: Subject} of the criteria that figures were told of; wordings that mean the same are one."""
    names = names_of(rows, "is_of_a_criterion")
    versions = FrameworkVersion.objects.visible_to(user).published()
    found = Criterion.objects.filter(version__in=versions, name__in=names)
    found = list(found.select_related("version").order_by("version__number", "pk"))
    line = read_line({each.version.framework_id for each in found})
    together = defaultdict(list)
    for each in found:
        end = line.end(each.pk)
        together[end].append(each)
    subjects = [
        Subject(
            str(end),
            told[-1].name,
            frozenset(each.name for each in told),
            tuple(each.pk for each in told),
            frozenset(each.version.framework_id for each in told),
        )
        for end, told in together.items()
    ]
    return by_label([*subjects, *left_over(names, subjects)])


def themes_of(user, rows):
    """{key: Subject} of the themes that figures were told of."""
    names = names_of(rows, "is_of_a_theme")
    found = Theme.objects.visible_to(user).filter(short__in=names, is_draft=False)
    newest = {each.short: each for each in found.order_by("pk")}
    subjects = [
        Subject(str(each.pk), name, frozenset([name]), (each.pk,)) for name, each in newest.items()
    ]
    return by_label([*subjects, *left_over(names, subjects)])


def left_over(names, subjects):
    known = frozenset().union(*(each.names for each in subjects))
    return [Subject(slugify(name), name, frozenset([name])) for name in names - known]


def clauses_of(user, criteria):
    """{key: Subject} of the clauses that these criteria are linked to, under their standard."""
    of_pk = {pk: each for each in criteria.values() for pk in each.pks}
    standards = Standard.objects.visible_to(user)
    linked = Clause.objects.filter(standard__in=standards, crosswalks__criterion__in=of_pk)
    pairs = linked.values_list("pk", "crosswalks__criterion")
    names = defaultdict(set)
    for clause, criterion in pairs:
        if criterion in of_pk:
            names[clause] |= of_pk[criterion].names
    found = Clause.objects.filter(pk__in=names).select_related("standard")
    return {
        str(each.pk): Subject(str(each.pk), f"{each.standard}: {each}", frozenset(names[each.pk]))
        for each in found.order_by("standard__name", "position")
    }
