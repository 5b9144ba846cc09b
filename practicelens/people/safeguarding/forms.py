from uuid import uuid4

from django import forms

from practicelens.people.models import SafeguardingStep


class RaisedForm(forms.Form):
    """That a concern was raised. There is nothing to fill in, and nothing else is taken."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class StepForm(forms.ModelForm):
    """What a step says."""

    class Meta:
        model = SafeguardingStep
        fields = ["title", "what_to_do", "telephone", "when"]
        labels = {
            "title": "What is the step?",
            "what_to_do": "What to do",
            "telephone": "Telephone number (optional)",
            "when": "When does it hold? (optional)",
        }
        help_texts = {
            "title": "In a few words, such as Call the duty desk.",
            "what_to_do": "In plain sentences. Don’t name anyone whom a concern is about.",
            "telephone": "A telephone dials it from the page.",
            "when": "Such as weekdays 8.45am to 5pm, or outside office hours. Empty for at any time.",
        }
        widgets = {
            "what_to_do": forms.Textarea(attrs={"rows": 4}),
            "telephone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        }
        error_messages = {
            "title": {"required": "Write what the step is"},
            "what_to_do": {"required": "Write what to do"},
        }
