from django import forms

from practicelens.forms import helper


class NameForm(forms.Form):
    """What a saved view is called."""

    name = forms.CharField(
        label="Name of this view",
        max_length=80,
        error_messages={
            "required": "Give it a name",
            "max_length": "A name has at most 80 characters",
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("name")
