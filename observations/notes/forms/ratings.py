"""The answers to criteria, as an observer gives them."""

from django import forms
from django.utils.html import format_html

from frameworks.languages.wordings import option_said, said
from frameworks.models import Criterion
from observations.form_parts import free_text
from observations.models import Rating
from practicelens.forms import SelectInWords, with_blank

NOT_SEEN = "It didn’t come up, or I wasn’t placed to see it"
MISSED = "It could have happened here and didn’t"
SHOWS = "What shows it"


class AnswersForm(forms.Form):
    """Some criteria of a version: for each an answer, what shows it, and a cause if missed.

    `told` is the passages that can be ticked, as [(pk, words)], and `saved` what was answered
    before, by the criterion's pk.
    """

    is_looked_at = False  # whether names are looked for in what is typed

    def __init__(self, *args, version, criteria, told, saved=None, **kwargs):
        self.version, self.wordings, self.criteria = version, version.wordings, list(criteria)
        self.told, self.saved = told, saved or {}
        super().__init__(*args, **kwargs)
        causes = version.causes.order_by("position")
        # Read once, not for every criterion.
        offered = [(cause.pk, option_said(cause.name, self.wordings)) for cause in causes]
        for criterion in self.criteria:
            self.add_fields(criterion, causes)
            self.fields[f"cause_{criterion.pk}"].choices = with_blank(offered, "Doesn’t apply")

    def add_fields(self, criterion, causes):
        pk, rating = criterion.pk, self.saved.get(criterion.pk)
        self.fields[f"answer_{pk}"] = forms.ChoiceField(
            label=format_html("{} {}", criterion.code, said(criterion.name, self.wordings)),
            choices=[(value, label) for value, label, _ in answers_to(criterion, self.wordings)],
            widget=forms.RadioSelect,
            initial=answer_of(rating),
            required=False,
        )
        self.fields[f"passages_{pk}"] = self.passages_field(rating)
        self.fields[f"evidence_{pk}"] = forms.CharField(
            label="In a line",
            widget=free_text(2),
            required=False,
            initial=rating.evidence if rating else "",
        )
        self.fields[f"cause_{pk}"] = forms.ModelChoiceField(
            label="If missed: what got in the way?",
            queryset=causes,
            required=False,
            initial=rating.cause_id if rating else None,
            widget=SelectInWords,
        )

    def passages_field(self, rating):
        return forms.MultipleChoiceField(
            label=SHOWS,
            choices=self.told,
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )

    def rows(self):
        """Each criterion with its fields, as the page draws them."""
        of = self.version.criteria.count()
        return [
            {
                "criterion": criterion,
                "of": of,
                "answer": self[f"answer_{criterion.pk}"],
                "answers": answers_to(criterion, self.wordings),
                "wordings": self.wordings,
                "passages": self[f"passages_{criterion.pk}"],
                "ticked": [str(pk) for pk in self[f"passages_{criterion.pk}"].value() or []],
                "evidence": self[f"evidence_{criterion.pk}"],
                "cause": self[f"cause_{criterion.pk}"],
                "is_looked_at": self.is_looked_at,
            }
            for criterion in self.criteria
        ]


def outcome_of(answer):
    """The outcome of an answer, and the pk of its level if it is one."""
    if answer.startswith("level-"):
        return Rating.Outcome.LEVEL, answer.removeprefix("level-")
    return answer or Rating.Outcome.NOT_SEEN, None


def criteria_of(**of):
    """The criteria of a domain or of a version, in their order, with what is asked of each."""
    return (
        Criterion.objects.filter(**of)
        .order_by("position")
        .select_related("version__scale")
        .prefetch_related("level_descriptions", "version__scale__levels")
    )


def answers_to(criterion, wordings):
    """Each answer with its value, its name and what it means here, as they are read."""
    scale = criterion.version.scale
    described = {each.level_id: each.text for each in criterion.level_descriptions.all()}
    levels = sorted(scale.levels.all(), key=lambda level: level.position)
    return [
        (Rating.Outcome.NOT_SEEN.value, "Not seen", NOT_SEEN),
        *[
            (
                f"level-{level.pk}",
                said(level.name, wordings),
                said(described.get(level.pk) or level.description, wordings),
            )
            for level in levels
            if level.pk in described or not scale.is_described
        ],
        (
            Rating.Outcome.MISSED.value,
            "Opportunity missed",
            said(criterion.missed, wordings) or MISSED,
        ),
    ]


def answer_of(rating):
    if rating is None:
        return Rating.Outcome.NOT_SEEN.value
    return f"level-{rating.level_id}" if rating.level_id else rating.outcome


def in_short(number, passage):
    words = passage.text.split()
    kind = (passage.get_kind_display() or "Not said how you know").lower()
    return f"Passage {number}, {kind}: “{' '.join(words[:9])}{'…' if len(words) > 9 else ''}”"
