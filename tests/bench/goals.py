"""A figure beside its goal: what reading passages should reach on labelled texts kept apart.

The goals are for the folder of labelled texts that quality.py describes; a set with no goal of its
own (our made-up notes, the demonstration) is printed for comparison.
"""

from dataclasses import dataclass

HEAD = ["what was measured", "figure", "goal", ""]
WIDTHS = ["<58", ">8", ">8", "<5"]


@dataclass(frozen=True)
class Goal:
    least: float | None = None
    most: float | None = None

    def words(self, form):
        sign, bound = (">=", self.least) if self.most is None else ("<=", self.most)
        return f"{sign} {format(bound, form)}"

    def reached_by(self, value):
        return value >= self.least if self.most is None else value <= self.most


CODING = {
    "nothing confirmed: micro F1": Goal(least=0.50),
    "30 confirmed a theme: micro F1": Goal(least=0.62),
    "100 confirmed a theme: micro F1": Goal(least=0.65),
    "150 long notes confirmed: micro F1": Goal(least=0.66),
    "150 long notes confirmed: quotes right": Goal(least=0.82),
    "stance: AUC, outstanding against inadequate": Goal(least=0.90),
    "stance: rank agreement of visits": Goal(least=0.85),
    "passages of 150 words a second, keywords": Goal(least=500),
    "passages of 150 words a second, learned": Goal(least=500),
    "memory while coding, MB": Goal(most=400),
    "with the model, observations left out: micro F1": Goal(least=0.50),
    "with the model, observations left out: likely, right": Goal(least=0.60),
    "with the model, 40 observations: micro F1": Goal(least=0.40),
    "with the model: passages of 25 words a second": Goal(least=80),
    "with the model: memory, MB": Goal(most=400),
}
IDENTIFIERS = {
    "PERSON": Goal(least=0.985),
    "PERSON_LC": Goal(least=0.85),
    "INITIALS": Goal(least=0.85),
    "worst of the rest": Goal(least=0.99),
    "all": Goal(least=0.98),
    "precision": Goal(least=0.985),
    "notes with a residue": Goal(most=0.12),
    "notes a second": Goal(least=300),
}
GOALS = (
    CODING
    | {f"labelled notes, dev: {name}": goal for name, goal in IDENTIFIERS.items()}
    | {f"labelled notes, holdout: {name}": goal for name, goal in IDENTIFIERS.items()}
    | {"identifiers: words of comments hidden": Goal(most=0.02)}
)


@dataclass(frozen=True)
class Figure:
    """One thing measured; `form` is how it is written, `beside` what is said with its name."""

    name: str
    value: float
    form: str = ".3f"
    beside: str = ""

    @property
    def goal(self):
        return GOALS.get(self.name)

    @property
    def verdict(self):
        if self.goal is None:
            return ""
        return "ok" if self.goal.reached_by(self.value) else "miss"

    def cells(self):
        name = f"{self.name}, {self.beside}" if self.beside else self.name
        goal = self.goal.words(self.form) if self.goal else ""
        return [name, format(self.value, self.form), goal, self.verdict]

    def as_dict(self):
        """As it goes to a file: the goal and the verdict only where there is a goal."""
        told = {"name": self.name, "beside": self.beside, "value": round(self.value, 4)}
        if self.goal:
            told |= {"goal": self.goal.words(self.form), "verdict": self.verdict}
        return {what: each for what, each in told.items() if each != ""}


def show(cells):
    line = " | ".join(f"{cell:{width}}" for cell, width in zip(cells, WIDTHS, strict=True))
    print(line.rstrip(" |"), flush=True)
