from crispy_forms_gds.layout import Field
from django import forms

from practicelens.forms import helper
from reports.briefings.decision_forms import NamesNobody, ask_whom_it_names
from reports.models.questions import LONGEST


def words(label, hint, missing):
    return forms.CharField(
        label=label,
        help_text=f"{hint} Use roles, not names. Up to {LONGEST} characters.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": missing},
    )


class AskForm(forms.Form):
    """A question, and the passage that it is about."""

    place = forms.ChoiceField(
        label="Which passage is it about?",
        error_messages={
            "required": "Choose the passage",
            "invalid_choice": "Choose one of the passages of this issue",
        },
    )
    words = words(
        "What would you like to know?",
        "Everybody who reads this briefing can read it, and the next issue carries it.",
        "Write your question",
    )
    names_nobody = NamesNobody()

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", "Choose the passage"), *places.items()]
        self.helper = helper(Field.select("place"), "words")

    def clean(self):
        given = super().clean()
        ask_whom_it_names(self, "words")
        return given


class ReplyForm(forms.Form):
    """What is answered, or asked on."""

    words = words(
        "Your answer",
        "Everybody who reads this briefing can read it, and the next issue carries it.",
        "Write your answer",
    )
    names_nobody = NamesNobody()

    def __init__(self, *args, asks_on=False, **kwargs):
        super().__init__(*args, **kwargs)
        if asks_on:
            self.fields["words"].label = "Ask on"
        self.helper = helper("words")

    def clean(self):
        given = super().clean()
        ask_whom_it_names(self, "words")
        return given
