"""Trying a codebook on texts, and starting to use its changes."""

from django import forms

LONGEST = 10_000


class BenchForm(forms.Form):
    """A text to try, which is not kept."""

    text = forms.CharField(
        label="A text to try",
        help_text="It is not kept. Names and other identifiers are masked before it is read.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
        error_messages={
            "required": "Paste a text to try",
            "max_length": "Make the text shorter: 10,000 characters at the most",
        },
    )


class PickForm(BenchForm):
    """A text to try, or a word that picks passages of observations that the person can read."""

    word = forms.CharField(
        label="Or passages with this word",
        help_text="The five newest in observations that you can read.",
        max_length=60,
        required=False,
        error_messages={"max_length": "Use one word or a short phrase"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not (cleaned["text"] or cleaned["word"]):
            self.add_error("text", "Paste a text to try, or give a word")
        return cleaned


class UseForm(forms.Form):
    """Why the changes are in use."""

    why = forms.CharField(
        label="What changes, and why",
        help_text="The change note: it is shown in the history of the codebook.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": "Say what changes, and why",
            "max_length": "Make the change note shorter: 500 characters at the most",
        },
    )
