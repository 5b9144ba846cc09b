"""How the criteria of a framework showed up, earlier wordings joined along their lineage."""

from collections import Counter, defaultdict

from django.db.models import Count, Q, Sum

from frameworks.models import Criterion, FrameworkVersion, Level, Lineage
from observations.models import Rating
from reports.models import CriterionCell
from reports.periods import month_of
from reports.summaries.shape import CriterionRow

JOINING = (Lineage.Kind.SAME, Lineage.Kind.REWORDED)
PARTED = {
    Lineage.Kind.SPLIT: "it was split in version {}",
    Lineage.Kind.MERGED: "it was merged in version {}",
    Lineage.Kind.DROPPED: "it was dropped in version {}",
}


def criterion_rows(scope, version=None):
    """The version (the one in force, if none is given), its levels' names, and the rows.

    The version's own criteria come first, in its order; those that join none of them come after.
    """
    counted = _counted(scope)
    day = scope.window.last_day
    version = version or FrameworkVersion.objects.live_for(scope.unit, day)
    criteria = _criteria(version, counted)
    version = version or _newest(criteria.values())
    if version is None:
        return None, (), ()
    levels = _levels(criteria.values())
    line = read_line(criteria.values(), max(day, version.effective_on))
    groups = defaultdict(list)
    for criterion in criteria.values():
        groups[line.end(criterion.pk)].append(criterion)
    rows = [_row(group, version, counted, levels, line) for group in groups.values()]
    names = tuple(level.name for level in levels[version.scale_id])
    return version, names, tuple(sorted(rows, key=lambda row: _order(row, version)))


def _counted(scope):
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


def _criteria(version, counted):
    wanted = Criterion.objects.filter(Q(version=version) | Q(pk__in=list(counted)))
    return wanted.select_related("version__framework", "domain").in_bulk()


def _newest(criteria):
    versions = [criterion.version for criterion in criteria]
    return max(versions, key=lambda version: (version.effective_on, version.pk), default=None)


def _levels(criteria):
    """The levels of each scale that is used, lowest first."""
    scales = {criterion.version.scale_id for criterion in criteria}
    found = defaultdict(list)
    for level in Level.objects.filter(scale__in=scales).order_by("position"):
        found[level.scale_id].append(level)
    return found


def _row(group, version, counted, levels, line):
    """One row of all wordings of a criterion, under the newest of them."""
    group = sorted(group, key=lambda criterion: (criterion.version.number, criterion.pk))
    newest = group[-1]
    total = Counter()
    for criterion in group:
        total.update(counted[criterion.pk])
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
    )


def _order(row, version):
    criterion = row.criterion
    own = criterion.version
    return (
        own.pk != version.pk,
        own.framework_id != version.framework_id,
        own.framework.name,
        -own.number,
        criterion.position,
    )


def read_line(criteria, day):
    """How the criteria of these frameworks continue, in the versions in force by a day."""
    frameworks = {criterion.version.framework_id for criterion in criteria}
    steps = Lineage.objects.filter(
        version__framework__in=frameworks,
        version__published_at__isnull=False,
        version__effective_on__lte=day,
        earlier__isnull=False,
    ).select_related("version", "earlier__version")
    return Line(steps)


class Line:
    """The lineage of criteria: a count runs along "same" and "reworded", and along nothing else."""

    def __init__(self, steps):
        self.next, self.parted = {}, {}
        for step in steps:
            # Words of another scale can't be counted together with these.
            joins = step.kind in JOINING
            if joins and step.version.scale_id == step.earlier.version.scale_id:
                self.next[step.earlier_id] = step
            else:
                self.parted[step.earlier_id] = step

    def end(self, pk):
        """The last criterion that this one continues in; itself where it does not."""
        while pk in self.next:
            pk = self.next[pk].later_id
        return pk

    def wordings(self, pk):
        """Every criterion that runs to where this one runs."""
        end = self.end(pk)
        return {pk, end, *(earlier for earlier in self.next if self.end(earlier) == end)}

    def joined(self, criterion):
        """The version of an earlier wording, and whether it reads the same in the next."""
        return criterion.version.number, self.next[criterion.pk].get_kind_display().lower()

    def why_apart(self, criterion, version):
        """Why a criterion is not counted together with any of the version's."""
        own = criterion.version
        if own.framework_id != version.framework_id:
            return f"Of another framework: {own.framework.name}"
        step = self.parted.get(self.end(criterion.pk))
        if step is None:
            return f"In version {own.number} only"
        if step.kind in JOINING:
            return f"In version {own.number}, which counted by other levels"
        return f"In version {own.number} only: {PARTED[step.kind].format(step.version.number)}"


def lineage_to(criterion):
    """A criterion with its earlier wordings, and [(month, words)] for each join between them."""
    steps = Lineage.objects.filter(
        version__framework=criterion.version.framework_id,
        version__published_at__isnull=False,
        earlier__isnull=False,
    ).select_related("version", "earlier__version")
    line = Line(steps)
    wordings = line.wordings(criterion.pk)
    joins = [
        (month_of(step.version.effective_on), _join_words(step))
        for pk, step in line.next.items()
        if pk in wordings
    ]
    return sorted(wordings), sorted(joins)


def _join_words(step):
    meaning = "same words" if step.kind == Lineage.Kind.SAME else "same meaning, reworded"
    return f"Version {step.version.number}, {meaning}"
