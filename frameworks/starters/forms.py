"""Forms of what comes with PracticeLens."""

from crispy_forms_gds.choices import Choice
from django import forms

from frameworks.owners import OwnerForm
from frameworks.versions.checking import ONE_AT_A_TIME


class StarterForm(OwnerForm):
    """A framework that begins from one that comes with PracticeLens."""

    starter = forms.ChoiceField(
        label="Begin from",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what to begin from"},
    )
    field_order = ["starter", "unit"]

    def __init__(self, *args, starters, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].help_text = ONE_AT_A_TIME
        self.fields["starter"].choices = [
            Choice(code, top["name"], hint=f"{top['description']} Licence: {top['licence']}.")
            for code, top in starters.items()
        ]


class LoadPartsForm(OwnerForm):
    """What comes with PracticeLens, by part, all of it unless someone says otherwise."""

    parts = forms.MultipleChoiceField(
        label="What to load",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what to load"},
    )
    field_order = ["parts", "unit"]

    def __init__(self, *args, parts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parts"].choices = parts
        self.fields["parts"].initial = [code for code, _ in parts]
        self.fields["unit"].label = "Whose the codebook and the framework are to be"
