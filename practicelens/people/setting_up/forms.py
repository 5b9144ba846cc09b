from django import forms

from practicelens.people.models import Unit
from practicelens.people.setting_up.tables import LARGEST


class SetUpForm(forms.Form):
    """A file of people or units, for one of the organisations given."""

    file = forms.FileField(
        label="The file",
        widget=forms.FileInput(attrs={"accept": ".csv", "class": "govuk-file-upload"}),
        help_text="A template that is filled in and saved as CSV, at most 1 MB",
        error_messages={"required": "Choose a file", "empty": "The file is empty: choose another"},
    )
    organisation = forms.ModelChoiceField(
        queryset=Unit.objects.none(),
        empty_label="Choose an organisation",
        error_messages={"required": "Choose the organisation that it is for"},
    )

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.only = organisations[0] if len(organisations) == 1 else None
        if self.only:
            del self.fields["organisation"]
        else:
            self.fields["organisation"].queryset = organisations

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError("The file is larger than 1 MB: split it")
        return file

    @property
    def chosen(self):
        return self.only or self.cleaned_data["organisation"]
