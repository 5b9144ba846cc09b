"""What is done about an early sign, and the filters of the lane."""

from django import forms

from observations.form_parts import teams_of
from observations.mentions.forms import AddMentionForm
from observations.models import EarlySign
from practicelens.forms import helper, with_blank

LINE = 110  # characters: a finding's claim has room for no more


class KeepOpenForm(forms.Form):
    because = forms.CharField(
        label="Why it may matter, if you want to say",
        required=False,
        max_length=LINE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=f"In a line that a leader can read: no names, no place. Up to {LINE} characters.",
        error_messages={"max_length": f"Say why it may matter in {LINE} characters or fewer"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("because")


class CloseForm(forms.Form):
    because = forms.CharField(
        label="Why it can be closed",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example: it was looked into, and the family knows. No names.",
        error_messages={
            "required": "Say why it can be closed",
            "max_length": "Say why it can be closed in 300 characters or fewer",
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("because")


class AddToThemeForm(AddMentionForm):
    """The theme that it is added to, and its stance."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["theme"].label = "Which theme is it added to?"


class LaneFilter(forms.Form):
    """The filters of the lane; they stay in the address."""

    state = forms.ChoiceField(
        label="State",
        choices=with_blank(
            [*EarlySign.State.choices, ("all", "All of them")], "Waiting and kept open"
        ),
        required=False,
    )
    unit = forms.ModelChoiceField(
        label="Team", queryset=None, required=False, empty_label="All teams"
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = teams_of(user)

    def filter(self, early_signs):
        """The early signs that fit what is valid in the filters."""
        self.is_valid()
        if unit := self.cleaned_data.get("unit"):
            early_signs = early_signs.filter(passage__unit=unit)
        state = self.cleaned_data.get("state")
        if state in EarlySign.State.values:
            return early_signs.filter(state=state)
        return early_signs if state == "all" else early_signs.open() | early_signs.kept()
