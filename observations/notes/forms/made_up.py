"""The form of a draft as an observer would meet it, about a visit that never was. Nothing is kept."""

from collections import Counter

from observations.models import Passage, Rating
from observations.notes.completeness import answer_lacks
from observations.notes.forms.ratings import AnswersForm, criteria_of, in_short, outcome_of

KIND_OF_WORK = "home_visit"
VISIT = [
    ("seen", "She knelt by the cot to say who she was, and left her bag in the hall till later."),
    ("heard", "“Nobody has asked me about the nights,” the father said, and told her of them."),
    ("reading", "I think that he was relieved to be asked."),
]


class MadeUpVisitForm(AnswersForm):
    """All criteria of a draft, with the passages of the made-up visit to tick."""

    keeps_nothing = True  # so the page promises nothing of what was typed

    def __init__(self, *args, version, **kwargs):
        self.passages = {
            str(at): Passage(kind=kind, text=text) for at, (kind, text) in enumerate(VISIT, start=1)
        }
        super().__init__(
            *args,
            version=version,
            criteria=criteria_of(version=version),
            told=[(at, in_short(at, row)) for at, row in self.passages.items()],
            **kwargs,
        )

    def clean(self):
        """What an observer would still be asked before the observation could be submitted."""
        for criterion in self.criteria:
            rating = self.rating_of(criterion)
            ticked = self.cleaned_data.get(f"passages_{criterion.pk}", [])
            if words := answer_lacks(rating, [self.passages[at] for at in ticked]):
                place = "cause" if rating.outcome == Rating.Outcome.MISSED else "answer"
                self.add_error(f"{place}_{criterion.pk}", words)

    def rating_of(self, criterion):
        """What would be rated, saved nowhere."""
        outcome, level = outcome_of(self.cleaned_data.get(f"answer_{criterion.pk}", ""))
        return Rating(
            criterion=criterion,
            outcome=outcome,
            level_id=level,
            evidence=self.cleaned_data.get(f"evidence_{criterion.pk}", ""),
            cause=self.cleaned_data.get(f"cause_{criterion.pk}"),
        )

    def counts(self):
        """[(answer in words, at how many criteria)] of a form without errors, in the scale's order."""
        given = Counter(self.rating_of(criterion).level_id or "" for criterion in self.criteria)
        named = {str(each.pk): each.name for each in self.version.scale.levels.order_by("position")}
        missed = sum(
            self.rating_of(each).outcome == Rating.Outcome.MISSED for each in self.criteria
        )
        levels = [(name, given[pk]) for pk, name in named.items()]
        told = [*levels, ("Opportunity missed", missed), ("Not seen", given[""] - missed)]
        return [(words, count) for words, count in told if count]
