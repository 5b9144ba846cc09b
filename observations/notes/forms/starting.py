import uuid

from crispy_forms_gds.layout import Field
from django import forms

from frameworks.models import Trial
from observations.form_parts import (
    LOOKED_AT_AGAIN,
    TeamChoice,
    free_text,
    kinds_by_team,
    offer_teams,
    teams_of,
    tell_readers,
)
from observations.notes.last_time import usual_teams
from practicelens.days import DayField, ask_days_in, seen
from practicelens.forms import helper, with_blank
from practicelens.people.models import Unit


class TrialChoice(forms.ModelChoiceField):
    """The version in use, or a draft that the person tries out."""

    def label_from_instance(self, trial):
        return f"Try version {trial.version.number} of {trial.version.framework}, a draft"


class StartForm(forms.Form):
    """Where and what kind of work: enough to open a draft."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    unit = TeamChoice(
        queryset=Unit.objects.none(),
        label="Which team?",
        empty_label="Choose the team",
        error_messages={"required": "Choose the team"},
    )
    kind_of_work = forms.ChoiceField(
        label="What kind of work?",
        error_messages={"required": "Choose the kind of work"},
    )
    observed_on = DayField(of=seen, label="When was it?", required=False)
    trial = TrialChoice(
        queryset=Trial.objects.none(),
        label="Which version?",
        help_text="An observation on a draft is for trying it out. It counts nowhere.",
        empty_label="The version in use",
        initial="",
        required=False,
        blank=True,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "This trial has ended. Choose the version in use"},
    )

    def __init__(self, *args, user, last=None, **kwargs):
        kwargs.setdefault("initial", {})
        kwargs["initial"] = {
            "key": uuid.uuid4(),
            "observed_on": user.today(),
            **({"unit": last.unit_id, "kind_of_work": last.kind_of_work} if last else {}),
            **kwargs["initial"],
        }
        super().__init__(*args, **kwargs)
        ask_days_in(self, user)
        self.fields["unit"].queryset = teams = teams_of(user)
        offer_teams(self.fields["unit"], usual_teams(user))
        self.offered, kinds = kinds_by_team(teams)
        self.fields["kind_of_work"].choices = with_blank(kinds, "Choose the kind of work")
        self.fields["trial"].queryset = Trial.objects.open_to(user)
        shown = ["key", "unit", "kind_of_work", "observed_on"]
        self.helper = helper(*shown, Field.radios("trial")) if self.asks_which else helper(*shown)

    @property
    def asks_which(self):
        """Whether to ask which trial it is for: there is one, or one was sent that has ended since."""
        return self.fields["trial"].queryset.exists() or bool(self.data.get("trial"))

    def clean(self):
        given = super().clean()
        trial, unit = given.get("trial"), given.get("unit")
        if trial and unit and not trial.covers(unit):
            words = f"Version {trial.version.number} is not tried in {unit}. "
            self.add_error("trial", words + "Choose the version in use")
        kind = given.get("kind_of_work")
        if unit and kind and kind not in self.offered[unit]:
            self.add_error("kind_of_work", f"Choose a kind of work of {unit}")
        return given

    def clean_observed_on(self):
        """It may be tomorrow already where the team is; with no team chosen, its own error says so."""
        day, unit = self.cleaned_data["observed_on"], self.cleaned_data.get("unit")
        if day and unit and day > unit.today():
            raise forms.ValidationError("The date can't be after today")
        return day


class QuickNoteForm(StartForm):
    """A draft in under a minute: where, what, and one thing seen."""

    passage_key = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label="One thing you saw",
        help_text="Use roles, not names: the mother, the school nurse.",
        widget=free_text(4, LOOKED_AT_AGAIN),
        error_messages={"required": "Write one thing you saw"},
    )

    def __init__(self, *args, **kwargs):
        kwargs["initial"] = {"passage_key": uuid.uuid4(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        del self.fields["observed_on"], self.fields["trial"]
        tell_readers(self, "Passage")
        self.helper = helper("key", "passage_key", "unit", "kind_of_work", "text")
