"""The list of observations, narrowed."""

from django import forms

from frameworks.lists.offered import kinds_of_work_within
from frameworks.models import Criterion, FrameworkVersion, Theme
from frameworks.models.lists import WorkAbout
from observations.form_parts import teams_of
from observations.models import Mention, Rating, Reply
from observations.notes.search import searched
from practicelens.days import DayField, looked_for
from practicelens.forms import with_blank
from practicelens.numbers import in_a_row
from practicelens.people.models import Unit, User
from practicelens.people.permissions import Act

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
    # What a figure was counted of: a link from it says so in the address, and the page in words.
    within = forms.ModelChoiceField(None, required=False, widget=forms.HiddenInput)
    is_about = forms.MultipleChoiceField(
        choices=WorkAbout, required=False, widget=forms.MultipleHiddenInput
    )
    criterion = forms.ModelMultipleChoiceField(
        None, required=False, widget=forms.MultipleHiddenInput
    )
    theme = forms.ModelMultipleChoiceField(None, required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, *args, user, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = teams_of(user)
        organisations = Unit.objects.filter(pk__in=user.reach()).values("organisation")
        kinds = kinds_of_work_within(organisations)
        self.fields["kind_of_work"].choices = with_blank(kinds, "Everything")
        self.fields["practitioner"].queryset = User.objects.practitioners_of(teams_of(user))
        self.fields["within"].queryset = Unit.objects.where(user, Act.READ_OBSERVATIONS)
        versions = FrameworkVersion.objects.visible_to(user).published()
        self.fields["criterion"].queryset = Criterion.objects.filter(version__in=versions)
        self.fields["theme"].queryset = Theme.objects.visible_to(user)

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
        observations = self.behind_a_figure(observations, wanted)
        return self.in_state(observations, wanted.get("state"))

    def behind_a_figure(self, observations, wanted):
        """Those that a figure was counted of: of a unit with all below it, and what was seen in them."""
        if unit := wanted.get("within"):
            observations = observations.filter(unit__in=Unit.objects.below(unit))
        if about := wanted.get("is_about"):
            observations = observations.filter(is_about__in=about)
        if criteria := wanted.get("criterion"):
            seen = Rating.objects.filter(criterion__in=criteria, outcome=Rating.Outcome.LEVEL)
            observations = observations.filter(pk__in=seen.values("observation"))
        if themes := wanted.get("theme"):
            said = Mention.objects.confirmed().filter(theme__in=themes)
            observations = observations.filter(pk__in=said.values("observation"))
        return observations

    @property
    def narrowed(self):
        """What a link from a figure narrowed it to, in words; "" where none did."""
        wanted = self.cleaned_data
        words = [str(wanted["within"])] if wanted.get("within") else []
        labels = dict(WorkAbout.choices)
        words += [labels[each].lower() for each in wanted.get("is_about") or []]
        for name in ("criterion", "theme"):
            words += [f"“{label}”" for label in dict.fromkeys(map(str, wanted.get(name) or []))]
        return in_a_row(words) if words else ""

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
