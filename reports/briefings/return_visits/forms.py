"""Forms of a return visit: the visit itself, what was seen, and why nobody goes."""

from crispy_forms_gds.layout import Field
from django import forms

from observations.form_parts import teams_of
from observations.models import Observation
from observations.planning.forms import VisitForm
from practicelens import spoken_days as days
from practicelens.forms import helper
from practicelens.people.models import Unit
from reports.briefings.decision_forms import NamesNobody, ask_whom_it_names
from reports.briefings.return_visits.actions import observed_since
from reports.models.return_visits import LONGEST

OFFERED = 50


def reason_of(return_visit):
    """Why someone goes back, in a sentence or two."""
    decision = return_visit.decision
    day = days.in_words(return_visit.unit.day_of(decision.decided_at))
    asked = decision.recommendation.question
    return f"“{asked}” was decided on {day}: {decision.get_answer_display()}. See what changed."


class ReturnVisitForm(VisitForm):
    """A planned visit, to a team of the unit that was asked about."""

    def __init__(self, *args, return_visit, user, **kwargs):
        focus = {"observers_focus": reason_of(return_visit)}
        super().__init__(*args, user=user, initial=focus, **kwargs)
        teams = teams_of(user).filter(pk__in=Unit.objects.below(return_visit.unit))
        self.fields["unit"].queryset = teams
        first = teams.first() if len(teams) == 1 else None
        self.initial.setdefault("unit", first and first.pk)


class ObservationChoice(forms.ModelChoiceField):
    """Observations by kind of work, team and day."""

    def label_from_instance(self, observation):
        day = days.in_words(observation.observed_on)
        return f"{observation.get_kind_of_work_display()}, {observation.unit}, {day}"


class SawForm(forms.Form):
    """What was seen on going back, and the observation that it was seen in."""

    observation = ObservationChoice(
        queryset=Observation.objects.none(),
        label="In which observation was it seen?",
        help_text="Submitted ones since the decision that you can read. Leaders get no link to it.",
        empty_label="Choose the observation",
        error_messages={"required": "Choose the observation that it was seen in"},
    )
    saw = forms.CharField(
        label="What did you see?",
        help_text="In a sentence or two. Not who, which team or when: leaders and everybody who "
        f"works there will read it. Up to {LONGEST} characters.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what you saw, also if nothing changed"},
    )
    names_nobody = NamesNobody()

    def __init__(self, *args, return_visit, user, **kwargs):
        planned = return_visit.visit and return_visit.visit.observation_id
        super().__init__(*args, initial={"observation": planned}, **kwargs)
        readable = Observation.objects.visible_to(user).values("pk")
        found = observed_since(return_visit).filter(pk__in=readable).select_related("unit")
        newest = found.order_by("-observed_on", "-pk").values("pk")[:OFFERED]
        chosen = Observation.objects.filter(pk__in=list(newest.values_list("pk", flat=True)))
        self.fields["observation"].queryset = chosen.select_related("unit").order_by(
            "-observed_on", "-pk"
        )
        self.helper = helper(Field.select("observation"), "saw")

    def clean(self):
        given = super().clean()
        ask_whom_it_names(self, "saw")
        return given


class CloseForm(forms.Form):
    """Why nobody goes back."""

    because = forms.CharField(
        label="Why does nobody go back?",
        help_text=f"The next briefing tells it. Use roles, not names. Up to {LONGEST} characters.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why nobody goes back"},
    )
    names_nobody = NamesNobody()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("because")

    def clean(self):
        given = super().clean()
        ask_whom_it_names(self, "because")
        return given
