"""All that is counted for a verdict file, read once: of the groups of its plan, and of nothing else."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from frameworks.models import FrameworkVersion, Theme
from frameworks.themes import mergers
from observations.models import Observation, Rating, choices
from reports.periods import Window, month_of
from reports.summaries.series import places
from reports.summaries.shape import CriterionRow, Series, ThemeRow
from reports.telling.planning import (
    EVERYTHING,
    QUARTER,
    Plan,
    kind_name,
    part_name,
    stretch_words,
)
from reports.verdicts.counting import Tally, beside_the_rest, observations_that_show, tally
from reports.verdicts.planning import plan_since
from reports.verdicts.subject import Subject


@dataclass(frozen=True)
class Place:
    """A part of the unit, or a kind of work: its Tally, and how it is beside the rest."""

    label: str
    tally: Tally
    change: object


@dataclass
class Evidence:
    """What may be told of a subject. `criteria` and `themes` are rows as a summary has them."""

    subject: Subject
    plan: Plan
    whole: Tally = field(default_factory=Tally)
    stretches: list = field(default_factory=list)  # [(label, Tally)] by quarter, oldest first
    months: int = 0  # that may be told of each, and how many of them say little alone
    thin_months: int = 0
    parts: list = field(default_factory=list)
    kinds: list = field(default_factory=list)
    criteria: tuple = ()
    themes: tuple = ()
    series: Series | None = None
    observers: int = 0
    direct: int = 0

    @property
    def window(self):
        return self.plan.window

    @property
    def observations(self):
        return self.whole.observations

    @property
    def levels(self):
        return tuple(level.name for level in self.subject.levels)

    def side(self, stance):
        """[(theme, passages)] of those that help, or hinder, the most first."""
        rows = [(row.label, getattr(row, stance)) for row in self.themes if getattr(row, stance)]
        return sorted(rows, key=lambda each: (-each[1], each[0]))


def evidence_of(verdict):
    """Everything counted, or an Evidence of nothing where nothing may be told."""
    subject = Subject(verdict)
    plan = plan_since(verdict.unit, subject.began)
    if plan.window is None:
        return Evidence(subject, plan)
    return Counting(subject, plan).evidence()


class Counting:
    """Counts each group of a plan by the observations that it holds."""

    def __init__(self, subject, plan):
        self.subject, self.plan = subject, plan
        self.groups = {group.name: group.notes for group in plan.groups}
        self.everything = self.groups[EVERYTHING]
        self.marks = subject.marks(self.everything)
        self.whole = tally(self.everything, self.marks)

    def evidence(self):
        rows = Observation.objects.filter(pk__in=self.everything)
        return Evidence(
            self.subject,
            self.plan,
            whole=self.whole,
            stretches=self.quarters(),
            thin_months=sum(self.of(stretch_words(each)).is_thin for each in self.months()),
            months=len(self.months()),
            parts=[self.place(each.label, part_name(each.names)) for each in self.plan.parts],
            kinds=[self.place(each.label, kind_name(each.label)) for each in self.plan.kinds],
            criteria=self.criterion_rows(),
            themes=self.theme_rows(),
            series=self.series(),
            observers=rows.values("observer").distinct().count(),
            direct=rows.filter(proximity__in=choices.DIRECT).count(),
        )

    def of(self, name):
        return tally(self.groups.get(name, ()), self.marks)

    def months(self):
        """The single months that may be told of; none where quarters are told."""
        return [each for each in self.plan.stretches if each[0] == each[-1]]

    def quarters(self):
        """[(label, Tally)]: what is told of in each quarter of the year, its months added up."""
        found = defaultdict(list)
        for first, last in self.plan.stretches:
            found[first.year, (first.month - 1) // QUARTER].append((first, last))
        return [(stretch_words((of[0][0], of[-1][-1])), self.together(of)) for of in found.values()]

    def together(self, stretches):
        keys = {key for each in stretches for key in self.groups[stretch_words(each)]}
        return tally(keys, self.marks)

    def place(self, label, name):
        found = self.of(name)
        return Place(label, found, beside_the_rest(found, self.whole))

    def criterion_rows(self):
        """A row for each criterion, its wordings counted together."""
        counted = defaultdict(Counter)
        rows = self.subject.ratings(self.everything)
        for criterion, outcome, level in rows.values_list("criterion", "outcome", "level"):
            counted[self.subject.line.end(criterion)][outcome, level] += 1
        return tuple(self.row(each, counted) for each in self.subject.criteria)

    def row(self, criterion, counted):
        line, levels = self.subject.line, self.subject.levels
        found = counted[line.end(criterion.pk)]
        return CriterionRow(
            criterion,
            levels=tuple(level.name for level in levels),
            counts=tuple(found[Rating.Outcome.LEVEL, level.pk] for level in levels),
            missed=found[Rating.Outcome.MISSED, None],
            not_seen=found[Rating.Outcome.NOT_SEEN, None],
            wordings=frozenset(line.wordings(criterion.pk)),
            began=line.began(criterion),
        )

    def theme_rows(self):
        """Confirmed passages by theme, each once; themes that were merged are one."""
        rows = self.subject.mentions(self.everything)
        heads = {
            member: head
            for head, members in mergers.counted_together().items()
            for member in members
        }
        passages = defaultdict(set)
        for theme, stance, passage in rows.values_list("theme", "stance", "passage"):
            passages[heads.get(theme, theme), stance].add(passage)
        themes = Theme.objects.filter(pk__in={theme for theme, _ in passages}, is_draft=False)
        return tuple(
            ThemeRow(
                theme,
                **{stance: len(passages[theme.pk, stance]) for stance in choices.Stance.values},
            )
            for theme in themes.order_by("codebook", "position")
        )

    def series(self):
        """How many observations of each month show it."""
        shown = Observation.objects.filter(pk__in=observations_that_show(self.marks))
        counted = Counter(shown.values_list("month", flat=True))
        rows = Observation.objects.filter(pk__in=self.everything)
        first = min(rows.values_list("month", flat=True))
        months = Window(first, self.plan.window.last_month).months
        joins, notes = self.joins()
        words = self.subject.upper_words
        what = "this was" if len(self.subject.criteria) == 1 else "half or more of it was"
        return Series(
            self.subject.verdict.subject_name,
            f"Observations each month in which {what} {words}",
            tuple(months),
            tuple(counted[month] for month in months),
            tuple(places(months, joins)),
            tuple(notes),
        )

    def joins(self):
        """Where another wording, or version, began: ([(month, words)], sentences)."""
        if self.subject.verdict.criterion_id:
            trend = self.subject.line.trend(self.subject.criteria[0])
            return trend.joins, trend.notes
        of_framework = FrameworkVersion.objects.followed().filter(
            framework=self.subject.version.framework_id, effective_on__gt=self.subject.began
        )
        return [
            (month_of(each.effective_on), f"Version {each.number}")
            for each in of_framework.order_by("effective_on")
        ], ()
