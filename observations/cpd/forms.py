"""The form of a CPD note, under the headings of its scheme."""

from crispy_forms_gds.layout import Field
from django import forms

from observations.form_parts import free_text
from observations.models import CpdNote, Observation
from observations.models.cpd import TEXTS
from practicelens.days import DayField, ask_days_in, seen
from practicelens.forms import helper
from practicelens.lengths import LENGTH_HINT, LengthField


class CpdNoteForm(forms.ModelForm):
    done_on = DayField(of=seen, label="When was it?")
    minutes = LengthField(
        label="How long did it take?", help_text=LENGTH_HINT, required=False, least=1
    )

    class Meta:
        model = CpdNote
        fields = ["about", "done_on", "minutes", *TEXTS]
        labels = {"about": "Is it about an observation of your practice?"}
        widgets = dict.fromkeys(TEXTS, free_text(4))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        writer, about = self.instance.writer, self.fields["about"]
        about.queryset = Observation.objects.shared_with(writer).for_list()
        about.label_from_instance = lambda each: f"{each}, {each.observed_on:%-d %B %Y}"
        about.empty_label = "No, something else"
        ask_days_in(self, writer.organisation)
        for name in set(TEXTS) - {code for code, _, _ in self.instance.headings}:
            del self.fields[name]
        for name, heading, hint in self.instance.headings:
            self.fields[name].label, self.fields[name].help_text = (
                heading,
                f"{hint} Only you read it.",
            )
        texts = [name for name, _, _ in self.instance.headings]
        self.helper = helper(Field.select("about"), "done_on", "minutes", *texts)

    def theirs(self, row):
        """[(heading, words)] of what is saved by now where it says something else than was typed."""
        return [
            (heading, getattr(row, name))
            for name, heading, _ in row.headings
            if getattr(row, name) != self.cleaned_data.get(name)
        ]
