"""What lenses showed, as it is held in a summary."""

from dataclasses import dataclass

from observations.models.choices import RiskStatement


@dataclass(frozen=True)
class RiskTalk:
    """Risk statements, as observers marked them in passages, and in how many observations.

    `counts` has every kind in its order: ((RiskStatement, how many), ...). `before` is the same of
    the stretch of the same length before.
    """

    counts: tuple = ()
    observations: int = 0
    before: "RiskTalk | None" = None

    @property
    def seen(self):
        """All statements: the base of what is said of those that named a harm."""
        return sum(count for _, count in self.counts)

    @property
    def upper(self):
        """Those that named a harm, with evidence."""
        return dict(self.counts).get(RiskStatement.HARM, 0)


@dataclass(frozen=True)
class LensRow:
    """Passages that began from the questions of one lens, and in how many observations."""

    label: str
    passages: int
    observations: int


@dataclass(frozen=True)
class SystemRow:
    """One system or process by what it is called here: entries, and minutes it cost."""

    label: str
    entries: int
    lost: int
