"""Forms of what leaders decide, and of what became of it."""

from crispy_forms_gds.layout import Field
from django import forms
from django.core.validators import MaxLengthValidator

from observations.redaction.finding import found_in, people_known, places_known
from practicelens.days import DayField, ahead, ask_days_in, seen
from practicelens.forms import helper
from reports.models import Decision


class NamesNobody(forms.BooleanField):
    """A tick that says of words that may name someone that they name no one; shown once asked."""

    def __init__(self):
        super().__init__(label="These words name no one", required=False)


def ask_whom_it_names(form, name):
    """Ask once of words in a field that may name someone; a tick says that they name no one."""
    words = form.cleaned_data.get(name, "")
    found = [each.words for each in found_in(words, people_known(), places_known())]
    if not found:
        return
    form.helper.layout.append(Field.checkbox("names_nobody"))
    if not form.cleaned_data.get("names_nobody"):
        told = ", ".join(f"“{each}”" for each in dict.fromkeys(found))
        form.add_error(name, f"{told} may name someone. Use a role, or tick that no one is named")


class DecisionForm(forms.ModelForm):
    """None is chosen at the start; no is an answer; yes has a date.

    The reason is told whole, so words in it that may name someone are asked about.
    """

    LONGEST = 600

    act_by = DayField(of=ahead, is_for_work=True, label="If yes: done by when?", required=False)
    names_nobody = NamesNobody()

    class Meta:
        model = Decision
        fields = ["answer", "reason", "act_by"]
        labels = {"reason": "Why, and what happens next"}
        help_texts = {
            "reason": "The next briefing tells it whole, and practitioners will read it. No is an "
            "answer. Use roles, not names. Up to 600 characters."
        }
        widgets = {"answer": forms.RadioSelect, "reason": forms.Textarea(attrs={"rows": 4})}
        error_messages = {
            "answer": {"required": "Choose your decision"},
            "reason": {"required": "Say why, and what happens next"},
        }

    def __init__(self, *args, unit, **kwargs):
        super().__init__(*args, **kwargs)
        ask_days_in(self, unit)
        self.fields["answer"].choices = Decision.Answer.choices
        self.fields["reason"].validators.append(MaxLengthValidator(self.LONGEST))
        self.helper = helper(
            Field.radios("answer"), Field.textarea("reason", rows=4), Field.text("act_by")
        )

    def clean(self):
        data = super().clean()
        promises = data.get("answer") in (Decision.Answer.YES, Decision.Answer.DIFFERENTLY)
        if promises and not data.get("act_by") and "act_by" not in self.errors:
            self.add_error("act_by", "Say by when it will be done")
        ask_whom_it_names(self, "reason")
        return data


class DoneForm(forms.Form):
    done_on = DayField(of=seen, label="When was it done?")
    became = forms.CharField(
        label="What became of it",
        max_length=120,
        help_text="In a few words; the next briefing shows it. Up to 120 characters.",
        error_messages={"required": "Say what became of it"},
    )

    def __init__(self, *args, unit, **kwargs):
        self.today = unit.today()
        super().__init__(*args, initial={"done_on": self.today}, **kwargs)
        ask_days_in(self, unit)
        self.helper = helper(Field.text("done_on"), "became")

    def clean_done_on(self):
        day = self.cleaned_data["done_on"]
        if day and day > self.today:
            raise forms.ValidationError("The date can’t be after today")
        return day
