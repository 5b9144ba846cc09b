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
    """A theme's form as a file fills it in: `everyone` is all the themes as the file has them.

    `holders` are those by their words: found once, for a file may have thousands of them.
    """

    def __init__(self, *args, itself, everyone, holders, **kwargs):
        self.itself, self.everyone, self.holders = itself, everyone, holders
        super().__init__(*args, **kwargs)

    def others(self):
        return [theme for theme in self.everyone if theme is not self.itself]

    def holders_of(self):
        return lambda word: [
            theme for theme in self.holders.get(word.casefold(), []) if theme is not self.itself
        ]


class NewOfAFile(OfAFile, FirstThemeForm):
    pass


class BegunOfAFile(OfAFile, NewThemeForm):
    pass


class WaitingOfAFile(OfAFile, WaitingForm):
    pass
