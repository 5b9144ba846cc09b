"""Whether what was learned suggests better than what suggests today, and how often it is right.

Every passage is judged by a model that learned nothing from its observation: those held back by the
new version itself, the rest by cross-validation in which no observation is on both sides.
"""

from dataclasses import dataclass
from functools import cached_property

from observations import coding
from observations.coding.learning import (
    FOLDS,
    LEAST_CONFIRMED,
    LEAST_REJECTED,
    NO,
    YES,
    Training,
)
from observations.coding.model import Model
from observations.engine import acting, likely_in

# With fewer decisions held back, a new version is compared by cross-validation.
LEAST_HELD_BACK = 20


@dataclass(frozen=True)
class Tally:
    """Of so many suggestions so many were right, where people confirmed so many of all they judged."""

    right: int = 0
    suggested: int = 0
    confirmed: int = 0
    judged: int = 0

    @property
    def f_half(self):
        """1.25 right / (suggested + confirmed / 4): being right counts more than finding all.

        So a flood of suggestions, which finds more, does not win (van Rijsbergen, 1979; F0.5).
        """
        return 1.25 * self.right / (self.suggested + self.confirmed / 4 or 1)

    @classmethod
    def of(cls, judged, theme=None):
        """`judged` are pairs of what was decided about a text and what is suggested for it."""
        right = suggested = confirmed = said = 0
        for decided, found in judged:
            asked = {*decided.labels, *decided.rejected}
            labels = set(decided.labels)
            if theme is not None:
                asked, labels = asked & {theme}, labels & {theme}
            right += len(found & labels)
            suggested += len(found & asked)
            confirmed += len(labels)
            said += len(asked)
        return cls(right, suggested, confirmed, said)

    def as_plain(self):
        return vars(self).copy()


@dataclass(frozen=True)
class Study:
    """A codebook's decided passages, what is learned from them, and what suggests today.

    `before` is the model in use, or None while words alone suggest.
    """

    book: coding.Codebook
    decided: list
    before: Model | None = None

    @cached_property
    def learned_from(self):
        return [each for each in self.decided if not each.is_held_back]

    @cached_property
    def held_back(self):
        return [each.confirmed for each in self.decided if each.is_held_back]

    @cached_property
    def observers(self):
        """Who wrote each observation."""
        return {each.confirmed.group: each.observer for each in self.decided}

    @property
    def is_held_back(self):
        """Whether enough is held back to try a version on."""
        decisions = sum(each.decisions for each in self.decided if each.is_held_back)
        return decisions >= LEAST_HELD_BACK

    @cached_property
    def training(self):
        return Training(self.book, [each.confirmed for each in self.learned_from])

    @property
    def model(self):
        return self.training.model

    @property
    def lacking(self):
        """What is still missing before any theme can be learned, in words; empty if nothing is."""
        if self.training.codes:
            return ""
        counts = [(self.count(at, YES), -at) for at in range(len(self.book.themes))]
        most, at = max(counts, default=(0, 0))
        if not most:
            return "No passage has been confirmed for a theme yet."
        name = self.book.themes[-at].name
        if most < LEAST_CONFIRMED:
            return (
                f"No theme has {LEAST_CONFIRMED} confirmed passages to learn from yet; “{name}” is "
                f"nearest, with {most}. A fifth of the observations is held back and not among them."
            )
        if self.count(-at, NO) < LEAST_REJECTED:
            return (
                f"“{name}” has {most} confirmed passages, but fewer than {LEAST_REJECTED} that "
                "people said are not about it."
            )
        return f"“{name}” has {most} confirmed passages, but from fewer than {FOLDS} observations."

    def count(self, column, decision):
        return int((self.training.truth[:, column] == decision).sum())

    @cached_property
    def crossed(self):
        """The passages learned from, each judged by a model that has not seen its observation."""
        return list(zip(self.training.confirmed, self.training.judged, strict=True))

    @cached_property
    def tried(self):
        """The passages held back, judged by the new version."""
        return self.suggested_by(acting(self.model), self.held_back)

    def suggested_by(self, model, texts):
        return [
            (each, {found.theme for found in likely_in(each.text, self.book, model)})
            for each in texts
        ]

    @cached_property
    def comparison(self):
        """The new version beside what suggests today, on the same passages, as plain numbers.

        With too few decisions held back it is beside the word lists, which have seen nothing, on
        all that it learned from; a version in use would have seen some of it.
        """
        if self.is_held_back:
            new, before = self.tried, self.suggested_by(self.before, self.held_back)
        else:
            new, before = self.crossed, self.suggested_by(None, [each for each, _ in self.crossed])
        return {
            "held_back": self.is_held_back,
            "passages": len(new),
            "notes": len({each.group for each, _ in new}),
            "new": Tally.of(new).as_plain(),
            "before": Tally.of(before).as_plain(),
        }

    def by_theme(self):
        """`{theme: numbers}`: how suggestions for each do on passages that were not seen."""
        judged = [*self.crossed, *self.tried]
        return {
            theme.code: Tally.of(judged, theme.code).as_plain()
            | {"learned": theme.code in self.model.themes}
            for theme in self.book.themes
        }


def is_worse(comparison):
    """Whether the new version has the lower F0.5."""
    return Tally(**comparison["new"]).f_half < Tally(**comparison["before"]).f_half


def in_words(comparison, rival):
    """Why a version comes into use or not. `rival` names what it was compared with."""
    new, before = Tally(**comparison["new"]), Tally(**comparison["before"])
    if comparison["held_back"]:
        where = f"On {comparison['passages']} passages held back from learning"
    else:
        where = (
            f"Fewer than {LEAST_HELD_BACK} decisions are held back yet, so it was tried on the "
            f"{comparison['passages']} passages it learned from, each time without their own observation: "
            "there"
        )
    how = (
        "worse than"
        if new.f_half < before.f_half
        else "better than"
        if new.f_half > before.f_half
        else "as well as"
    )
    return (
        f"{where} it did {how} {rival}. It made {new.suggested} suggestions, {new.right} of them "
        f"right, where people confirmed {new.confirmed}; {rival} made {before.suggested}, "
        f"{before.right} of them right. Both together, being right the more (F0.5, from 0 to 1): "
        f"{new.f_half:.2f} against {before.f_half:.2f}."
    )
