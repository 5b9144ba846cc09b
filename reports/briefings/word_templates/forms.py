"""The form that a Word template is sent with."""

from django import forms

from frameworks.files.archive import Refused
from reports.briefings.render import word_template

LARGEST = 1024 * 1024


class TemplateForm(forms.Form):
    keeps_nothing = True
    file = forms.FileField(
        label="The template",
        widget=forms.FileInput(attrs={"accept": ".docx", "class": "govuk-file-upload"}),
        help_text="A Word document (.docx) without macros, at most 1 MB",
        error_messages={
            "required": "Choose a file",
            "empty": "The file is empty: choose another",
            "max_length": "The name of the file is too long: shorten it",
        },
    )

    def clean_file(self):
        """The bytes of the file, which were tried as a template."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError("The file is larger than 1 MB: make its pictures smaller")
        data = file.read()
        try:
            word_template.check(data)
        except Refused as refusal:
            raise forms.ValidationError(f"The file {refusal}") from refusal
        return data
