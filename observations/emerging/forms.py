"""Naming a group of passages."""

from crispy_forms_gds.layout import Field
from django import forms

from frameworks.models import Theme
from practicelens.forms import helper


class NameThemeForm(forms.ModelForm):
    """A theme in words: what it is, when to use it, and the words that bring it up."""

    keywords = forms.MultipleChoiceField(
        label="Words that bring it up",
        help_text="The passages share these. Leave out any that would bring up something else.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Theme
        fields = ["name", "definition", "use_when", "not_when"]
        labels = {
            "definition": "What it is",
            "use_when": "When to use it",
            "not_when": "When not to",
        }
        help_texts = {
            "name": "A few words that anybody here would understand.",
            "definition": "One or two sentences. No names of people.",
            "use_when": "What a passage has to show. You can leave it for later.",
            "not_when": "What looks like it and is something else. You can leave it for later.",
        }
        widgets = dict.fromkeys(
            ["definition", "use_when", "not_when"], forms.Textarea(attrs={"rows": 3})
        )
        error_messages = {
            "name": {
                "required": "Give the theme a name",
                "max_length": "Make the name shorter: 100 characters at the most",
            },
            "definition": {"required": "Say in a sentence what it is"},
        }

    def __init__(self, *args, codebook, terms, **kwargs):
        self.codebook = codebook
        super().__init__(*args, initial={"keywords": terms}, **kwargs)
        self.fields["keywords"].choices = [(term, term) for term in terms]
        words = [Field.checkboxes("keywords")] if terms else []
        self.helper = helper("name", "definition", "use_when", "not_when", *words)

    def clean_name(self):
        name = self.cleaned_data["name"]
        if self.codebook.themes.filter(name__iexact=name).exists():
            raise forms.ValidationError("A theme is called that already. Choose another name")
        return name
