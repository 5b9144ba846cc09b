"""Which figures a reader was told: the lines of every issue and verdict file that they can read.

A superseded issue's figures were told by it and are in it; here the issue that took its place speaks. A
figure that several papers told of the same months is told by the newest.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from django.conf import settings
from django.utils.text import slugify

from observations.intervals import wilson
from reports.counts import part_of, shown
from reports.explore.told import Line, Measure, lines_of
from reports.models import Briefing, Verdict
from reports.periods import Window, month_words

KEPT = 512  # papers whose lines a process remembers: they are frozen


@dataclass(frozen=True)
class Paper:
    """What told it: an issue or a verdict file, and the unit that it is of."""

    pk: int
    name: str
    url: str
    told_on: date
    unit_pk: int
    code: str
    unit: str
    kind: str  # of paper: briefing or verdict


@dataclass(frozen=True)
class Row:
    """A line with the paper that told it."""

    paper: Paper
    line: Line

    @property
    def where(self):
        """What stands in the address for the unit, or for the part of it."""
        part = self.line.part
        return f"{self.paper.unit_pk}.{slugify(part)}" if part else str(self.paper.unit_pk)

    @property
    def where_words(self):
        part = self.line.part
        return f"{part} (part of {self.paper.unit})" if part else self.paper.unit

    @property
    def short_words(self):
        """Its place beside another: the part or the unit, and the kind of work if it is of one."""
        place = self.line.part or self.paper.unit
        return f"{place}: {self.line.work.lower()}" if self.line.work else place

    @property
    def months(self):
        """What stands in the address for its months."""
        return f"{self.line.first:%Y-%m}.{self.line.last:%Y-%m}"

    @property
    def months_words(self):
        return stretch(self.line.first, self.line.last)

    @property
    def window(self):
        return Window(self.line.first, self.line.last)

    @property
    def group(self):
        return self.where, self.months, self.line.work

    @property
    def what(self):
        """Whatever of which months is the same figure, whoever told it."""
        return *self.group, self.line.measure, self.line.about

    @cached_property
    def interval(self):
        """The 95% interval of its share, or None: no share is told of a few."""
        line = self.line
        if not line.of or line.of < settings.SMALL_COUNT_THRESHOLD:
            return None
        return wilson(line.count, line.of)

    @property
    def of_what(self):
        return self.line.about or "All"

    @property
    def measure_words(self):
        """What is counted: levels by the names that they have there."""
        line = self.line
        if line.measure == Measure.UPPER and line.levels:
            return line.levels.capitalize()
        return line.measure.label

    @property
    def count_words(self):
        line = self.line
        return shown(line.count) if line.of is None else part_of(line.count, line.of)

    @property
    def share_words(self):
        if self.interval is None:
            return ""
        low, high = self.interval
        return f"{self.line.count / self.line.of:.0%} ({low:.0%} to {high:.0%})"

    @property
    def before_words(self):
        return part_of(*self.line.before) if self.line.before else ""

    @property
    def place(self):
        """Briefings before verdict files, the newest months first, then by name of the unit."""
        line = self.line
        last = -(line.last.year * 12 + line.last.month)
        return self.paper.kind, last, line.first, self.paper.unit, line.part, line.work


def stretch(first, last):
    """October 2026, or May to October 2026; both years where they differ."""
    if first == last:
        return month_words(last)
    return f"{first:%B}{f' {first:%Y}' if first.year != last.year else ''} to {month_words(last)}"


def rows_for(user):
    """Every figure that was told to this person, each once."""
    newest = {}
    for paper, lines in sorted(papers_for(user), key=lambda each: each[0].told_on, reverse=True):
        for line in lines:
            row = Row(paper, line)
            newest.setdefault(row.what, row)
    return sorted(newest.values(), key=lambda row: row.place)


def papers_for(user):
    """[(Paper, its lines)] of all that the person can read and that stands."""
    issued = Briefing.objects.visible_to(user).standing().select_related("unit")
    given = Verdict.objects.visible_to(user).filter(issued_at__isnull=False)
    found = [
        *issued.defer("figures", "content"),
        *given.select_related("unit").defer("figures", "content"),
    ]
    return [(paper_of(each), lines_from(type(each), each.pk, each.sha256)) for each in found]


def paper_of(row):
    is_briefing = isinstance(row, Briefing)
    version = f", version {row.version}" if is_briefing and row.version > 1 else ""
    return Paper(
        pk=row.pk,
        name=f"Issue {row.issue}{version}" if is_briefing else f"Verdict file {row.number}",
        url=row.get_absolute_url(),
        told_on=row.issued_at.astimezone(row.unit.zone).date(),
        unit_pk=row.unit_id,
        code=row.unit.code,
        unit=row.unit.name,
        kind="briefing" if is_briefing else "verdict",
    )


@lru_cache(maxsize=KEPT)
def lines_from(model, pk, sha256):
    """The lines of a frozen content, read once: its fingerprint says that it is the same."""
    content = model.objects.filter(pk=pk, sha256=sha256).values_list("content", flat=True).get()
    return lines_of(content)
