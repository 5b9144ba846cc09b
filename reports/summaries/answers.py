"""How families answered on their cards, as it is shown."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CardQuestion:
    """How families answered one question of their cards; whoever left it out is in none of the three."""

    label: str
    yes: int
    partly: int
    no: int

    @property
    def answered(self):
        return self.yes + self.partly + self.no


@dataclass(frozen=True)
class FamilyCards:
    """The cards of families that came in, with or without words."""

    cards: int = 0
    questions: tuple = ()
