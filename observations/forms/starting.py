import uuid

from django import forms
from django.utils import timezone

from observations.forms.base import LOOKED_AT_AGAIN, DayField, free_text, helper, with_blank
from observations.models.choices import KindOfWork
from practicelens.people.models import Role, Unit


class TeamChoice(forms.ModelChoiceField):
    """A team, grouped under what it stands in."""

    def label_from_instance(self, unit):
        return f"{unit.name} ({unit.parent.name})" if unit.parent else unit.name


def teams_of(user):
    """The teams in which the user may be an observer."""
    return (
        Unit.objects.reached_by(user, Role.Kind.PSW)
        .teams()
        .filter(closed_on=None)
        .select_related("parent")
        .order_by("parent__name", "name")
    )


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
        choices=with_blank(KindOfWork.choices, "Choose the kind of work"),
        error_messages={"required": "Choose the kind of work"},
    )
    observed_on = DayField(label="When was it?", required=False)

    def __init__(self, *args, user, **kwargs):
        kwargs.setdefault("initial", {})
        kwargs["initial"] = {
            "key": uuid.uuid4(),
            "observed_on": timezone.localdate(),
            **kwargs["initial"],
        }
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = teams_of(user)
        self.helper = helper("key", "unit", "kind_of_work", "observed_on")

    def clean_observed_on(self):
        day = self.cleaned_data["observed_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError("The date can't be after today")
        return day


class JotForm(StartForm):
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
        del self.fields["observed_on"]
        self.helper = helper("key", "passage_key", "unit", "kind_of_work", "text")
