"""What the pages on frameworks, themes and standards show, each in a fixed number of queries."""

from itertools import groupby
from operator import attrgetter

from django.db.models import Prefetch

from frameworks.models import (
    Clause,
    Codebook,
    Criterion,
    Crosswalk,
    FrameworkVersion,
    Lineage,
    Standard,
    Theme,
)
from practicelens.people.models import Unit, know_zones


def with_versions(frameworks, user):
    """Frameworks in order of name, each with the `shown_versions` that the user can read."""
    shown = FrameworkVersion.objects.visible_to(user).select_related("second_language")
    versions = shown.order_by("-number")
    return (
        frameworks.select_related("unit")
        .prefetch_related(Prefetch("versions", versions, to_attr="shown_versions"))
        .order_by("name", "pk")
    )


def each_with_its_day(frameworks):
    """Frameworks that each know the day where they are, on which the state of a version depends."""
    found = list(frameworks)
    know_zones(each.unit for each in found)
    return found


def changes(version):
    """How the criteria of the version before continue here, without those that are the same."""
    return (
        version.lineage.exclude(kind=Lineage.Kind.SAME)
        .select_related("earlier", "later")
        .order_by("later__position", "earlier__position")
    )


def clauses_spoken_to(version):
    """Each clause that the version speaks to, with the criteria that do."""
    ties = (
        Crosswalk.objects.filter(criterion__version=version)
        .select_related("criterion", "clause__standard")
        .order_by("clause__standard__name", "clause__position", "clause", "criterion__position")
    )
    return [
        {"clause": clause, "criteria": [tie.criterion for tie in of_clause]}
        for clause, of_clause in groupby(ties, attrgetter("clause"))
    ]


def standards(user):
    """Outside standards: those shipped, and those kept over the user's part of the tree."""
    shown = Standard.objects.visible_to(user).select_related("unit", "followed_by")
    return shown.order_by("name", "pk")


def with_criteria(standards, user):
    """Standards with their clauses, each with the `shown_ties` to criteria the user can read.

    What a retired version spoke to stands on the page of that version.
    """
    versions = FrameworkVersion.objects.visible_to(user).not_retired()
    readable = Criterion.objects.filter(version__in=versions)
    ties = (
        Crosswalk.objects.filter(criterion__in=readable)
        .select_related("criterion__version__framework")
        .order_by(
            "criterion__version__framework__name",
            "-criterion__version__number",
            "criterion__position",
        )
    )
    clauses = Clause.objects.order_by("position").prefetch_related(
        Prefetch("crosswalks", ties, to_attr="shown_ties")
    )
    return standards.prefetch_related(Prefetch("clauses", clauses))


def codebooks(user):
    """The codebooks open to the user, with their themes in order; drafts are no themes yet."""
    themes = Theme.objects.filter(is_draft=False).select_related("lens").order_by("position", "pk")
    return (
        Codebook.objects.visible_to(user)
        .select_related("unit")
        .prefetch_related(Prefetch("themes", themes))
        .order_by("name", "pk")
    )


def left_without(version, day):
    """The teams that have no framework once a version is retired on a day."""
    others = FrameworkVersion.objects.live(day).exclude(pk=version.pk)
    below = Unit.objects.below(version.framework.unit).teams().filter(closed_on=None)
    covered = Unit.objects.below(*others.values_list("framework__unit", flat=True))
    return below.exclude(pk__in=covered.values("pk")).order_by("name")


def published(versions):
    """Published versions, newest first, with who published them; each knows the day where it is."""
    found = list(
        versions.filter(published_at__isnull=False)
        .select_related("framework__unit", "published_by")
        .order_by("-effective_on", "-published_at", "-pk")
    )
    know_zones(each.framework.unit for each in found)
    return found
