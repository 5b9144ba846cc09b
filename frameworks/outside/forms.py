"""Whether people outside may read a framework."""

from django import forms

from frameworks.models import Framework


class OpeningForm(forms.ModelForm):
    """Sent by a button: "True" opens, anything empty closes."""

    class Meta:
        model = Framework
        fields = ["is_open"]
        widgets = {"is_open": forms.HiddenInput}
