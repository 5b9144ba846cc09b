"""Forms of the lists that a unit keeps."""

from crispy_forms_gds.choices import Choice
from django import forms

from frameworks.lists.offered import first_of
from frameworks.lists.shipped import shipped, shipped_for
from frameworks.models.lists import ABOUT, ListEntry
from frameworks.owners import OwnerForm


class OwnListsForm(OwnerForm):
    """Lists of a unit's own, which begin as they are shipped."""

    shipped = forms.ChoiceField(
        label="Begin from",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what to begin from"},
    )
    field_order = ["unit", "shipped"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        unit = self.fields["unit"]
        unit.label = "Which unit?"
        unit.help_text = (
            "Its teams have these lists too, unless a unit nearer to them keeps its own."
        )
        self.fields["shipped"].choices = [
            Choice(each.code, each.name, hint=in_short(each)) for each in shipped().values()
        ]
        if unit.queryset:
            self.fields["shipped"].initial = shipped_for(unit.queryset[0].jurisdiction).code

    def clean_shipped(self):
        return shipped()[self.cleaned_data["shipped"]]


def in_short(lists):
    """The first kinds of work of a shipped list, to know it by."""
    first = [entry.label for entry in lists.entries[:5]]
    return f"{', '.join(first)} and {len(lists.of('kind_of_work')) - len(first)} more"


class RenameEntryForm(forms.ModelForm):
    class Meta:
        model = ListEntry
        fields = ["label"]
        labels = {"label": "What it is called"}
        help_texts = {
            "label": "Observations already written keep the words that they were written with."
        }
        error_messages = {"label": {"required": "Write what it is called"}}


class EntryForm(forms.ModelForm):
    """One more entry of a list."""

    class Meta:
        model = ListEntry
        fields = ["label"]
        labels = {"label": "What it is called"}
        error_messages = {"label": {"required": "Write what it is called"}}

    def __init__(self, *args, of, **kwargs):
        super().__init__(*args, **kwargs)
        if of in ABOUT:
            self.fields["about"] = forms.ChoiceField(
                label="What is it about?",
                help_text="It decides what the form asks first and where summaries count it. It "
                "can’t be changed later.",
                choices=ABOUT[of].choices,
                widget=forms.RadioSelect,
                error_messages={"required": "Choose what it is about"},
            )


class FirstForm(forms.Form):
    """The criteria of a version, ticked where they come first."""

    criteria = forms.ModelMultipleChoiceField(
        label="What comes first",
        help_text="With none ticked, all of them do.",
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args, version, about, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["criteria"].queryset = version.criteria.order_by("position")
        self.fields["criteria"].initial = list(first_of(version, about))
