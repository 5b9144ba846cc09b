"""The list of observations, narrowed."""

from django import forms

from frameworks.lists.offered import kinds_of_work_within
from observations.form_parts import teams_of
from observations.models import Reply
from observations.notes.search import searched
from practicelens.days import DayField, looked_for
from practicelens.forms import with_blank
from practicelens.people.models import Unit, User

STATES = [
    ("draft", "My drafts"),
    ("submitted", "Submitted"),
    ("waiting", "Waiting for a reply"),
    ("disagreed", "Disagreed"),
    ("tried", "Finished in a trial"),
    ("withdrawn", "Withdrawn by me"),
]

# What each of the plain filters asks of a row.
LOOKUPS = {
    "unit": "unit",
    "kind_of_work": "kind_of_work",
    "practitioner": "practitioner",
    "since": "observed_on__gte",
    "until": "observed_on__lte",
}


class FilterForm(forms.Form):
    """The filters of the list of observations; they stay in the address."""

    words = forms.CharField(label="Words in an observation", required=False)
    unit = forms.ModelChoiceField(
        label="Team", queryset=None, required=False, empty_label="All teams"
    )
    kind_of_work = forms.ChoiceField(
        label="Kind of work",
        required=False,
    )
    practitioner = forms.ModelChoiceField(
        label="Practitioner", queryset=None, required=False, empty_label="Anyone"
    )
    state = forms.ChoiceField(label="State", choices=with_blank(STATES, "Any"), required=False)

    since = DayField(of=looked_for, label="Seen from", required=False)
    until = DayField(of=looked_for, label="Seen until", required=False)
    mine = forms.BooleanField(label="Only those I wrote", required=False)

    def __init__(self, *args, user, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = teams_of(user)
        organisations = Unit.objects.filter(pk__in=user.reach()).values("organisation")
        kinds = kinds_of_work_within(organisations)
        self.fields["kind_of_work"].choices = with_blank(kinds, "Everything")
        self.fields["practitioner"].queryset = User.objects.practitioners_of(teams_of(user))

    def filter(self, observations):
        """The observations that fit what is valid in the filters; none that an import took out."""
        self.is_valid()
        wanted, observations = self.cleaned_data, observations.listed()
        if wanted.get("words"):
            observations = searched(observations, wanted["words"])
        for name, lookup in LOOKUPS.items():
            if wanted.get(name):
                observations = observations.filter(**{lookup: wanted[name]})
        if wanted.get("mine"):
            observations = observations.filter(observer=self.user)
        return self.in_state(observations, wanted.get("state"))

    def in_state(self, observations, state):
        if state == "draft":
            return observations.unfinished()
        if state == "tried":
            return observations.tried()
        if state == "submitted":
            return observations.counted()
        if state == "waiting":
            return observations.waiting_for_reply()
        if state == "disagreed":
            return observations.filter(reply__verdict=Reply.Verdict.DISAGREED)
        if state == "withdrawn":
            return observations.filter(withdrawn_at__isnull=False)
        return observations
