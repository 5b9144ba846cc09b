"""The form that a codebook's file is sent with, and those by which what it says is held."""

from django import forms

from frameworks.themes.files.coming_in import LARGEST
from frameworks.themes.forms import FirstThemeForm, NewThemeForm, WaitingForm


class CodebookFileForm(forms.Form):
    """A file of themes."""

    file = forms.FileField(
        label="The file",
        widget=forms.FileInput(attrs={"accept": ".csv,.qdc", "class": "govuk-file-upload"}),
        help_text="CSV, or a REFI-QDA codebook (.qdc), at most 1 MB and 200 themes",
        error_messages={"required": "Choose a file", "empty": "The file is empty: choose another"},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(
                "The file is larger than 1 MB: split it, and import each part"
            )
        return file


class OfAFile:
    """A theme's form as a file fills it in: the others are as the file has them too."""

    def __init__(self, *args, others, **kwargs):
        self.as_in_file = others
        super().__init__(*args, **kwargs)

    def others(self):
        return self.as_in_file


class NewOfAFile(OfAFile, FirstThemeForm):
    pass


class BegunOfAFile(OfAFile, NewThemeForm):
    pass


class WaitingOfAFile(OfAFile, WaitingForm):
    pass
