"""What a summary holds: plain counts, in the order in which they are shown."""

from dataclasses import dataclass, field
from datetime import date

from frameworks.models import Clause, Criterion, FrameworkVersion, Standard, Theme
from observations.models import Passage
from practicelens.people.models import Unit
from reports.periods import Window
from reports.summaries.answers import FamilyCards
from reports.summaries.lens_shape import RiskTalk


@dataclass(frozen=True)
class CriterionRow:
    """How one criterion showed up.

    `criterion` is the newest wording. `counts` holds a count for each level, lowest first. `missed`
    counts opportunities missed; they are in neither `seen` nor `not_seen`. `not_seen` counts the
    observations in which it was asked about and not seen. `apart` says why the row is by itself
    and joins no criterion of the newest version; empty for those of the newest version. `joined`
    names the earlier wordings counted with it: [(version number, "same" or "reworded")]; `wordings`
    holds the pk of each of them, and its own. Nothing is counted before it `began`; `notes` says
    where its trend begins or ends, because it was split, merged or dropped.
    """

    criterion: Criterion
    levels: tuple
    counts: tuple
    missed: int
    not_seen: int
    apart: str = ""
    joined: tuple = ()
    wordings: frozenset = frozenset()
    began: date | None = None
    notes: tuple = ()

    @property
    def label(self):
        return self.criterion.name

    @property
    def seen(self):
        """Observations in which it was seen and given a level: the base of what is said of it."""
        return sum(self.counts)

    @property
    def of(self):
        """Observations in which it was asked about."""
        return self.seen + self.missed + self.not_seen

    @property
    def upper(self):
        """Observations in the upper half of the levels: evident or strong, of the shipped four."""
        return sum(self.counts[len(self.counts) // 2 :])

    @property
    def upper_words(self):
        """Evident or strong: the names of those levels."""
        return upper_words(self.levels)


def upper_words(levels):
    """What the upper half of the levels is called in a sentence: evident or strong."""
    return half_words([name.removesuffix(" example") for name in levels[len(levels) // 2 :]])


def half_words(names):
    """Levels in a sentence: evident or strong; of many, the first to the last: 5 to 10."""
    said = " or ".join(names) if len(names) <= 3 else f"{names[0]} to {names[-1]}"
    return said.lower()


@dataclass(frozen=True)
class Spoken:
    """Observations that spoke to a clause, each once: a criterion of it was rated or missed.

    `upper` and `lower` count those in which a criterion was in the upper half of its levels, or in
    the lower; `missed` those with an opportunity missed. One observation may be in all three.
    """

    observations: int = 0
    upper: int = 0
    lower: int = 0
    missed: int = 0


@dataclass(frozen=True)
class ClauseRow:
    """What speaks to a clause: criteria, and observations of a window and the one before.

    `rows` are of the framework's version in force, `apart` of others or of earlier versions. The
    observations before are counted by the same criteria.
    """

    clause: Clause
    rows: tuple
    apart: tuple
    spoken: Spoken
    before: Spoken


@dataclass(frozen=True)
class ByClause:
    """A window read by the clauses of a standard, in its order.

    `untied` are the criteria of the version in force that speak to none of its clauses;
    `observations_before` are those of the window before, the base of what is said of it.
    """

    standard: Standard
    window: Window
    version: FrameworkVersion | None
    levels: tuple
    observations: int
    observations_before: int
    clauses: tuple
    untied: tuple

    @property
    def is_tied(self):
        """Whether any criterion speaks to any clause."""
        return any(row.rows or row.apart for row in self.clauses)


@dataclass(frozen=True)
class ThemeRow:
    """Confirmed passages that speak to a theme, by what they do to practice.

    `suggested` counts those that nobody has looked at yet; they are in none of the others.
    `observations` counts the observations with a confirmed passage. `split_on` is the day from
    which it holds a part of another theme, `split_from`, that was split; None for most.
    `tells_of` holds what it tells leaders of, and what the themes do that were merged into it.
    """

    theme: Theme
    helps: int = 0
    hinders: int = 0
    neither: int = 0
    suggested: int = 0
    observations: int = 0
    split_on: date | None = None
    split_from: str = ""
    tells_of: frozenset = frozenset()

    @property
    def label(self):
        return self.theme.short

    @property
    def confirmed(self):
        return self.helps + self.hinders + self.neither


@dataclass(frozen=True)
class CauseRow:
    """Opportunities missed that were put down to one cause."""

    code: str
    label: str
    missed: int


@dataclass(frozen=True)
class FrictionRow:
    """One kind of system or process: entries that got in the way and that helped, and minutes."""

    system: str
    label: str
    hindered: int = 0
    helped: int = 0
    lost: int = 0
    gained: int = 0

    @property
    def entries(self):
        return self.hindered + self.helped


@dataclass(frozen=True)
class ProximityRow:
    """Observations at one closeness; `is_direct` for the three closest."""

    code: str
    label: str
    observations: int
    is_direct: bool


@dataclass(frozen=True)
class CoverageRow:
    """One team: observations in each column of the grid (`Summary.columns`), in its order.

    `part` names the unit that it is in, directly under the summary's own, or itself.
    """

    unit: Unit
    counts: tuple
    observations: int
    part: str = ""


@dataclass(frozen=True)
class Column:
    """A column of the coverage grid. An `overlaps` column counts again what the others hold."""

    code: str
    label: str
    overlaps: bool = False


@dataclass(frozen=True)
class Replies:
    """What the practitioners replied; every observation is in exactly one of the six counts.

    `felt` is how being observed felt, as (words, how many), once five people have said.
    `withheld` are those of someone's practice that are not shared with them, of `of_someone`, and
    `why` the reasons given, without how many gave which.
    """

    agreed: int = 0
    disagreed: int = 0
    no_reply: int = 0
    waiting: int = 0
    not_shared: int = 0
    no_practitioner: int = 0
    felt: tuple = ()
    of_someone: int = 0
    withheld: int = 0
    why: tuple = ()

    @property
    def replied(self):
        return self.agreed + self.disagreed


@dataclass(frozen=True)
class TalkRow:
    """Minutes for which one role spoke, in how many meetings; `about` says whose side it is on."""

    role: str
    label: str
    minutes: int
    meetings: int
    is_family: bool
    about: str = ""


@dataclass(frozen=True)
class FamilyShare:
    """The family's minutes of all minutes spoken, in months with five timed meetings or more.

    Months with fewer are joined with the next; `months` holds all that are in it. `share` is a
    whole percentage, or None where even the whole window has fewer than five timed meetings.
    """

    months: tuple
    meetings: int
    minutes: int
    family_minutes: int
    share: int | None

    @property
    def words(self):
        """June to August 2026."""
        first, last = self.months[0], self.months[-1]
        if first == last:
            return f"{last:%B %Y}"
        year = " %Y" if first.year != last.year else ""
        return f"{first:%B}{first.strftime(year)} to {last:%B %Y}"


@dataclass(frozen=True)
class Meetings:
    """Meetings observed, and what they did with their power.

    `timed` counts those with minutes by role. `noted` is {fact: ((code, label, count), ...)} by the
    names of `observations.meeting_facts`, every choice in its order. `asked` and `decided_of` are
    the bases: meetings in which it was written down who was asked first, and how it was decided.
    `asked_family` counts those in which someone of the family was asked first.
    """

    meetings: int = 0
    timed: int = 0
    talk: tuple = ()
    noted: dict = field(default_factory=dict)
    asked_family: int = 0
    by_month: tuple = ()

    @property
    def minutes(self):
        return sum(row.minutes for row in self.talk)

    @property
    def family_minutes(self):
        return sum(row.minutes for row in self.talk if row.is_family)

    @property
    def family_share(self):
        """A whole percentage, or None where nobody's minutes were written down."""
        return round(100 * self.family_minutes / self.minutes) if self.minutes else None

    @property
    def asked(self):
        return self.noted_of("asked_first")

    @property
    def decided(self):
        return self.noted.get("decided", ())

    @property
    def decided_of(self):
        return self.noted_of("decided")

    def noted_of(self, name):
        """In how many meetings this fact was noted."""
        return sum(count for _, _, count in self.noted.get(name, ()))


@dataclass(frozen=True)
class Summary:
    """What a unit and everything below it adds up to in a window.

    `month_observations` and `month_teams_seen` are those of the window's last month. `observers`
    holds the number of observations of each observer, most first, without names. `called_off` counts
    visits that were planned and did not take place. `watched` counts
    observations that say how the observer’s presence may have changed what happened. `minutes` is
    the time observed. `version` is the newest framework version in force, or None. `levels` are its
    scale's names. `criteria` are in the version's order; those that join no criterion of it come
    last (`apart`). `themes` are in the codebook's order, themes without a passage included.
    `evenings` and `weekends` count observations in the evening or at night, and on a Saturday or
    Sunday.
    """

    unit: Unit
    window: Window
    kind_of_work: str
    observations: int = 0
    month_observations: int = 0
    teams: int = 0
    teams_seen: int = 0
    month_teams_seen: int = 0
    observers: tuple = ()
    called_off: int = 0
    watched: int = 0
    minutes: int = 0
    evenings: int = 0
    weekends: int = 0
    version: FrameworkVersion | None = None
    levels: tuple = ()
    criteria: tuple = ()
    themes: tuple = ()
    causes: tuple = ()
    friction: tuple = ()
    proximity: tuple = ()
    columns: tuple = ()
    coverage: tuple = ()
    replies: Replies = field(default_factory=Replies)
    meetings: Meetings = field(default_factory=Meetings)
    families: FamilyCards = field(default_factory=FamilyCards)
    risk: RiskTalk = field(default_factory=RiskTalk)
    lenses: tuple = ()
    systems: tuple = ()

    @property
    def direct(self):
        return sum(row.observations for row in self.proximity if row.is_direct)

    @property
    def missed(self):
        return sum(row.missed for row in self.causes)

    @property
    def suggested(self):
        """Passages that wait for someone to look at what was suggested."""
        return sum(row.suggested for row in self.themes)

    @property
    def minutes_lost(self):
        return sum(row.lost for row in self.friction)

    def criterion(self, pk):
        """The row in which a criterion is counted, in whatever wording; or None."""
        return next((row for row in self.criteria if pk in row.wordings), None)

    def theme(self, pk):
        """The row of a theme, or None."""
        return next((row for row in self.themes if row.theme.pk == pk), None)


@dataclass(frozen=True)
class Series:
    """A count for each month, oldest first; None before the first observation of the unit.

    `joins` says where another wording begins: [(position of its first month, words)]. `notes` says
    where it begins or ends because no lineage leads on. While `is_open` its last month is not over,
    and its last value is of the days so far.
    """

    label: str
    counted: str
    months: tuple
    values: tuple
    joins: tuple = ()
    notes: tuple = ()
    is_open: bool = False


@dataclass(frozen=True)
class Quotable:
    """A passage that may be put forward, with what a reader needs beside it.

    `text` is the sentence quoted: `start` and `end` are its place in the passage. `kind` is seen
    or heard; `reply` is what the practitioner answered; `is_suggested` where nobody has confirmed
    the theme, and `precision` says how often such suggestions are right; `was_named` where a name
    was once found in these words. `unit`, `url` and `observer_id` are for practice leaders, never
    for leaders.
    """

    passage_id: int
    observation_id: int
    observer_id: int
    unit: Unit
    url: str
    text: str
    start: int
    end: int
    kind: str
    kind_of_work: str
    month: date
    reply: str
    is_suggested: bool
    was_named: bool = False
    precision: str = ""

    @property
    def unit_id(self):
        return self.unit.pk

    @property
    def kind_words(self):
        return Passage.Kind(self.kind).label

    @property
    def from_words(self):
        """Seen. Home visit, November 2026. Agreed."""
        return f"{self.kind_words}. {self.kind_of_work}, {self.month:%B %Y}. {self.reply}"

    @property
    def how(self):
        """For leaders, without the month: Seen, home visit. The practitioner agreed."""
        return f"{self.kind_words}, {self.kind_of_work.lower()}. {REPLIES[self.reply]}"


REPLIES = {
    "Agreed": "The practitioner agreed.",
    "Disagreed": "The practitioner disputed it; their reply is attached.",
    "No reply": "The practitioner did not answer.",
    "Waiting": "The practitioner has not answered yet.",
    "Not shared yet": "Not shared with the practitioner yet.",
    "No one practitioner": "No one practitioner was observed.",
}


@dataclass(frozen=True)
class Passages:
    """The best passages of one side, and in how many passages of the window it was looked for.

    `confirmed` and `suggested` count all there are that may be quoted. `words` says how the best
    were chosen, or that there are none.
    """

    chosen: tuple
    confirmed: int
    suggested: int
    looked: int
    words: str


@dataclass(frozen=True)
class LastSeen:
    """A kind of work in one team, and when it was last seen (None where it never was).

    `months` tells for each of the last months, oldest first, whether it was seen.
    """

    unit: Unit
    column: Column
    seen_on: date | None
    months: tuple

    @property
    def label(self):
        return f"{self.column.label}, {self.unit}"
