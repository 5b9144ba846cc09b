"""Trying, publishing and retiring a version."""

from crispy_forms_gds.layout import Field
from django import forms

from frameworks.models import Framework
from frameworks.versions import checking, trials
from practicelens.days import DayField, ask_days_in, begins
from practicelens.forms import helper
from practicelens.people.models import Unit, User


class UnitChoices(forms.ModelMultipleChoiceField):
    """Units, each with what it is in."""

    def label_from_instance(self, unit):
        return f"{unit.name} ({unit.parent.name})" if unit.parent else unit.name


class TrialForm(forms.Form):
    """Who tries a draft, and where."""

    observers = forms.ModelMultipleChoiceField(
        queryset=User.objects.none(),
        label="Who tries it",
        help_text="Practice leaders. They choose it when they start an observation.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one person who tries it"},
    )
    units = UnitChoices(
        queryset=Unit.objects.none(),
        label="Where it is tried",
        help_text="A unit includes all that is under it.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one unit"},
    )

    def __init__(self, *args, framework, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["observers"].queryset = trials.may_try(framework)
        self.fields["units"].queryset = trials.where(framework)
        self.helper = helper("observers", "units")

    def clean(self):
        given = super().clean()
        if given.get("observers") and given.get("units"):
            for person in trials.out_of_reach(given["observers"], given["units"]):
                words = f"{person} is practice leader of no team there. Choose another unit"
                self.add_error("units", words)
        return given


class EraseForm(forms.Form):
    """Agreeing that observations of a trial are erased: so many as are named, and no more."""

    erase = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, version, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("erase")
        self.offer(trials.observations_of(version).count())

    def offer(self, count):
        """The tick names how many there are; a tick that named another number is asked again."""
        words = trials.in_words(count)
        field = self.fields["erase"]
        field.label = f"{words} will be erased"
        field.choices = [(str(count), f"Erase {words}")]
        field.error_messages |= {
            "required": f"Tick that {words} can be erased",
            "invalid_choice": f"There are now {words}. Tick again if they can be erased",
        }
        if not count:
            del self.fields["erase"]

    @property
    def erasing(self):
        return int(self.cleaned_data.get("erase", ["0"])[0])


class PublishForm(EraseForm):
    """What publication asks for."""

    change_note = forms.CharField(
        label="What changes, and why",
        help_text="Everybody who reads the framework reads this.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write the change note"},
    )
    effective_on = DayField(
        of=begins,
        label="The day from which it is used",
        help_text="Today or later. Until then the version before it stays in use.",
        error_messages={"required": "Give the day from which it is used"},
    )

    def __init__(self, *args, version, **kwargs):
        self.version = version
        today = version.framework.unit.today()
        kwargs["initial"] = {"effective_on": today, "change_note": version.change_note}
        super().__init__(*args, version=version, **kwargs)
        ask_days_in(self, version.framework.unit)
        asked = ["change_note", "effective_on", *(["erase"] if "erase" in self.fields else [])]
        self.order_fields(asked)
        self.helper = helper(*asked)

    def clean_effective_on(self):
        day = self.cleaned_data["effective_on"]
        if day < self.version.framework.unit.today():
            raise forms.ValidationError("Choose today or a later day")
        # The note has an error of its own: here only what the day lacks is of interest.
        for left in checking.what_publication_lacks(self.version, "an observation", day):
            raise forms.ValidationError(left.words)
        return day


class RetireForm(forms.Form):
    """When a version goes out of use, and what takes its place."""

    retired_on = DayField(
        of=begins,
        label="The first day on which it is no longer used",
        help_text="Today or later.",
        error_messages={"required": "Give the day"},
    )
    followed_by = forms.ModelChoiceField(
        queryset=Framework.objects.none(),
        label="What takes its place",
        empty_label="None yet",
        initial="",
        required=False,
        blank=True,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, version, user, **kwargs):
        self.version = version
        kwargs["initial"] = {"retired_on": version.framework.unit.today()}
        super().__init__(*args, **kwargs)
        ask_days_in(self, version.framework.unit)
        published = Framework.objects.visible_to(user).filter(versions__published_at__isnull=False)
        # One that is still a draft can only be published once this one is retired.
        others = (published | Framework.objects.kept_by(user)).exclude(pk=version.framework_id)
        others = others.distinct().order_by("name")
        self.fields["followed_by"].queryset = others
        self.helper = helper("retired_on", Field.radios("followed_by"))

    def clean_retired_on(self):
        day = self.cleaned_data["retired_on"]
        if day < self.version.framework.unit.today():
            raise forms.ValidationError("Choose today or a later day")
        if day <= self.version.effective_on:
            raise forms.ValidationError("Choose a day after the one on which it came into use")
        return day
