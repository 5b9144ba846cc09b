"""How the criteria of a framework showed up, earlier wordings joined along their lineage."""

from collections import Counter, defaultdict

from django.db.models import Count, Q, Sum

from frameworks.models import Criterion, FrameworkVersion, Level
from observations.models import Rating
from reports.models import CriterionCell
from reports.summaries.lines import read_line
from reports.summaries.shape import CriterionRow


def criterion_rows(scope, version=None):
    """The version (the one in force, if none is given), its levels' names, and the rows.

    The version's own criteria come first, in its order; those that join none of them come after.
    """
    counted = counts_by_criterion(scope)
    day = scope.window.last_day
    version = version or FrameworkVersion.objects.live_for(scope.unit, day)
    criteria = criteria_of(version, counted)
    version = version or newest_version(criteria.values())
    if version is None:
        return None, (), ()
    levels = levels_of(criteria.values())
    frameworks = {criterion.version.framework_id for criterion in criteria.values()}
    line = read_line(frameworks, max(day, version.effective_on))
    groups = defaultdict(list)
    for criterion in criteria.values():
        groups[line.end(criterion.pk)].append(criterion)
    rows = [row_of(group, version, counted, levels, line) for group in groups.values()]
    names = tuple(level.name for level in levels[version.scale_id])
    return version, names, tuple(sorted(rows, key=lambda row: order(row, version)))


def counts_by_criterion(scope):
    """{criterion: {(outcome, level): observations}}, from the cells wherever they can tell."""
    if scope.kind_of_work:
        rows = scope.parts(Rating).values_list("criterion_id", "outcome", "level_id")
        rows = rows.annotate(Count("pk"))
    else:
        rows = scope.cells(CriterionCell).values_list("criterion_id", "outcome", "level_id")
        rows = rows.annotate(Sum("observations"))
    counted = defaultdict(Counter)
    for criterion, outcome, level, count in rows:
        counted[criterion][outcome, level] += count
    return counted


def criteria_of(version, counted):
    wanted = Criterion.objects.filter(Q(version=version) | Q(pk__in=list(counted)))
    return wanted.select_related("version__framework", "domain").in_bulk()


def newest_version(criteria):
    versions = [criterion.version for criterion in criteria]
    return max(versions, key=lambda version: (version.effective_on, version.pk), default=None)


def levels_of(criteria):
    """The levels of each scale that is used, lowest first."""
    scales = {criterion.version.scale_id for criterion in criteria}
    found = defaultdict(list)
    for level in Level.objects.filter(scale__in=scales).order_by("position"):
        found[level.scale_id].append(level)
    return found


def row_of(group, version, counted, levels, line):
    """One row of all wordings of a criterion, under the newest of them."""
    group = sorted(group, key=lambda criterion: (criterion.version.number, criterion.pk))
    newest = group[-1]
    total = add_up(group, counted, line)
    scale = levels[newest.version.scale_id]
    return CriterionRow(
        newest,
        levels=tuple(level.name for level in scale),
        counts=tuple(total[Rating.Outcome.LEVEL, level.pk] for level in scale),
        missed=total[Rating.Outcome.MISSED, None],
        not_seen=total[Rating.Outcome.NOT_SEEN, None],
        apart="" if newest.version_id == version.pk else line.why_apart(newest, version),
        joined=tuple(line.joined(criterion) for criterion in group[:-1]),
        wordings=line.wordings(newest.pk),
        began=line.began(newest),
        notes=line.notes(newest.pk),
    )


def add_up(criteria, counted, line):
    """The counts of all wordings of one criterion; of criteria that none joins, `NotJoined`."""
    line.refuse_if_apart(criteria)
    total = Counter()
    for criterion in criteria:
        total.update(counted[criterion.pk])
    return total


def order(row, version):
    criterion = row.criterion
    own = criterion.version
    return (
        own.pk != version.pk,
        own.framework_id != version.framework_id,
        own.framework.name,
        -own.number,
        criterion.position,
    )
