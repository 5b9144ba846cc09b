"""The lineage of criteria: a count runs along "same" and "reworded", and along nothing else."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.text import get_text_list

from frameworks.models import FrameworkVersion, Lineage
from reports.periods import day_words, month_of

JOINING = (Lineage.Kind.SAME, Lineage.Kind.REWORDED)
PARTED = {
    Lineage.Kind.SPLIT: "it was split in version {}",
    Lineage.Kind.MERGED: "it was merged in version {}",
    Lineage.Kind.DROPPED: "it was dropped in version {}",
}


class NotJoined(Exception):
    """Counts of criteria that no lineage joins can't be added up or compared; says why."""

    def __init__(self, one, other, why):
        super().__init__(f"“{one}” and “{other}” can’t be counted together. {why}")


@dataclass(frozen=True)
class Trend:
    """How far the counts of one criterion run, and why no farther.

    `wordings` holds the pk of each wording that is counted; `joins` is [(month, words)] of the
    joins between them, and of its end. Nothing was counted before `began`, nor from `ended` on.
    """

    wordings: tuple
    joins: tuple
    notes: tuple
    began: object
    ended: object = None


def trend_of(criterion, day=None):
    """The trend of a criterion in all versions published, or in those that came by a day."""
    version = criterion.version
    return read_line([version.framework_id], day and max(day, version.effective_on)).trend(
        criterion
    )


def read_line(frameworks, day=None):
    """How the criteria of these frameworks continue, in the versions in force by a day."""
    used = FrameworkVersion.objects.followed()
    steps = Lineage.objects.filter(version__framework__in=frameworks, version__in=used)
    if day:
        steps = steps.filter(version__effective_on__lte=day)
    return Line(
        steps.select_related("version", "earlier__version", "later").order_by("later__position")
    )


class Line:
    """What each criterion carries on in, and where it parts."""

    def __init__(self, steps):
        self.next, self.parted, self.parted_from = {}, defaultdict(list), defaultdict(list)
        for step in steps:
            # Words of another scale can't be counted together with these.
            joins = step.kind in JOINING
            if joins and step.version.scale_id == step.earlier.version.scale_id:
                self.next[step.earlier_id] = step
            elif step.earlier_id:
                self.parted[step.earlier_id].append(step)
                self.parted_from[step.later_id].append(step)

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

    def refuse_if_apart(self, criteria):
        """`NotJoined` unless all of them are wordings of one."""
        first, *others = criteria
        for other in others:
            if self.end(other.pk) != self.end(first.pk):
                notes = [*self.notes(first.pk), *self.notes(other.pk)]
                why = " ".join(dict.fromkeys(notes)) or "No lineage leads from one to the other."
                raise NotJoined(first, other, why)

    def why_apart(self, criterion, version):
        """Why a criterion is not counted together with any of the version's."""
        own = criterion.version
        if own.framework_id != version.framework_id:
            return f"Of another framework: {own.framework.name}"
        steps = self.parted.get(self.end(criterion.pk))
        if not steps:
            return f"In version {own.number} only"
        step = steps[0]
        if step.kind in JOINING:
            return f"In version {own.number}, which counted by other levels"
        return f"In version {own.number} only: {PARTED[step.kind].format(step.version.number)}"

    def began(self, criterion):
        """The day from which the earliest of its wordings applies."""
        wordings = self.wordings(criterion.pk)
        days = [self.next[pk].earlier.version.effective_on for pk in wordings if pk in self.next]
        return min([criterion.version.effective_on, *days])

    def trend(self, criterion):
        wordings = self.wordings(criterion.pk)
        joins = [
            (month_of(step.version.effective_on), self._join_words(step))
            for pk, step in self.next.items()
            if pk in wordings
        ]
        ended = None
        if steps := self.parted.get(self.end(criterion.pk)):
            ended = steps[0].version.effective_on
            joins.append((month_of(ended), f"Version {steps[0].version.number}, the trend ends"))
        return Trend(
            wordings=tuple(sorted(wordings)),
            joins=tuple(sorted(joins)),
            notes=self.notes(criterion.pk),
            began=self.began(criterion),
            ended=ended,
        )

    def _join_words(self, step):
        if step.earlier_id in self.parted:
            return f"Version {step.version.number}, carried on after a split"
        meaning = "same words" if step.kind == Lineage.Kind.SAME else "same meaning, reworded"
        return f"Version {step.version.number}, {meaning}"

    def notes(self, pk):
        """Where its trend comes from nothing, and where it ends, each in a sentence."""
        came = [note for each in self.wordings(pk) if (note := self._began_words(each))]
        steps = self.parted.get(self.end(pk))
        return (*came, self._end_words(steps)) if steps else tuple(came)

    def _end_words(self, steps):
        step = steps[0]
        code, day = step.earlier.code, on(step)
        if step.kind == Lineage.Kind.DROPPED:
            return f"{code} was dropped on {day}: its trend ends there."
        if step.kind == Lineage.Kind.SPLIT:
            codes = get_text_list([each.later.code for each in steps], "and")
            return f"{code} was split into {codes} on {day}: its trend ends there."
        if step.kind == Lineage.Kind.MERGED:
            codes = {each.earlier.code for each in self.parted_from[step.later_id]} - {code}
            into = f"with {get_text_list(sorted(codes), 'and')} into {step.later.code}"
            return f"{code} was merged {into} on {day}: its trend ends there."
        return f"{code} was counted by other levels from {day}: its trend ends there."

    def _began_words(self, pk):
        steps = self.parted_from.get(pk)
        if not steps:
            return ""
        code, day = steps[0].later.code, on(steps[0])
        codes = get_text_list(sorted(each.earlier.code for each in steps), "and")
        if steps[0].kind == Lineage.Kind.SPLIT:
            return f"{code} was split from {codes} on {day}: its trend begins there."
        if steps[0].kind == Lineage.Kind.MERGED:
            return f"{code} was merged from {codes} on {day}: its trend begins there."
        return f"{code} is counted by other levels from {day}: its trend begins there."


def on(step):
    return day_words(step.version.effective_on)
