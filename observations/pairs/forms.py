"""Choosing the other observation of one occasion."""

from crispy_forms_gds.layout import Field
from django import forms
from django.utils.formats import date_format

from observations.models import Observation, Pair
from practicelens.forms import helper


class NoteChoice(forms.ModelChoiceField):
    """An observation by who wrote it and when: none of its words, before it is chosen."""

    def label_from_instance(self, observation):
        day = date_format(observation.observed_on, "l j F")
        return f"{observation.observer}: {observation.get_kind_of_work_display().lower()}, {day}"


class PairForm(forms.Form):
    other = NoteChoice(
        queryset=Observation.objects.none(),
        label="Which observation is of the same occasion?",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": "Choose the other observation",
            "invalid_choice": "That observation can’t be chosen any more. Choose one of these",
        },
    )

    def __init__(self, *args, observation, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = candidates(observation, user)
        self.helper = helper(Field.radios("other"))

    @property
    def has_candidates(self):
        return self.fields["other"].queryset.exists()


def candidates(observation, user):
    """Observations not paired yet, open to the person, that may be of the same occasion."""
    paired = Pair.objects.of(observation).values_list("first_id", "second_id")
    taken = {pk for both in paired for pk in both}
    return (
        Observation.objects.visible_to(user)
        .beside(observation)
        .exclude(pk__in=taken)
        .select_related("observer", "unit")
        .order_by("observed_on", "pk")
    )
