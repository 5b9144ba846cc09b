"""Forms of an organisation's list of systems."""

from django import forms

from observations.models import System

NAME = {
    "label": "What is it called here?",
    "max_length": 60,
    "error_messages": {
        "required": "Write what it is called",
        "max_length": "A name has at most 60 characters: shorten it",
    },
}


class NameForm(forms.Form):
    """What a system is called."""

    name = forms.CharField(**NAME)


class AddForm(NameForm):
    """One more system, or another name for one."""

    same_as = forms.ModelChoiceField(
        label="Is it another name for a system on the list?",
        queryset=System.objects.none(),
        empty_label="No, it is a system of its own",
        required=False,
        error_messages={"invalid_choice": "That system is no longer on the list: choose another"},
    )

    def __init__(self, *args, systems, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["same_as"].queryset = systems


class PutTogetherForm(forms.Form):
    """Which system it is the same as."""

    into = forms.ModelChoiceField(
        label="Which system is it the same as?",
        help_text="That one’s name is kept. Both are counted as one, also what was recorded before.",
        queryset=System.objects.none(),
        empty_label="Choose",
        error_messages={
            "required": "Choose which system it is the same as",
            "invalid_choice": "That system is no longer on the list: choose another",
        },
    )

    def __init__(self, *args, systems, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = systems
