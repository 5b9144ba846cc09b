"""The form that a framework file is sent with."""

from django import forms

from frameworks.files.parsing import LARGEST
from frameworks.models import Framework
from practicelens.people.models import Unit
from practicelens.people.permissions import Act


class FileForm(forms.Form):
    """A file, and where it is to go: a new framework of a unit, or the draft of one that is there."""

    file = forms.FileField(
        label="The file",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.json", "class": "govuk-file-upload"}),
        help_text="A spreadsheet (.xlsx) or JSON, at most 5 MB",
        error_messages={"required": "Choose a file", "empty": "The file is empty: choose another"},
    )
    place = forms.ChoiceField(
        label="Where it goes", error_messages={"required": "Choose where it goes"}
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.units = Unit.objects.where(user, Act.KEEP_FRAMEWORKS).order_by("name")
        self.frameworks = Framework.objects.kept_by(user).order_by("name", "pk")
        drafts = [(f"draft-{each.pk}", f"{each}: its draft") for each in self.frameworks]
        new = [(f"new-{each.pk}", f"A new framework of {each}") for each in self.units]
        self.fields["place"].choices = [("", "Choose"), *drafts, *new]

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(
                "The file is larger than 5 MB: split it, or take out what is not text"
            )
        return file

    @property
    def goes_to(self):
        """{"framework": …} or {"unit": …}, of a valid form."""
        kind, _, pk = self.cleaned_data["place"].partition("-")
        if kind == "draft":
            return {"framework": self.frameworks.get(pk=pk)}
        return {"unit": self.units.get(pk=pk)}
